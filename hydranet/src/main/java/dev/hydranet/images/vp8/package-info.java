/** Decodes lossy WebP: VP8 key frames (RFC 6386), with the same pixels as libwebp. */
package dev.hydranet.images.vp8;
