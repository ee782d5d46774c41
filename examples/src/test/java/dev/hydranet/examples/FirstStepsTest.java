package dev.hydranet.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hydranet.engine.testing.OtherJvm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FirstStepsTest {
  @TempDir private Path folder;

  /** What stands in the README works as it stands, on a scene of the demo. */
  @Test
  void seesTheRoad() throws Exception {
    Path images = Files.createDirectories(folder.resolve("hydranet-demo/scenes/images"));
    Files.copy(
        Path.of("../cli/src/main/resources/dev/hydranet/cli/demo/scenes/images/000003.png"),
        images.resolve("000003.png"));

    List<String> printed = OtherJvm.runIn(folder, FirstSteps.class, List.of(OtherJvm.VECTORS));

    assertThat(printed.get(0)).isEqualTo("road");
    assertThat(Float.parseFloat(printed.get(1))).isBetween(1f, 30f);
    assertThat(Files.size(folder.resolve("overview.png"))).isGreaterThan(1000);
  }
}
