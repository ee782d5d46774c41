package dev.hydranet.cli.video;

import java.awt.image.BufferedImage;

/**
 * A frame.
 *
 * @param image of {@link BufferedImage#TYPE_INT_RGB}
 * @param seconds when it is shown; 0 where the frame rate says that
 */
record VideoFrame(BufferedImage image, double seconds) {}
