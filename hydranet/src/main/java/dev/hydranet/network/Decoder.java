package dev.hydranet.network;

import dev.hydranet.engine.graph.Conv2d;
import dev.hydranet.engine.graph.GraphBuilder;
import dev.hydranet.engine.graph.Value;
import java.util.List;

/**
 * HydraNet's decoder, Light-Weight RefineNet (arXiv 1810.03272): from the coarsest layers to the
 * finest, sum, chained residual pooling, 1x1 convolution, upsampling. All of it has the same
 * channels.
 */
final class Decoder {
  private static final int POOLING_STAGES = 4;

  private final GraphBuilder g;
  private final int channels;

  Decoder(GraphBuilder g, int channels) {
    this.g = g;
    this.channels = channels;
  }

  /**
   * Appends the decoder.
   *
   * @param layers the encoder's, layer1 at index 0
   * @return {@code [N, channels, H/4, W/4]}, what every head starts from
   */
  Value build(List<Features> layers) {
    Value conv8 = adapt("conv8", layers.get(7)); // H/32
    Value conv7 = adapt("conv7", layers.get(6));
    Value x = g.relu6("fuse4.relu", g.add("fuse4", conv8, conv7));
    Value crp4 = chainedResidualPooling("crp4", x, 1);
    Value adapt4 = g.conv2d("conv_adapt4", crp4, pointwise());

    Value conv6 = adapt("conv6", layers.get(5)); // H/16
    Value conv5 = adapt("conv5", layers.get(4));
    Value up4 = g.upsampleLike("up4", adapt4, conv6);
    x = g.relu6("fuse3.relu", g.add("fuse3", g.add("fuse3.skips", conv5, conv6), up4));
    Value crp3 = chainedResidualPooling("crp3", x, 1);
    Value adapt3 = g.conv2d("conv_adapt3", crp3, pointwise());

    Value conv4 = adapt("conv4", layers.get(3)); // H/8
    Value up3 = g.upsampleLike("up3", adapt3, conv4);
    x = g.relu6("fuse2.relu", g.add("fuse2", conv4, up3));
    Value crp2 = chainedResidualPooling("crp2", x, 1);
    Value adapt2 = g.conv2d("conv_adapt2", crp2, pointwise());

    Value conv3 = adapt("conv3", layers.get(2)); // H/4
    Value up2 = g.upsampleLike("up2", adapt2, conv3);
    x = g.relu6("fuse1.relu", g.add("fuse1", conv3, up2));
    Value crp1 = chainedResidualPooling("crp1", x, channels);

    for (Value conv : List.of(conv8, conv7, conv6, conv5, conv4, conv3)) {
      g.label(conv.name(), conv);
    }
    g.label("crp4", crp4);
    g.label("crp3", crp3);
    g.label("crp2", crp2);
    g.label("crp1", crp1);
    for (Value adapt : List.of(adapt4, adapt3, adapt2)) {
      g.label(adapt.name(), adapt);
    }
    return crp1;
  }

  /** A layer of the encoder, brought to the decoder's channels. */
  private Value adapt(String name, Features layer) {
    return g.conv2d(name, layer.value(), Conv2d.pointwise(layer.channels(), channels));
  }

  /**
   * Four times a 5x5 max-pool and a 1x1 convolution, each on the one before, all added to the
   * input.
   */
  private Value chainedResidualPooling(String name, Value x, int groups) {
    Value sum = x;
    Value top = x;
    for (int stage = 1; stage <= POOLING_STAGES; stage++) {
      String path = name + ".0." + stage;
      top = g.maxPool2d(path + "_maxpool", top, 5, 1, 2);
      top = g.conv2d(path + "_outvar_dimred", top, pointwise().withGroups(groups));
      sum = g.add(path + "_sum", top, sum);
    }
    return sum;
  }

  private Conv2d pointwise() {
    return Conv2d.pointwise(channels, channels);
  }
}
