package dev.hydranet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hydranet.engine.Threads;
import dev.hydranet.engine.plan.Session;
import dev.hydranet.engine.tensor.Tensor;
import dev.hydranet.engine.weights.DType;
import dev.hydranet.engine.weights.Safetensors;
import dev.hydranet.network.HydraNetwork;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A network that was trained for images of 24 rows, and images of more and fewer. */
class PredictOptionsTest {
  private static final int TRAINED = 24;

  @TempDir private static Path folder;
  private static HydraNet net;

  @BeforeAll
  static void load() throws IOException {
    Path file = folder.resolve("trained.safetensors");
    Map<String, String> metadata = Metadata.of(SmallNetwork.NETWORK).withHeight(TRAINED).toMap();
    Safetensors.write(file, SmallNetwork.WEIGHTS, metadata, DType.F32);
    net = HydraNet.load(file, Threads.of(1));
  }

  @ParameterizedTest
  @CsvSource({
    "24, 32, 24, 32",
    "23, 900, 23, 900",
    "48, 64, 24, 32",
    "25, 32, 24, 31",
    "1024, 2048, 24, 48",
    "4000, 3000, 24, 18",
    "4000, 1, 24, 1"
  })
  void shrinksTallerImagesToTheHeightOfTheWeights(int height, int width, int rows, int columns) {
    assertThat(net.computedSize(height, width, PredictOptions.DEFAULT))
        .isEqualTo(new ImageSize(rows, columns));
    assertThat(net.computedSize(height, width, PredictOptions.DEFAULT.withNativeHeight()))
        .isEqualTo(new ImageSize(height, width));
  }

  @Test
  void takesImagesAsTheyAreWhereTheWeightsDoNotSay() {
    HydraNet silent = SmallNetwork.load(Threads.of(1));
    assertThat(silent.metadata().height()).isEmpty();
    assertThat(silent.computedSize(4000, 3000, PredictOptions.DEFAULT))
        .isEqualTo(new ImageSize(4000, 3000));
    assertThat(silent.computedSize(4000, 3000, PredictOptions.DEFAULT.withHeight(100)))
        .isEqualTo(new ImageSize(100, 75));
  }

  @Test
  void answersHaveTheImagesSizeAndTellTheComputedOne() {
    BufferedImage image = SmallNetwork.picture(50, 70, 0);
    Scene scene = net.predict(image);
    assertThat(scene.computedSize()).isEqualTo(new ImageSize(24, 34));
    assertThat(scene.height()).isEqualTo(50);
    assertThat(scene.width()).isEqualTo(70);
    assertThat(scene.segmentation().labels()).hasSize(50 * 70);
    assertThat(scene.segmentation().rawLogits().shape().height()).isEqualTo(6);

    Scene fine = net.predict(image, PredictOptions.DEFAULT.withHeight(40));
    assertThat(fine.computedSize()).isEqualTo(new ImageSize(40, 56));
    assertThat(fine.segmentation().rawLogits().shape().height()).isEqualTo(10);

    Scene whole = net.predict(image, PredictOptions.DEFAULT.withNativeHeight());
    assertThat(whole.computedSize()).isEqualTo(new ImageSize(50, 70));
    assertSame(whole, SmallNetwork.load(Threads.of(1)).predict(image));
  }

  /** An image enlarged by repeating pixels is, shrunk, what it was. */
  @Test
  void computesTheShrunkImage() {
    BufferedImage image = SmallNetwork.picture(TRAINED, 32, 0);
    BufferedImage large = new BufferedImage(96, 72, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < 72; y++) {
      for (int x = 0; x < 96; x++) {
        large.setRGB(x, y, image.getRGB(x / 3, y / 3));
      }
    }
    assertThat(net.toInput(large, PredictOptions.DEFAULT).data())
        .isEqualTo(net.toInput(image, PredictOptions.DEFAULT).data());
    Scene scene = net.predict(large);
    Tensor logits = scene.segmentation().rawLogits();
    assertThat(logits.data()).isEqualTo(net.predict(image).segmentation().rawLogits().data());
    // Resized to the large image first, then decided.
    Tensor resized = CubicResize.resize(logits, 72, 96);
    assertThat(scene.segmentation().logits().data()).isEqualTo(resized.data());
  }

  @Test
  void sessionsGiveTheSameScene() {
    BufferedImage image = SmallNetwork.picture(50, 70, 0);
    ImageSize size = net.computedSize(50, 70, PredictOptions.DEFAULT);
    Session session = net.newSession(size.height(), size.width(), Threads.of(1));
    Map<String, Tensor> heads = session.newOutputs();
    session.run(Map.of(HydraNetwork.INPUT, net.toInput(image, PredictOptions.DEFAULT)), heads);
    assertSame(net.toScene(heads, 50, 70, size), net.predict(image));
  }

  @Test
  void refusesHeightsThatAreNone() {
    assertThatThrownBy(() -> PredictOptions.DEFAULT.withHeight(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected a height of at least 1 row, found 0");
    assertThatThrownBy(() -> net.computedSize(0, 9, PredictOptions.DEFAULT))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected the size of an image, found 0x9");
  }

  private static void assertSame(Scene actual, Scene expected) {
    assertThat(actual.segmentation().labels()).isEqualTo(expected.segmentation().labels());
    assertThat(actual.depth().metres()).isEqualTo(expected.depth().metres());
    assertThat(actual.normals().components().data())
        .isEqualTo(expected.normals().components().data());
  }
}
