package dev.hydranet.examples.ocr;

import java.util.List;

/**
 * A rectangle of any direction, in pixels. Immutable.
 *
 * @param x of the centre, to the right
 * @param y of the centre, downwards
 * @param width along the line of text
 * @param height across it
 * @param angle of the line, clockwise from the right, in radians
 */
record TextBox(double x, double y, double width, double height, double angle) {
  /** Text that is this many times as high as wide runs downwards. */
  private static final double UPRIGHT = 1.5;

  /**
   * A corner or another point of a picture.
   *
   * @param x to the right
   * @param y downwards
   */
  record Point(double x, double y) {}

  /**
   * {@return the point at a place in the box}
   *
   * @param along the line: 0 at its begin, 1 at its end
   * @param across the line: 0 at its top, 1 at its bottom
   */
  Point at(double along, double across) {
    double right = (along - 0.5) * width;
    double down = (across - 0.5) * height;
    double cos = Math.cos(angle);
    double sin = Math.sin(angle);
    return new Point(x + right * cos - down * sin, y + right * sin + down * cos);
  }

  /** {@return the corners: top left as one reads it, and on, clockwise} */
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
   * @param margin in pixels
   */
  TextBox grown(double margin) {
    return new TextBox(x, y, width + 2 * margin, height + 2 * margin, angle);
  }

  /**
   * {@return the box in a picture of another size}
   *
   * @param horizontally factor of the width
   * @param vertically factor of the height
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
    // Into -45 to 45 degrees: a quarter turn swaps the sides.
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
