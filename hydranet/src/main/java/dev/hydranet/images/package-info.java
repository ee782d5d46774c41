/**
 * Image files in: any photo as pixels, upright, and never more memory than its header justifies.
 */
package dev.hydranet.images;
