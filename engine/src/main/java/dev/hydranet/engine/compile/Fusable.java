package dev.hydranet.engine.compile;

import dev.hydranet.engine.graph.Conv2d;
import dev.hydranet.engine.graph.MaxPool2d;
import dev.hydranet.engine.graph.Size;

/** What the nodes of fusions look like. */
final class Fusable {
  /** More than the second-level cache holds, on most processors. */
  static final int CACHED_FLOATS = 3 << 18;

  private Fusable() {}

  /** A 1x1 convolution of all channels. */
  static boolean isPointwise(FusedNode node) {
    return node.head().op() instanceof Conv2d conv && conv.isPointwise();
  }

  /** A depthwise 1x1 convolution: a factor for each channel. */
  static boolean isScale(FusedNode node) {
    return node.head().op() instanceof Conv2d conv
        && conv.equals(Conv2d.depthwise(conv.inChannels(), 1, 1));
  }

  /** A depthwise 3x3 convolution of stride 1 or 2 that keeps the size. */
  static boolean isDepthwise3x3(FusedNode node) {
    return node.head().op() instanceof Conv2d conv
        && conv.isDepthwise()
        && conv.kernel().equals(Size.square(3))
        && conv.padding().equals(Size.square(1))
        && conv.after().equals(Size.square(1))
        && conv.dilation().equals(Size.square(1))
        && (conv.stride().equals(Size.square(1)) || conv.stride().equals(Size.square(2)));
  }

  /** The max-pool of chained residual pooling. */
  static boolean isPool5x5(FusedNode node) {
    return node.head().op().equals(MaxPool2d.of(5, 1, 2));
  }

  /** Whether a node's first input is the value of another. */
  static boolean headReads(FusedNode reader, FusedNode value) {
    return reader.head().inputs().get(0).equals(value.name());
  }
}
