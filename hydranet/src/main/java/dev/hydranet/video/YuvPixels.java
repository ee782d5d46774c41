package dev.hydranet.video;

import dev.hydranet.drawing.Pixels;
import java.awt.image.BufferedImage;
import java.util.function.Function;

/** Planes as RGB, all in one image. */
final class YuvPixels implements Function<YuvFrame, BufferedImage> {
  private YuvFormat format;
  private YuvToRgb conversion;
  private BufferedImage image;

  @Override
  public BufferedImage apply(YuvFrame frame) {
    if (!frame.format().equals(format)) {
      format = frame.format();
      conversion = new YuvToRgb(format);
      image = new BufferedImage(format.width(), format.height(), BufferedImage.TYPE_INT_RGB);
    }
    conversion.convert(frame, Pixels.of(image));
    return image;
  }
}
