package dev.hydranet.network;

import dev.hydranet.engine.graph.Conv2d;
import dev.hydranet.engine.graph.GraphBuilder;
import dev.hydranet.engine.graph.Value;

/** A convolution and its batch normalisation, as a PyTorch {@code Sequential} numbers them. */
final class ConvNorm {
  private ConvNorm() {}

  /** {@code path.0} the convolution, {@code path.1} the normalisation. */
  static Value linear(GraphBuilder g, String path, Value x, Conv2d conv) {
    x = g.conv2d(path + ".0", x, conv);
    return g.batchNorm(path + ".1", x, conv.outChannels());
  }

  /** The same, then {@code path.2}, ReLU6. */
  static Value relu6(GraphBuilder g, String path, Value x, Conv2d conv) {
    return g.relu6(path + ".2", linear(g, path, x, conv));
  }

  /** The first layer of MobileNetV2: 3x3, stride 2, on an RGB image. */
  static Features stem(GraphBuilder g, String path, Value image, int channels) {
    Conv2d conv = Conv2d.of(3, channels, 3).withStride(2).withPadding(1);
    return new Features(relu6(g, path, image, conv), channels);
  }
}
