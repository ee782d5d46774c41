package dev.hydranet.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hydranet.HydraNet;
import dev.hydranet.model.StreetWeights;
import java.awt.image.BufferedImage;
import java.util.List;
import org.junit.jupiter.api.Test;

class CallersTest {
  private static final BufferedImage IMAGE =
      new BufferedImage(40, 30, BufferedImage.TYPE_3BYTE_BGR);

  @Test
  void aResourceGivesTheModelInTheBox() throws Exception {
    HydraNet net = Callers.fromResource(StreetWeights.class, "hydranet.safetensors");
    assertThat(net.metadata().classNames()).isEqualTo(HydraNet.bundled().metadata().classNames());
    assertThat(Callers.later(net, IMAGE).join()).isEqualTo(net.metadata().classNames().get(0));
    assertThat(Callers.all(net, List.of(IMAGE, IMAGE, IMAGE))).hasSize(3);
  }
}
