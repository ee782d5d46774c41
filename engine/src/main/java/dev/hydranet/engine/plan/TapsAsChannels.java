package dev.hydranet.engine.plan;

import dev.hydranet.engine.graph.Conv2d;
import dev.hydranet.engine.graph.Size;
import dev.hydranet.engine.tensor.Shape;

/**
 * A convolution of few output channels as a pointwise one with an output channel for every tap,
 * whose outputs are then shifted and added. Done directly, its few outputs would be padded to whole
 * vectors at every tap; so only their product with the taps is.
 */
final class TapsAsChannels {
  private TapsAsChannels() {}

  /** Whether the taps' outputs are no more than the inputs. */
  static boolean suits(Fused node) {
    return node.head().op() instanceof Conv2d conv
        && conv.groups() == 1
        && conv.stride().equals(Size.square(1))
        && !conv.kernel().equals(Size.square(1))
        && taps(conv) * conv.outChannels() <= conv.inChannels()
        && node.residual().isEmpty();
  }

  /** The matrix's rows: weights in a checkpoint's order as {@code [taps * outputs][inputs]}. */
  static float[] rows(Conv2d conv, float[] weights) {
    int taps = taps(conv);
    int depth = conv.inChannels();
    float[] rows = new float[weights.length];
    for (int o = 0; o < conv.outChannels(); o++) {
      for (int c = 0; c < depth; c++) {
        for (int tap = 0; tap < taps; tap++) {
          rows[(tap * conv.outChannels() + o) * depth + c] = weights[(o * depth + c) * taps + tap];
        }
      }
    }
    return rows;
  }

  /** The shape of the taps' outputs, with room for a whole vector at the last tap. */
  static Shape shape(Conv2d conv, Shape in, int lanes) {
    int last = (taps(conv) - 1) * conv.outChannels();
    int room = Math.ceilDiv(conv.outChannels(), lanes) * lanes;
    return Shape.of(in.batch(), last + room, in.height(), in.width());
  }

  static int taps(Conv2d conv) {
    return conv.kernel().height() * conv.kernel().width();
  }
}
