package dev.hydranet.examples.ocr;

import java.util.List;

/**
 * A rectangle at any angle, in pixels. Immutable.
 *
 * @param x of the centre, to the right
 * @param y of the centre, downwards
 * @param width along the line of text
 * @param height across it
 * @param angle of the line in radians: 0 points right, and it grows clockwise
 */
record TextBox(double x, double y, double width, double height, double angle) {
  /** A box at least this many times as high as wide holds text that runs downwards. */
  private static final double UPRIGHT = 1.5;

  /**
   * A point in a picture.
   *
   * @param x to the right
   * @param y downwards
   */
  record Point(double x, double y) {}

  /**
   * {@return the point at a place in the box}
   *
   * @param along position along the line: 0 at its start, 1 at its end
   * @param across position across the line: 0 at its top, 1 at its bottom
   */
  Point at(double along, double across) {
    double right = (along - 0.5) * width;
    double down = (across - 0.5) * height;
    double cos = Math.cos(angle);
    double sin = Math.sin(angle);
    return new Point(x + right * cos - down * sin, y + right * sin + down * cos);
  }

  /** {@return the corners, clockwise from the text's top left} */
  List<Point> corners() {
    return List.of(at(0, 0), at(1, 0), at(1, 1), at(0, 1));
  }

  /** {@return whether a point lies in the box} */
  boolean contains(double px, double py) {
    double cos = Math.cos(angle);
    double sin = Math.sin(angle);
    double right = (px - x) * cos + (py - y) * sin;
    double down = (py - y) * cos - (px - x) * sin;
    return Math.abs(right) <= width / 2 && Math.abs(down) <= height / 2;
  }

  /**
   * {@return the box grown on all sides}
   *
   * @param margin pixels added on each side
   */
  TextBox grown(double margin) {
    return new TextBox(x, y, width + 2 * margin, height + 2 * margin, angle);
  }

  /**
   * {@return the box in a picture of another size}
   *
   * @param horizontally the factor for the picture's width
   * @param vertically the factor for the picture's height
   */
  TextBox scaled(double horizontally, double vertically) {
    double dx = Math.cos(angle) * horizontally;
    double dy = Math.sin(angle) * vertically;
    double acrossX = -Math.sin(angle) * horizontally;
    double acrossY = Math.cos(angle) * vertically;
    return new TextBox(
        x * horizontally,
        y * vertically,
        width * Math.hypot(dx, dy),
        height * Math.hypot(acrossX, acrossY),
        Math.atan2(dy, dx));
  }

  /** {@return the same rectangle, read upside down} */
  TextBox turned() {
    return new TextBox(x, y, width, height, angle + Math.PI);
  }

  /** {@return the same rectangle, read to the right, or downwards if it is high and narrow} */
  TextBox inReadingOrder() {
    // Brings the angle to -45 to 45 degrees. Each quarter turn swaps width and height.
    int quarters = (int) Math.round(angle / (Math.PI / 2));
    boolean swaps = quarters % 2 != 0;
    TextBox flat =
        new TextBox(
            x, y, swaps ? height : width, swaps ? width : height, angle - quarters * (Math.PI / 2));
    return flat.height >= UPRIGHT * flat.width
        ? new TextBox(x, y, flat.height, flat.width, flat.angle + Math.PI / 2)
        : flat;
  }
}
