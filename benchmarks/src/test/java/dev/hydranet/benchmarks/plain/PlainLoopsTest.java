package dev.hydranet.benchmarks.plain;

import static org.assertj.core.api.Assertions.assertThatCode;

import dev.hydranet.benchmarks.kernels.Depthwise;
import dev.hydranet.benchmarks.kernels.MaxPooling;
import dev.hydranet.benchmarks.kernels.Pointwise;
import dev.hydranet.benchmarks.kernels.StandardConvolution;
import dev.hydranet.benchmarks.kernels.Summing;
import dev.hydranet.benchmarks.kernels.Upsampling;
import dev.hydranet.benchmarks.pieces.KernelArms;
import dev.hydranet.benchmarks.pieces.Piece;
import dev.hydranet.engine.tensor.Shape;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PlainLoopsTest {
  @ParameterizedTest
  @MethodSource
  void plainLoopsAreTheReferences(PlainArm benchmark, String layer) {
    Piece piece = Piece.withEpilogue(KernelArms.NETWORK, Shape.of(1, 3, 70, 100), layer);
    assertThatCode(() -> benchmark.plain(piece, 1).check()).doesNotThrowAnyException();
  }

  static Stream<Arguments> plainLoopsAreTheReferences() {
    return Stream.of(
        Arguments.of(new Pointwise(), "layer3.0.output.0.0"),
        Arguments.of(new Pointwise(), "conv5"),
        Arguments.of(new Depthwise(), "layer3.0.output.1.0"),
        Arguments.of(new Depthwise(), "layer3.1.output.1.0"),
        Arguments.of(new Depthwise(), "pre_segm"),
        Arguments.of(new StandardConvolution(), "layer1.0"),
        Arguments.of(new StandardConvolution(), "normal"),
        Arguments.of(new MaxPooling(), "crp2.0.1_maxpool"),
        Arguments.of(new Upsampling(), "up3"),
        Arguments.of(new Summing(), "crp3.0.2_sum"));
  }
}
