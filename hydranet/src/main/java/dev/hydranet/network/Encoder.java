package dev.hydranet.network;

import dev.hydranet.engine.graph.Conv2d;
import dev.hydranet.engine.graph.GraphBuilder;
import dev.hydranet.engine.graph.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * HydraNet's encoder, MobileNetV2 (arXiv 1801.04381) up to its last inverted residual: layer1 is
 * the stem, layer2 to layer8 are the paper's stages.
 */
final class Encoder {
  private Encoder() {}

  /**
   * Appends the encoder.
   *
   * @param channels of the stages' outputs
   * @return the outputs of layer1 to layer8, the first at index 0
   */
  static List<Features> build(GraphBuilder g, Value image, int stem, List<Integer> channels) {
    List<Features> layers = new ArrayList<>();
    Features x = ConvNorm.stem(g, "layer1", image, stem); // [N, stem, H/2, W/2]
    g.label("layer1", x.value());
    layers.add(x);
    for (int i = 0; i < Stage.PAPER.size(); i++) {
      Stage stage = Stage.PAPER.get(i);
      String layer = layer(i);
      for (int block = 0; block < stage.repeats(); block++) {
        int stride = block == 0 ? stage.stride() : 1;
        x = invertedResidual(g, layer + "." + block, x, stage.expansion(), channels.get(i), stride);
      }
      g.label(layer, x.value());
      layers.add(x);
    }
    return layers;
  }

  /** The weight whose output channels are those of a stage. */
  static String projection(int stage) {
    return layer(stage) + ".0.output.2.0.weight";
  }

  private static String layer(int stage) {
    return "layer" + (stage + 2);
  }

  /**
   * Expand (1x1), filter each channel (3x3), project (1x1); the input is added where it has the
   * output's shape. The first convolution stays even where it expands by 1.
   */
  private static Features invertedResidual(
      GraphBuilder g, String path, Features in, int expansion, int channels, int stride) {
    int wide = in.channels() * expansion;
    String block = path + ".output";
    Value x = in.value(); // [N, in, H, W]
    x = ConvNorm.relu6(g, block + ".0", x, Conv2d.pointwise(in.channels(), wide));
    x = ConvNorm.relu6(g, block + ".1", x, Conv2d.depthwise(wide, 3, stride));
    x = ConvNorm.linear(g, block + ".2", x, Conv2d.pointwise(wide, channels));
    if (stride == 1 && in.channels() == channels) {
      x = g.add(path + ".sum", x, in.value());
    }
    return new Features(x, channels); // [N, channels, H/stride, W/stride]
  }
}
