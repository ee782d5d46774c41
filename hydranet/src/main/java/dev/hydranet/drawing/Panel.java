package dev.hydranet.drawing;

import java.awt.image.BufferedImage;

/**
 * A part of an overview.
 *
 * @param title above the picture
 * @param note beside the title; may be empty
 * @param picture brought to a size that is good to look at
 * @param footer below the picture
 */
public record Panel(String title, String note, BufferedImage picture, Footer footer) {
  private static final int LONG_SIDE_AT_LEAST = 320;
  private static final int LONG_SIDE_AT_MOST = 1280;

  /**
   * Enlarges a small picture or shrinks a large one by a whole number, so that its pixels stay
   * squares or become the mean of squares.
   */
  public Panel {
    int longSide = Math.max(picture.getWidth(), picture.getHeight());
    int enlarged = Math.ceilDiv(LONG_SIDE_AT_LEAST, longSide);
    int shrunk = Math.ceilDiv(longSide, LONG_SIDE_AT_MOST);
    if (enlarged > 1) {
      picture = enlarge(picture, enlarged);
    } else if (shrunk > 1) {
      picture = shrink(picture, shrunk);
    }
  }

  private static BufferedImage enlarge(BufferedImage picture, int factor) {
    int width = picture.getWidth() * factor;
    return Pixels.toImage(
        width,
        picture.getHeight() * factor,
        index -> picture.getRGB(index % width / factor, index / width / factor));
  }

  /** Each pixel is the mean of a square; what does not fill one at the right or below is cut. */
  private static BufferedImage shrink(BufferedImage picture, int factor) {
    // A picture that is narrower than the factor is shrunk along its long side only.
    int across = Math.min(factor, picture.getWidth());
    int down = Math.min(factor, picture.getHeight());
    int width = picture.getWidth() / across;
    int[] square = new int[across * down];
    return Pixels.toImage(
        width,
        picture.getHeight() / down,
        index -> {
          int x = index % width * across;
          int y = index / width * down;
          return mean(picture.getRGB(x, y, across, down, square, 0, across));
        });
  }

  private static int mean(int[] pixels) {
    long red = 0;
    long green = 0;
    long blue = 0;
    for (int pixel : pixels) {
      red += pixel >> 16 & 0xff;
      green += pixel >> 8 & 0xff;
      blue += pixel & 0xff;
    }
    int count = pixels.length;
    return (int) (red / count << 16 | green / count << 8 | blue / count);
  }
}
