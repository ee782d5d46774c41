package dev.hydranet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hydranet.engine.testing.OtherJvm;
import dev.hydranet.engine.weights.DType;
import dev.hydranet.engine.weights.Safetensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Java of the README, run; the tests of the documents check that it is the README's. */
@Tag("once")
class ReadmeExampleTest {
  @TempDir private Path folder;

  @Test
  void embedsTheNetwork() throws IOException, InterruptedException {
    Safetensors.write(
        folder.resolve("kitti.safetensors"),
        SmallNetwork.WEIGHTS,
        Metadata.of(SmallNetwork.NETWORK).toMap(),
        DType.F32);
    ImageIO.write(SmallNetwork.picture(60, 90, 0), "png", folder.resolve("street.png").toFile());

    List<String> printed = OtherJvm.runIn(folder, ReadmeExample.class, List.of(OtherJvm.VECTORS));

    assertThat(printed.get(0)).startsWith("class ");
    assertThat(Float.parseFloat(printed.get(1))).isPositive();
    assertThat(Files.size(folder.resolve("overview.png"))).isGreaterThan(1000);
  }
}
