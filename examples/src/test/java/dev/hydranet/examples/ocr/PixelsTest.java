package dev.hydranet.examples.ocr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hydranet.engine.tensor.Shape;
import dev.hydranet.engine.tensor.Tensor;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import org.junit.jupiter.api.Test;

class PixelsTest {
  private static final Pixels PLAIN = new Pixels(new float[3], new float[] {1, 1, 1});

  /** A box whose left half is red, whose right half is blue, on green. */
  private static BufferedImage painted(TextBox box) {
    BufferedImage image = new BufferedImage(160, 160, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(Color.GREEN);
    graphics.fillRect(0, 0, 160, 160);
    graphics.translate(box.x(), box.y());
    graphics.rotate(box.angle());
    int width = (int) box.width();
    int height = (int) box.height();
    graphics.setColor(Color.RED);
    graphics.fillRect(-width / 2, -height / 2, width / 2, height);
    graphics.setColor(Color.BLUE);
    graphics.fillRect(0, -height / 2, width / 2, height);
    graphics.dispose();
    return image;
  }

  /** Blue comes first, and the text runs to the right whatever the box's angle. */
  @Test
  void aBoxOfAnyAngleIsUpright() {
    for (double degrees : new double[] {0, 30, 90, 180, -60}) {
      TextBox box = new TextBox(80, 80, 80, 20, Math.toRadians(degrees));
      Tensor tensor = PLAIN.of(painted(box), box, 10, 40, 60);

      assertThat(tensor.shape()).isEqualTo(Shape.of(1, 3, 10, 60));
      assertColour(tensor, 5, 10, 0, 0, 1);
      assertColour(tensor, 5, 30, 1, 0, 0);
      // What is added on the right.
      assertColour(tensor, 5, 50, 0, 0, 0);
    }
  }

  private static void assertColour(Tensor tensor, int y, int x, float... blueGreenRed) {
    for (int c = 0; c < 3; c++) {
      assertThat(tensor.at(0, c, y, x)).isCloseTo(blueGreenRed[c], within(1e-3f));
    }
  }

  @Test
  void meansAndDeviationsAreTakenAway() {
    BufferedImage image = new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB);
    Pixels pixels = new Pixels(new float[] {0.5f, 0.25f, 0}, new float[] {0.5f, 0.5f, 1});
    Tensor tensor = pixels.of(image, new TextBox(4, 4, 8, 8, 0), 8, 8, 8);
    assertColour(tensor, 4, 4, -1, -0.5f, 0);
  }

  /** One pixel in two is white: shrunk by four, all are grey. */
  @Test
  void whatShrinksIsAveraged() {
    BufferedImage image = new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < 64; y++) {
      for (int x = y % 2; x < 64; x += 2) {
        image.setRGB(x, y, 0xffffff);
      }
    }
    Tensor tensor = PLAIN.of(image, new TextBox(32, 32, 64, 64, 0), 16, 16, 16);
    assertColour(tensor, 8, 8, 0.5f, 0.5f, 0.5f);
  }
}
