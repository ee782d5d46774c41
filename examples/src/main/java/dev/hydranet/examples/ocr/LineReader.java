package dev.hydranet.examples.ocr;

import dev.hydranet.engine.tensor.Tensor;
import java.awt.image.BufferedImage;

/** Reads a line of text. One network detects whether it is upside down, another reads it. */
final class LineReader {
  private static final int HEIGHT = 48;

  /** The input width of the direction network. */
  private static final int GLANCE = 192;

  /** A line is turned if the probability of upside down is above this. */
  private static final float SURE = 0.9f;

  /** Widths are rounded up to multiples of this, so that lines of similar length share memory. */
  private static final int STEP = 160;

  /** Longer lines are shrunk. */
  private static final int WIDEST = 3200;

  private static final Pixels PIXELS =
      new Pixels(new float[] {0.5f, 0.5f, 0.5f}, new float[] {0.5f, 0.5f, 0.5f});

  private final AnyShape direction;
  private final AnyShape recognition;
  private final CtcDecoder decoder;

  LineReader(AnyShape direction, AnyShape recognition, CtcDecoder decoder) {
    this.direction = direction;
    this.recognition = recognition;
    this.decoder = decoder;
  }

  /** {@return the text in a box of a picture} */
  TextLine read(BufferedImage image, TextBox box) {
    TextBox upright = isUpsideDown(image, box) ? box.turned() : box;
    int width = width(upright, WIDEST);
    int padded = Math.max(2 * STEP, Math.ceilDiv(width, STEP) * STEP);
    Tensor seen = PIXELS.of(image, upright, HEIGHT, width, padded);
    CtcDecoder.Reading reading = decoder.decode(recognition.run(seen));
    return new TextLine(upright, reading.text(), reading.confidence());
  }

  private boolean isUpsideDown(BufferedImage image, TextBox box) {
    Tensor seen = PIXELS.of(image, box, HEIGHT, width(box, GLANCE), GLANCE);
    return direction.run(seen).data()[1] > SURE;
  }

  private static int width(TextBox box, int most) {
    return (int) Math.clamp(Math.ceil(HEIGHT * box.width() / box.height()), 1, most);
  }
}
