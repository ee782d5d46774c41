package dev.hydranet.video;

/**
 * What the first line of a YUV4MPEG2 stream says.
 *
 * @param format of every frame
 * @param rate frames a second
 * @param pixelAspect width to height of a pixel, as {@code 1:1}; {@code 0:0} if it is not known
 */
public record Y4mHeader(YuvFormat format, FrameRate rate, String pixelAspect) {
  /** Of pixels that are squares. */
  public static final String SQUARE = "1:1";

  static final String MAGIC = "YUV4MPEG2";
  static final String FRAME = "FRAME";

  /** {@return the line, without its line feed} */
  String line() {
    return MAGIC
        + " W"
        + format.width()
        + " H"
        + format.height()
        + " F"
        + rate.numerator()
        + ":"
        + rate.denominator()
        + " Ip A"
        + pixelAspect
        + " C"
        + format.chroma().label()
        + " XCOLORRANGE="
        + (format.fullRange() ? "FULL" : "LIMITED");
  }
}
