package dev.hydranet.examples.ocr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class TextMapTest {
  private static final int WIDTH = 200;
  private static final int HEIGHT = 120;

  /** A map in which a box has one probability. */
  private static float[] map(float probability, TextBox... boxes) {
    float[] map = new float[WIDTH * HEIGHT];
    for (int i = 0; i < map.length; i++) {
      for (TextBox box : boxes) {
        if (box.contains(i % WIDTH, i / WIDTH)) {
          map[i] = probability;
        }
      }
    }
    return map;
  }

  private static List<TextBox> boxes(float[] map) {
    return LineFinder.inOrder(new TextMap(map, WIDTH).boxes());
  }

  /** By as much as the paper's offset, area * 1.5 / perimeter, on each side. */
  @Test
  void aLineIsFoundAndGrown() {
    TextBox box = boxes(map(0.9f, new TextBox(100, 60, 80, 10, 0))).getFirst();
    double margin = 80 * 10 * 1.5 / (2 * (80 + 10));

    assertThat(box.x()).isCloseTo(100, within(1.0));
    assertThat(box.y()).isCloseTo(60, within(1.0));
    assertThat(box.width()).isCloseTo(80 + 2 * margin, within(1.0));
    assertThat(box.height()).isCloseTo(10 + 2 * margin, within(1.0));
    assertThat(box.angle()).isCloseTo(0, within(1e-6));
  }

  @Test
  void anInclinedLineKeepsItsAngle() {
    for (double degrees : new double[] {-40, -20, -5, 5, 20, 40}) {
      double angle = Math.toRadians(degrees);
      List<TextBox> boxes = boxes(map(0.9f, new TextBox(100, 60, 80, 12, angle)));
      assertThat(boxes).hasSize(1);
      assertThat(Math.toDegrees(boxes.getFirst().angle())).isCloseTo(degrees, within(2.0));
    }
  }

  @Test
  void aHighNarrowBoxIsReadDownwards() {
    TextBox box = boxes(map(0.9f, new TextBox(100, 60, 10, 80, 0))).getFirst();
    assertThat(Math.toDegrees(box.angle())).isCloseTo(90, within(1e-6));
    assertThat(box.width()).isGreaterThan(80);
    // Its begin is at the top, its first line's top to the right.
    assertThat(box.at(0, 0.5).y()).isLessThan(box.at(1, 0.5).y());
    assertThat(box.at(0.5, 0).x()).isGreaterThan(box.at(0.5, 1).x());
  }

  @Test
  void noiseAndDoubtAreNoText() {
    assertThat(boxes(map(0.9f, new TextBox(50, 50, 2, 2, 0)))).isEmpty();
    assertThat(boxes(map(0.4f, new TextBox(100, 60, 80, 10, 0)))).isEmpty();
    assertThat(boxes(new float[WIDTH * HEIGHT])).isEmpty();
    float[] nan = new float[WIDTH * HEIGHT];
    Arrays.fill(nan, Float.NaN);
    assertThat(boxes(nan)).isEmpty();
  }

  @Test
  void theWholeMapMayBeText() {
    assertThat(boxes(map(1, new TextBox(100, 60, 400, 400, 0)))).hasSize(1);
  }

  @Test
  void linesComeFromTheTopDownAndThoseBesideEachOtherLeftToRight() {
    List<TextBox> boxes =
        boxes(
            map(
                0.9f,
                new TextBox(150, 30, 60, 10, 0),
                new TextBox(50, 33, 60, 10, 0),
                new TextBox(100, 90, 60, 10, 0)));
    assertThat(boxes).extracting(box -> Math.round(box.x() / 50)).containsExactly(1L, 3L, 2L);
  }
}
