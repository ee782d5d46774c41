package dev.hydranet.video;

/** Which share red, green and blue have in luma. */
public enum YuvMatrix {
  /** ITU-R BT.601: standard definition, and JPEG. */
  BT601(0.299, 0.114),
  /** ITU-R BT.709: high definition. */
  BT709(0.2126, 0.0722);

  /** The least height of high definition. */
  private static final int HD_HEIGHT = 720;

  private final double red;
  private final double blue;

  YuvMatrix(double red, double blue) {
    this.red = red;
    this.blue = blue;
  }

  /**
   * {@return what a stream without a tag has: BT.709 from 720 rows on, BT.601 below}
   *
   * @param height of the frames
   */
  public static YuvMatrix ofHeight(int height) {
    return height >= HD_HEIGHT ? BT709 : BT601;
  }

  /** {@return red's share in luma} */
  public double red() {
    return red;
  }

  /** {@return green's share in luma} */
  public double green() {
    return 1 - red - blue;
  }

  /** {@return blue's share in luma} */
  public double blue() {
    return blue;
  }
}
