/** Decodes lossless WebP (RFC 9649, section 3). */
package dev.hydranet.images.vp8l;
