package dev.hydranet.images;

import java.awt.image.BufferedImage;
import java.awt.image.WritableRaster;

/**
 * How a camera says that an image has to be turned for display: EXIF's tag 274, whose values 1 to 8
 * are these in order. W and H are the stored image's width and height.
 */
enum Orientation {
  /** As it is. */
  NORMAL,
  /** (x, y) goes to (W-1-x, y). */
  MIRRORED,
  /** (x, y) goes to (W-1-x, H-1-y). */
  HALF_TURN,
  /** (x, y) goes to (x, H-1-y). */
  UPSIDE_DOWN_MIRRORED,
  /** (x, y) goes to (y, x). */
  TRANSPOSED,
  /** (x, y) goes to (H-1-y, x). */
  CLOCKWISE,
  /** (x, y) goes to (H-1-y, W-1-x). */
  TRANSVERSE,
  /** (x, y) goes to (y, W-1-x). */
  COUNTER_CLOCKWISE;

  /** The orientation of a tag's value; NORMAL if the value is unknown. */
  static Orientation of(long tag) {
    return tag >= 1 && tag <= values().length ? values()[(int) tag - 1] : NORMAL;
  }

  /** The upright image; of the same kind of pixels. */
  BufferedImage upright(BufferedImage stored) {
    if (this == NORMAL) {
      return stored;
    }
    int right = stored.getWidth() - 1;
    int bottom = stored.getHeight() - 1;
    boolean turned = ordinal() >= TRANSPOSED.ordinal();
    WritableRaster from = stored.getRaster();
    WritableRaster to =
        from.createCompatibleWritableRaster(
            turned ? stored.getHeight() : stored.getWidth(),
            turned ? stored.getWidth() : stored.getHeight());
    Object pixel = null;
    for (int y = 0; y <= bottom; y++) {
      for (int x = 0; x <= right; x++) {
        pixel = from.getDataElements(x, y, pixel);
        switch (this) {
          case NORMAL -> to.setDataElements(x, y, pixel);
          case MIRRORED -> to.setDataElements(right - x, y, pixel);
          case HALF_TURN -> to.setDataElements(right - x, bottom - y, pixel);
          case UPSIDE_DOWN_MIRRORED -> to.setDataElements(x, bottom - y, pixel);
          case TRANSPOSED -> to.setDataElements(y, x, pixel);
          case CLOCKWISE -> to.setDataElements(bottom - y, x, pixel);
          case TRANSVERSE -> to.setDataElements(bottom - y, right - x, pixel);
          case COUNTER_CLOCKWISE -> to.setDataElements(y, right - x, pixel);
        }
      }
    }
    return new BufferedImage(stored.getColorModel(), to, stored.isAlphaPremultiplied(), null);
  }
}
