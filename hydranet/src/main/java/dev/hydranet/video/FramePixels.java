package dev.hydranet.video;

import java.awt.image.BufferedImage;

/** How a frame of some kind becomes an image. */
interface FramePixels<F> {
  /** Images as they are. */
  FramePixels<BufferedImage> OF_IMAGES = image -> image;

  /** The frame's image, which may be overwritten when the next frame's is asked for. */
  BufferedImage image(F frame);
}
