package dev.hydranet.cli.video;

import dev.hydranet.video.FrameRate;

/**
 * What is known of the pictures that are written.
 *
 * @param width in pixels
 * @param height in pixels
 * @param rate pictures a second; the mean where each picture has its own time
 * @param timed whether each picture has its own time
 * @param pixelAspect width to height of a pixel, as Y4M has it
 */
record PictureInfo(int width, int height, FrameRate rate, boolean timed, String pixelAspect) {}
