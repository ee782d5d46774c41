/**
 * The weights that the authors of the network publish: which there are, on what terms, and how to
 * get them. The only code of this project that touches the network, and only when called.
 */
package dev.hydranet.converter.published;
