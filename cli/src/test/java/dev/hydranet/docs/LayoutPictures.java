package dev.hydranet.docs;

/** How the numbers of a tensor follow each other in memory. */
final class LayoutPictures {
  private static final String[] CHANNELS = {"blue", "orange", "green"};
  private static final int SIDE = 24;
  private static final int PIXELS = 4;

  private LayoutPictures() {}

  /** Three channels of four pixels, in both orders, and with padding. */
  static Diagram tensors() {
    Diagram diagram =
        new Diagram("A tensor of three channels and 2x2 pixels in two memory layouts", 372);
    diagram.text(16, 26, "b", "Three channels of 2 × 2 pixels");
    for (int c = 0; c < CHANNELS.length; c++) {
      double x = 28 + c * 96;
      for (int p = 0; p < PIXELS; p++) {
        cell(diagram, x + p % 2 * SIDE, 40 + p / 2 * SIDE, c, p);
      }
      diagram.text(x + SIDE, 108, "m s", "channel " + c);
    }
    diagram.text(16, 144, "b", "NCHW: plane after plane, as PyTorch has it");
    for (int i = 0; i < 12; i++) {
      cell(diagram, 16 + i * SIDE, 156, i / PIXELS, i % PIXELS);
    }
    diagram.text(16, 216, "b", "NHWC: pixel after pixel, as the engine computes");
    for (int i = 0; i < 12; i++) {
      cell(diagram, 16 + i * SIDE, 228, i % 3, i / 3);
    }
    diagram.text(16, 288, "b", "NHWC, channels padded to a vector of four");
    for (int i = 0; i < 16; i++) {
      double x = 16 + i * SIDE;
      if (i % 4 < 3) {
        cell(diagram, x, 300, i % 4, i / 4);
      } else {
        diagram.square(x, 300, SIDE, "off");
      }
    }
    for (int p = 0; p < PIXELS; p++) {
      double x = 16 + p * 4 * SIDE;
      diagram.line("", x + 3, 330, x + 3, 335, x + 4 * SIDE - 3, 335, x + 4 * SIDE - 3, 330);
      diagram.text(x + 2 * SIDE, 353, "m s", "vector " + p);
    }
    return diagram;
  }

  private static void cell(Diagram diagram, double x, double y, int channel, int pixel) {
    diagram.square(x, y, SIDE, CHANNELS[channel]).text(x + SIDE / 2.0, y + 17, "m", "" + pixel);
  }
}
