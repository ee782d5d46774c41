package dev.hydranet.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hydranet.HydraNet;
import dev.hydranet.Palette;
import dev.hydranet.Scene;
import dev.hydranet.engine.Threads;
import dev.hydranet.network.HydraNetwork;
import dev.hydranet.network.Task;
import dev.hydranet.network.Variant;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;

class StreetWeightsTest {
  @Test
  void areTheWholeNetworkForStreets() throws IOException {
    HydraNet net = HydraNet.bundled();
    assertThat(net.network()).isEqualTo(HydraNetwork.of(6, EnumSet.allOf(Task.class)));
    assertThat(net.metadata().classNames()).isEqualTo(Variant.KITTI.classNames());
    assertThat(net.metadata().palette()).isEqualTo(Palette.KITTI);
    assertThat(net.metadata().depthRange()).isEmpty();
    assertThat(net.metadata().height()).hasValue(240);
    assertThat(net.metadata().sourceSha256()).isPresent();
  }

  /** The converter's float16, and nothing beside the weights. */
  @Test
  void takeTwoBytesAParameter() throws IOException {
    HydraNetwork network = HydraNetwork.of(6, EnumSet.allOf(Task.class));
    long numbers =
        network.graph().parameters().values().stream()
            .mapToLong(parameter -> parameter.shape().elementCount())
            .sum();
    try (InputStream in = new StreetWeights().open()) {
      assertThat((long) in.readAllBytes().length).isBetween(2 * numbers, 2 * numbers + 100_000);
    }
  }

  @Test
  void answerEveryTask() throws IOException {
    BufferedImage image = new BufferedImage(64, 48, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 64 * 48; i++) {
      image.setRGB(i % 64, i / 64, i * 977);
    }
    Scene scene = HydraNet.bundled(Threads.of(1)).predict(image);
    assertThat(scene.tasks()).containsExactly(Task.values());
    for (int i = 0; i < 64; i++) {
      assertThat(scene.depth().metresAt(i, 20)).isFinite();
      assertThat(scene.normals().z(i, 20)).isBetween(-1f, 1f);
    }
  }
}
