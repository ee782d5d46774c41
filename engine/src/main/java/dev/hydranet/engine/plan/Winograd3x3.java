package dev.hydranet.engine.plan;

import dev.hydranet.engine.graph.Conv2d;
import dev.hydranet.engine.graph.Size;
import dev.hydranet.engine.kernel.Winograd;
import dev.hydranet.engine.tensor.Shape;

/** Which convolutions are done by {@link Winograd}'s algorithm, and for which images. */
final class Winograd3x3 {
  /** Where there are more outputs for an input, transforming them costs more than is saved. */
  private static final int OUTPUTS_FOR_AN_INPUT = 16;

  private Winograd3x3() {}

  /** Whether the algorithm fits the convolution's geometry and channels. */
  static boolean suits(Fused node) {
    return node.head().op() instanceof Conv2d conv
        && conv.groups() == 1
        && conv.kernel().equals(Size.square(3))
        && conv.stride().equals(Size.square(1))
        && conv.dilation().equals(Size.square(1))
        && conv.outChannels() <= OUTPUTS_FOR_AN_INPUT * conv.inChannels();
  }

  /**
   * Whether it pays for an output of that shape: a tile takes a quarter of the multiplications of
   * its outputs, so more than half of them must lie inside the image.
   */
  static boolean pays(Shape out) {
    int down = Math.ceilDiv(out.height(), Winograd.OUT);
    int across = Math.ceilDiv(out.width(), Winograd.OUT);
    long outputs = (long) down * across * Winograd.OUT * Winograd.OUT;
    return 2L * out.height() * out.width() > outputs;
  }
}
