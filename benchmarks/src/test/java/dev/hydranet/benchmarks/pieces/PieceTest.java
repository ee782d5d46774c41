package dev.hydranet.benchmarks.pieces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hydranet.benchmarks.harness.NotApplicableException;
import dev.hydranet.engine.graph.Node;
import dev.hydranet.engine.tensor.Shape;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PieceTest {
  private static final Shape SMALL = Shape.of(1, 3, 70, 100);

  @Test
  void epilogueIsNormalisationActivationAndOneSum() {
    assertThat(nodes("layer3.0.output.0.0"))
        .containsExactly("layer3.0.output.0.0", "layer3.0.output.0.1", "layer3.0.output.0.2");
    assertThat(nodes("layer3.1.output.2.0"))
        .containsExactly("layer3.1.output.2.0", "layer3.1.output.2.1", "layer3.1.sum");
    assertThat(nodes("conv5")).containsExactly("conv5", "fuse3.skips");
    assertThat(nodes("crp2.0.1_maxpool")).containsExactly("crp2.0.1_maxpool");
  }

  private static List<String> nodes(String first) {
    return Piece.withEpilogue(KernelArms.NETWORK, SMALL, first).nodes().stream()
        .map(Node::name)
        .toList();
  }

  @Test
  void knowsItsInputsAndItsCost() {
    Piece piece = Piece.withEpilogue(KernelArms.NETWORK, KernelArms.IMAGE, "layer3.1.output.2.0");
    assertThat(piece.output()).isEqualTo("layer3.1.sum");
    assertThat(piece.inputs())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "layer3.1.output.1.2",
                Shape.of(1, 144, 120, 160),
                "layer3.0.output.2.1",
                Shape.of(1, 24, 120, 160)));
    long pixels = 120 * 160;
    assertThat(piece.macs()).isEqualTo(pixels * 144 * 24);
    assertThat(piece.bytes()).isEqualTo(4 * (pixels * (144 + 24 + 24) + 144 * 24 + 4 * 24));
  }

  @Test
  void namesThatTheNetworkHasNot() {
    assertThatThrownBy(() -> Piece.withEpilogue(KernelArms.NETWORK, SMALL, "layer9"))
        .isInstanceOf(NotApplicableException.class);
  }

  /** The constructor compares with the reference. */
  @ParameterizedTest
  @ValueSource(
      strings = {"layer1", "layer3.1", "layer4.0", "crp1", "crp3", "up3", "segm", "pre_depth"})
  void runsByItself(String prefix) {
    Piece piece =
        Piece.of(KernelArms.NETWORK, SMALL, name -> (name + ".").startsWith(prefix + "."));
    assertThatCode(() -> new PieceRun(piece, 1)).doesNotThrowAnyException();
  }
}
