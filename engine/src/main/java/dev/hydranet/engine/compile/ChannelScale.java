package dev.hydranet.engine.compile;

import dev.hydranet.engine.graph.BatchNorm;
import dev.hydranet.engine.graph.Node;
import dev.hydranet.engine.tensor.Tensor;
import java.util.Map;

/**
 * Batch normalisation at inference as a factor and an offset a channel, computed in double: {@code
 * y = x * factor + offset}. Behind a convolution both go into its weights.
 */
record ChannelScale(double[] factor, double[] offset) {
  static ChannelScale of(Node node, BatchNorm norm, Map<String, Tensor> weights) {
    float[] weight = weights.get(node.name() + ".weight").data();
    float[] bias = weights.get(node.name() + ".bias").data();
    float[] mean = weights.get(node.name() + ".running_mean").data();
    float[] variance = weights.get(node.name() + ".running_var").data();
    double[] factor = new double[norm.channels()];
    double[] offset = new double[norm.channels()];
    for (int c = 0; c < factor.length; c++) {
      factor[c] = weight[c] / Math.sqrt(variance[c] + norm.eps());
      offset[c] = bias[c] - mean[c] * factor[c];
    }
    return new ChannelScale(factor, offset);
  }

  float[] factors() {
    return rounded(factor);
  }

  float[] offsets() {
    return rounded(offset);
  }

  /** Each output channel's filter times its factor. */
  float[] foldIntoFilters(float[] filters) {
    float[] folded = new float[filters.length];
    int length = filters.length / factor.length;
    for (int i = 0; i < filters.length; i++) {
      folded[i] = (float) (filters[i] * factor[i / length]);
    }
    return folded;
  }

  float[] foldIntoBias(float[] bias) {
    float[] folded = new float[bias.length];
    for (int c = 0; c < bias.length; c++) {
      folded[c] = (float) (bias[c] * factor[c] + offset[c]);
    }
    return folded;
  }

  private static float[] rounded(double[] values) {
    float[] result = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      result[i] = (float) values[i];
    }
    return result;
  }
}
