package dev.hydranet.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.hydranet.HydraNet;
import dev.hydranet.converter.Conversion;
import dev.hydranet.engine.Threads;
import dev.hydranet.engine.WeightsFormatException;
import dev.hydranet.engine.weights.DType;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * From a file to a prediction: what converts is a network, and looks at an image whatever its
 * weights are.
 */
class ConversionFuzzTest {
  @FuzzTest(maxDuration = "5m")
  void convert(byte[] file) throws IOException {
    Scratch.read(file, ConversionFuzzTest::convert);
  }

  private static void convert(Path path) throws IOException {
    Conversion conversion;
    try {
      conversion = Conversion.read(path, Conversion.AUTO);
    } catch (WeightsFormatException e) {
      Scratch.assertOneLine(path, e);
      return;
    }
    Path converted = Scratch.file("converted");
    conversion.write(converted, DType.F32);
    assertThat(conversion.findings(DType.F16)).allMatch(finding -> finding.contains(" of "));
    if (!conversion.metadata().tasks().isEmpty()) {
      HydraNet net = HydraNet.load(converted, Threads.of(1));
      assertThat(net.predict(new BufferedImage(3, 2, BufferedImage.TYPE_INT_RGB)).tasks())
          .isEqualTo(net.tasks());
    }
    Files.delete(converted);
  }
}
