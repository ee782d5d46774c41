package dev.hydranet.benchmarks.ladder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hydranet.benchmarks.harness.RandomTensors;
import dev.hydranet.benchmarks.ladder.rung.Convolution;
import dev.hydranet.benchmarks.ladder.rung.Rung;
import dev.hydranet.engine.tensor.Tensor;
import dev.hydranet.engine.verify.Difference;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.openjdk.jmh.annotations.Param;

class LadderTest {
  /** Images larger and smaller than a band, a stretch or a tile, with every remainder of tiles. */
  static Stream<Arguments> rungs() {
    List<Arguments> rungs = new ArrayList<>();
    for (Ladder ladder : Ladder.values()) {
      for (int number = 1; number <= ladder.height(); number++) {
        for (Convolution c : convolutions(ladder)) {
          boolean winograd = ladder == Ladder.STANDARD && number == ladder.height();
          if (!winograd || c.stride() == 1) {
            rungs.add(Arguments.of(ladder, number, c));
          }
        }
      }
    }
    return rungs.stream();
  }

  private static List<Convolution> convolutions(Ladder ladder) {
    return switch (ladder) {
      case STANDARD ->
          List.of(
              Convolution.standard(32, 96, 1, 9, 13),
              Convolution.standard(64, 64, 2, 11, 8),
              Convolution.standard(32, 64, 1, 2, 2),
              Convolution.standard(32, 32, 1, 1, 1));
      case POINTWISE ->
          List.of(
              Convolution.pointwise(32, 96, 9, 13),
              Convolution.pointwise(64, 32, 7, 2),
              Convolution.pointwise(32, 64, 1, 1));
      case DEPTHWISE ->
          List.of(
              Convolution.depthwise(64, 1, 9, 13),
              Convolution.depthwise(96, 2, 11, 8),
              Convolution.depthwise(32, 2, 2, 3),
              Convolution.depthwise(32, 1, 1, 1));
    };
  }

  @ParameterizedTest
  @MethodSource("rungs")
  void everyRungIsTheReference(Ladder ladder, int number, Convolution c) {
    Tensor input = RandomTensors.uniform(c.input(), 7);
    Rung rung = ladder.rung(number, c);
    rung.load(input);
    float[] scratch = new float[Math.toIntExact(rung.scratchFloats())];
    // Twice: what a rung leaves behind must not matter.
    for (int run = 0; run < 2; run++) {
      for (int part = 0; part < rung.parts(); part++) {
        rung.run(part, scratch);
      }
    }
    Tensor expected = c.expected(input);
    assertThat(Difference.between(rung.result(), expected).maxRelative())
        .isLessThanOrEqualTo(c.tolerance());
    if (expected.data().length > 1000) {
      assertThat(expected.data()).as("ReLU6 has something to do").contains(0f);
    }
  }

  @Test
  void everyRungIsTimed() throws NoSuchFieldException {
    List<String> rungs = new ArrayList<>();
    for (Ladder ladder : Ladder.values()) {
      for (int number = 1; number <= ladder.height(); number++) {
        rungs.add(ladder + "_" + number);
      }
    }
    assertThat(Climb.class.getField("rung").getAnnotation(Param.class).value())
        .containsExactlyElementsOf(rungs);
  }

  @Test
  void channelsThatFillNoVectorAreRefused() {
    assertThatThrownBy(() -> Ladder.STANDARD.rung(5, Convolution.standard(32, 33, 1, 4, 4)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageMatching("outputs: expected a multiple of \\d+, found 33");
    assertThatThrownBy(() -> Ladder.DEPTHWISE.rung(5, Convolution.depthwise(33, 1, 4, 4)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageMatching("channels: expected a multiple of \\d+, found 33");
  }
}
