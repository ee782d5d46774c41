package dev.hydranet.images.vp8;

/**
 * Luma and chroma of ITU-R BT.601 in its limited range to red, green and blue, with chroma
 * interpolated between its samples, in libwebp's fixed-point numbers.
 */
final class Rgb {
  private final Planes planes;
  private final int width;
  private final int height;
  private final byte[] rgb;

  private Rgb(Planes planes, int width, int height) {
    this.planes = planes;
    this.width = width;
    this.height = height;
    rgb = new byte[width * height * 3];
  }

  /** The upper left part of some planes, row by row, three bytes a pixel. */
  static byte[] of(Planes planes, int width, int height) {
    Rgb picture = new Rgb(planes, width, height);
    int last = Math.ceilDiv(height, 2) - 1;
    for (int y = 0; y < height; y++) {
      // A row of chroma lies between two of luma: of four parts, three are the nearer one's.
      int near = y / 2;
      int far = Math.clamp(y % 2 == 0 ? near - 1 : near + 1, 0, last);
      picture.row(y, near, far);
    }
    return picture.rgb;
  }

  private void row(int y, int near, int far) {
    int last = Math.ceilDiv(width, 2) - 1;
    for (int x = 0; x < width; x++) {
      int nearX = x / 2;
      int farX = x % 2 == 0 ? nearX - 1 : nearX + 1;
      if (farX < 0 || farX > last) {
        farX = nearX;
      }
      int blue = between(planes.blue, nearX, farX, near, far);
      int red = between(planes.red, nearX, farX, near, far);
      set(3 * (y * width + x), planes.luma.get(planes.luma.at(x, y)), blue, red);
    }
  }

  private static int between(Plane plane, int nearX, int farX, int nearY, int farY) {
    int near = plane.get(plane.at(nearX, nearY));
    int vertical = plane.get(plane.at(nearX, farY));
    if (nearX == farX) {
      return 3 * near + vertical + 2 >> 2;
    }
    int horizontal = plane.get(plane.at(farX, nearY));
    int far = plane.get(plane.at(farX, farY));
    // Nine, three, three and one sixteenth, rounded as libwebp does it.
    int sum = near + horizontal + vertical + far + 8;
    int diagonal = sum + 2 * (horizontal + vertical) >> 3;
    return diagonal + near >> 1;
  }

  private void set(int at, int y, int u, int v) {
    int luma = y * 19077 >> 8;
    rgb[at] = level(luma + (v * 26149 >> 8) - 14234);
    rgb[at + 1] = level(luma - (u * 6419 >> 8) - (v * 13320 >> 8) + 8708);
    rgb[at + 2] = level(luma + (u * 33050 >> 8) - 17685);
  }

  private static byte level(int value) {
    return (byte) Math.clamp(value >> 6, 0, 255);
  }
}
