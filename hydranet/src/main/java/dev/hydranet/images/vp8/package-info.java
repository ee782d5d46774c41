/**
 * The pictures of lossy WebP: key frames of VP8 (RFC 6386), pixel for pixel as libwebp has them.
 */
package dev.hydranet.images.vp8;
