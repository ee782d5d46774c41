package dev.hydranet.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hydranet.engine.tensor.Tensor;
import dev.hydranet.engine.weights.Safetensors;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.Map;
import javax.imageio.ImageIO;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Two images' scores against NumPy's, from the pictures on; the expected numbers are made by {@code
 * proof/validation/metrics.py}.
 */
@Tag("once")
class MetricsGoldenTest {
  private static final int IMAGES = 2;
  private static final int CLASSES = 7;
  private static final int DEPTH_SCALE = 256;

  /** The expected numbers have been rounded to float32, and none is above 23. */
  private static final Offset<Double> ROUNDING = within(23 * 0x1p-24);

  /** A bin's half, and the rounding. */
  private static final Offset<Double> MEDIAN = within(0.0005 + 23 * 0x1p-24);

  private static Map<String, Tensor> golden;

  @BeforeAll
  static void read() throws IOException, URISyntaxException {
    golden = Safetensors.read(Path.of(resource("scores.safetensors").toURI())).tensors();
  }

  @Test
  void segmentation() throws IOException {
    ConfusionMatrix matrix = new ConfusionMatrix(CLASSES);
    for (int i = 0; i < IMAGES; i++) {
      float[] predicted = golden.get("segm " + i).data();
      int[] labels = new int[predicted.length];
      for (int j = 0; j < labels.length; j++) {
        labels[j] = (int) predicted[j];
      }
      matrix.add(GroundTruth.labels(picture("labels-" + i)), labels);
    }

    assertThat(matrix.pixels()).isEqualTo((long) expected("segm pixels")).isPositive();
    assertThat(matrix.meanIou()).isCloseTo(expected("segm meanIou"), ROUNDING);
    assertThat(matrix.pixelAccuracy()).isCloseTo(expected("segm pixelAccuracy"), ROUNDING);
    float[] ious = golden.get("segm ious").data();
    float[] found = new float[CLASSES];
    for (int c = 0; c < CLASSES; c++) {
      found[c] = (float) matrix.iou(c);
    }
    assertThat(found).isEqualTo(ious);
    assertThat(ious[5]).isNaN();
    assertThat(ious[6]).isZero();
  }

  @Test
  void depth() throws IOException {
    DepthErrors errors = new DepthErrors();
    for (int i = 0; i < IMAGES; i++) {
      errors.add(
          GroundTruth.metres(picture("depth-" + i), DEPTH_SCALE), golden.get("depth " + i).data());
    }

    assertThat(errors.pixels()).isEqualTo((long) expected("depth pixels")).isPositive();
    assertThat(errors.rmse()).isCloseTo(expected("depth rmse"), ROUNDING);
    assertThat(errors.rmseLog()).isCloseTo(expected("depth rmseLog"), ROUNDING);
    assertThat(errors.absRel()).isCloseTo(expected("depth absRel"), ROUNDING);
    for (int power = 1; power <= DepthErrors.POWERS; power++) {
      assertThat(errors.within(power)).isCloseTo(expected("depth delta" + power), ROUNDING);
    }
  }

  @Test
  void normals() throws IOException {
    NormalErrors errors = new NormalErrors();
    for (int i = 0; i < IMAGES; i++) {
      errors.add(GroundTruth.normals(picture("normals-" + i)), golden.get("normal " + i).data());
    }

    assertThat(errors.pixels()).isEqualTo((long) expected("normal pixels")).isPositive();
    assertThat(errors.mean()).isCloseTo(expected("normal mean"), ROUNDING);
    assertThat(errors.median()).isCloseTo(expected("normal median"), MEDIAN);
    assertThat(errors.under(11.25)).isCloseTo(expected("normal under11.25"), ROUNDING);
    assertThat(errors.under(22.5)).isCloseTo(expected("normal under22.5"), ROUNDING);
    assertThat(errors.under(30)).isCloseTo(expected("normal under30"), ROUNDING);
  }

  private static double expected(String name) {
    return golden.get(name).data()[0];
  }

  private static BufferedImage picture(String name) throws IOException {
    try (InputStream in = resource(name + ".png").openStream()) {
      return ImageIO.read(in);
    }
  }

  private static URL resource(String name) {
    return MetricsGoldenTest.class.getResource("/golden/metrics/" + name);
  }
}
