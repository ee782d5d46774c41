package dev.hydranet.cli.images;

import java.awt.image.BufferedImage;
import java.awt.image.WritableRaster;
import java.util.Arrays;

/**
 * How a camera says that a picture has to be turned for display: EXIF's tag 274, whose values 1 to
 * 8 are these in order. W and H are the stored picture's width and height.
 */
enum Orientation {
  /** As it is. */
  NORMAL("Normal"),
  /** (x, y) goes to (W-1-x, y). */
  MIRRORED("FlipH"),
  /** (x, y) goes to (W-1-x, H-1-y). */
  HALF_TURN("Rotate180"),
  /** (x, y) goes to (x, H-1-y). */
  UPSIDE_DOWN_MIRRORED("FlipV"),
  /** (x, y) goes to (y, x). */
  TRANSPOSED("FlipVRotate90"),
  /** (x, y) goes to (H-1-y, x). */
  CLOCKWISE("Rotate270"),
  /** (x, y) goes to (H-1-y, W-1-x). */
  TRANSVERSE("FlipHRotate90"),
  /** (x, y) goes to (y, W-1-x). */
  COUNTER_CLOCKWISE("Rotate90");

  private final String imageIoName;

  Orientation(String imageIoName) {
    this.imageIoName = imageIoName;
  }

  /** The orientation that the JPEG reader's metadata call by a name; NORMAL if there is none. */
  static Orientation named(String imageIoName) {
    return Arrays.stream(values())
        .filter(orientation -> orientation.imageIoName.equals(imageIoName))
        .findAny()
        .orElse(NORMAL);
  }

  /** The picture as it is to be seen; of the same kind of pixels. */
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
