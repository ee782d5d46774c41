package dev.hydranet.video;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;

/** Planes as RGB, all in one image. */
final class YuvPixels implements FramePixels<YuvFrame> {
  private YuvFormat format;
  private YuvToRgb conversion;
  private BufferedImage image;

  @Override
  public BufferedImage image(YuvFrame frame) {
    if (!frame.format().equals(format)) {
      format = frame.format();
      conversion = new YuvToRgb(format);
      image = new BufferedImage(format.width(), format.height(), BufferedImage.TYPE_INT_RGB);
    }
    conversion.convert(frame, ((DataBufferInt) image.getRaster().getDataBuffer()).getData());
    return image;
  }
}
