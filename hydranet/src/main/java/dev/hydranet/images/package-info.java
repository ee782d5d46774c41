/**
 * Reads photos of all common formats as upright RGB images. Sizes in a file's header are checked
 * against the file before memory is allocated.
 */
package dev.hydranet.images;
