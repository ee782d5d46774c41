package dev.hydranet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hydranet.engine.tensor.Shape;
import dev.hydranet.engine.tensor.Tensor;
import java.awt.image.BufferedImage;
import java.util.List;
import org.junit.jupiter.api.Test;

class SegmentationTest {
  private static final float NAN = Float.NaN;
  private static final float INFINITY = Float.POSITIVE_INFINITY;
  private static final Palette PALETTE = Palette.of(0xff0000, 0x00ff00, 0x0000ff);

  @Test
  void takesTheLargestLogitAndTheFirstOfEquals() {
    Segmentation segmentation =
        row(
            new float[] {1, 2, 2, -1},
            new float[] {3, 2, 1, -INFINITY},
            new float[] {2, 1, 2, -0.5f});
    assertThat(segmentation.labels()).containsExactly(1, 0, 0, 2);
  }

  /** As NumPy's and PyTorch's arg-max. */
  @Test
  void takesTheFirstNaN() {
    Segmentation segmentation =
        row(
            new float[] {NAN, 1, 1, NAN},
            new float[] {5, NAN, 9, INFINITY},
            new float[] {NAN, INFINITY, NAN, NAN});
    assertThat(segmentation.labels()).containsExactly(0, 1, 2, 0);
  }

  @Test
  void resizesBeforeItDecides() {
    // Two source pixels, two classes; a cubic goes on beyond the outer pixels' centres.
    Tensor logits = Tensor.of(Shape.of(1, 2, 1, 2), 1, 0, 0, 2);
    Segmentation segmentation =
        new Segmentation(logits, 2, 8, List.of("left", "right"), Palette.of(1, 2));
    int[] expected = {0, 0, 0, 1, 1, 1, 1, 1};
    for (int x = 0; x < 8; x++) {
      assertThat(segmentation.classAt(x, 0)).isEqualTo(expected[x]);
      assertThat(segmentation.classAt(x, 1)).isEqualTo(expected[x]);
    }
    assertThat(segmentation.logits().shape()).isEqualTo(Shape.of(1, 2, 2, 8));
    assertThat(segmentation.rawLogits()).isSameAs(logits);
  }

  @Test
  void tellsTheShareOfEachClass() {
    Segmentation segmentation =
        row(new float[] {1, 1, 1, 0}, new float[] {0, 0, 0, 0}, new float[] {0, 0, 0, 1});
    assertThat(segmentation.coverage()).containsExactly(0.75, 0, 0.25);
    assertThat(segmentation.className(2)).isEqualTo("c");
    assertThat(segmentation.classCount()).isEqualTo(3);
  }

  @Test
  void coloursThePixels() {
    Segmentation segmentation = row(new float[] {1, 0}, new float[] {0, 0}, new float[] {0, 1});
    BufferedImage image = segmentation.toImage();
    assertThat(image.getWidth()).isEqualTo(2);
    assertThat(image.getHeight()).isEqualTo(1);
    assertThat(image.getRGB(0, 0)).isEqualTo(0xffff0000);
    assertThat(image.getRGB(1, 0)).isEqualTo(0xff0000ff);
    assertThat(segmentation.toImage(Palette.of(1, 2, 3)).getRGB(1, 0)).isEqualTo(0xff000003);
    assertThatThrownBy(() -> segmentation.toImage(Palette.of(1, 2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected a palette of at least 3 colours, found 2");
  }

  @Test
  void refusesPixelsOutside() {
    Segmentation segmentation = row(new float[] {1, 0}, new float[] {0, 0}, new float[] {0, 1});
    assertThatThrownBy(() -> segmentation.classAt(2, 0))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> segmentation.classAt(-1, 0))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> segmentation.classAt(0, 1))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  /** One row of pixels with these logits for the three classes. */
  private static Segmentation row(float[]... logits) {
    int width = logits[0].length;
    Tensor tensor = Tensor.zeros(Shape.of(1, logits.length, 1, width));
    for (int c = 0; c < logits.length; c++) {
      System.arraycopy(logits[c], 0, tensor.data(), c * width, width);
    }
    return new Segmentation(tensor, 1, width, List.of("a", "b", "c"), PALETTE);
  }

  @Test
  void paintsIntoExistingPixels() {
    Segmentation segmentation = row(new float[] {1, 0}, new float[] {0, 0}, new float[] {0, 1});
    int[] rgb = new int[2];
    segmentation.paint(Palette.of(0x102030, 0, 0x405060), rgb);
    assertThat(rgb).containsExactly(0x102030, 0x405060);
    segmentation.paintOver(new int[] {0xff000000, 0x00ffffff}, rgb);
    // 45 % of the image, 55 % of the class's colour.
    assertThat(rgb).containsExactly(0x8c0000, 0x7373ff);
    assertThatThrownBy(() -> segmentation.paint(PALETTE, new int[3]))
        .hasMessage("expected an array of 2 pixels, found 3");
    assertThatThrownBy(() -> segmentation.paintOver(new int[1], rgb))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
