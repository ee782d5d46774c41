package dev.hydranet.benchmarks.stages;

import dev.hydranet.benchmarks.harness.NotApplicableException;
import dev.hydranet.benchmarks.ladder.rung.Convolution;
import java.util.List;

/** What is compared, each with biases and with ReLU6 where MobileNetV2 has it. */
public enum Operation {
  /** 3x3 over all channels, product by product. */
  STANDARD,
  /** The same by Winograd's algorithm, where the stride is 1. */
  WINOGRAD,
  /** 3x3, a kernel for each channel. */
  DEPTHWISE,
  /** 1x1 over all channels, of the depthwise convolution's output. */
  POINTWISE,
  /** Both, one after the other: what stands in for a standard convolution. */
  SEPARABLE,
  /** Expand, depthwise and project, one after the other. */
  BLOCK,
  /** The same in one pass, in which the expanded tensor exists a few rows at a time. */
  FUSED_BLOCK;

  /** Whether it is in one kernel what others do in several. */
  boolean fused() {
    return this == FUSED_BLOCK;
  }

  /**
   * Its convolutions, in order.
   *
   * @throws NotApplicableException if the stage has no such operation
   */
  public Layers at(Stage stage) {
    int n = stage.channels();
    int s = stage.stride();
    int size = stage.size();
    int half = (size - 1) / s + 1;
    Convolution depthwise = Convolution.depthwise(n, s, size, size);
    Convolution pointwise = Convolution.pointwise(n, n, half, half);
    return switch (this) {
      case STANDARD -> Layers.of(Convolution.standard(n, n, s, size, size));
      case WINOGRAD -> {
        if (s != 1) {
          throw new NotApplicableException(stage + ": Winograd's algorithm needs stride 1");
        }
        yield Layers.of(Convolution.standard(n, n, 1, size, size));
      }
      case DEPTHWISE -> Layers.of(depthwise);
      case POINTWISE -> Layers.of(pointwise);
      case SEPARABLE -> Layers.of(depthwise, pointwise);
      case BLOCK, FUSED_BLOCK -> {
        Stage.Block block =
            stage
                .block()
                .orElseThrow(() -> new NotApplicableException(stage + " has no inverted residual"));
        yield Layers.block(
            s == 1 && block.in() == block.out(),
            List.of(
                Convolution.pointwise(block.in(), n, size, size),
                depthwise,
                Convolution.pointwise(n, block.out(), half, half)));
      }
    };
  }
}
