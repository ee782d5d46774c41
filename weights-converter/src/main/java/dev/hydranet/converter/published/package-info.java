/**
 * Downloads the weights that the network's authors publish, and lists their variants and licence.
 * Only this package uses the Internet, and only when called.
 */
package dev.hydranet.converter.published;
