package dev.hydranet.engine.compile;

import dev.hydranet.engine.graph.BatchNorm;
import dev.hydranet.engine.graph.Conv2d;
import dev.hydranet.engine.graph.ConvTranspose2d;
import dev.hydranet.engine.graph.Linear;
import dev.hydranet.engine.graph.Node;
import dev.hydranet.engine.tensor.Tensor;
import java.util.Map;

/**
 * The weights of a convolution or linear layer with those of the linear operators behind it folded
 * in.
 *
 * @param filters {@code [outputs][depth]}, as a checkpoint orders them
 * @param bias one for each output; zeros if absent
 */
record FoldedWeights(float[] filters, float[] bias) {
  /** Those of a fused node whose head is a convolution. */
  static FoldedWeights of(FusedNode fused, Conv2d conv, Map<String, Tensor> weights) {
    Node head = fused.head();
    FoldedWeights folded =
        new FoldedWeights(
            weights.get(head.name() + ".weight").data(),
            bias(head, conv.bias(), conv.outChannels(), weights));
    for (Node node : fused.folded()) {
      folded =
          switch (node.op()) {
            case BatchNorm norm -> folded.scaled(ChannelScale.of(node, norm, weights));
            case Conv2d next -> folded.merged(node, next, weights);
            default -> throw new IllegalStateException(node.name() + " is not linear");
          };
    }
    return folded;
  }

  /**
   * Those of a fused node whose head is a transposed convolution.
   *
   * @param rows {@code [taps][outputs][inputs]}
   */
  static FoldedWeights of(
      FusedNode fused, float[] rows, ConvTranspose2d conv, Map<String, Tensor> weights) {
    float[] filters = rows.clone();
    float[] bias = bias(fused.head(), conv.bias(), conv.outChannels(), weights);
    for (Node node : fused.folded()) {
      ChannelScale scale = ChannelScale.of(node, (BatchNorm) node.op(), weights);
      for (int i = 0; i < filters.length; i++) {
        int output = i / conv.inChannels() % conv.outChannels();
        filters[i] = (float) (filters[i] * scale.factor()[output]);
      }
      bias = scale.foldIntoBias(bias);
    }
    return new FoldedWeights(filters, bias);
  }

  /** Those of a linear layer. */
  static FoldedWeights of(FusedNode fused, Linear linear, Map<String, Tensor> weights) {
    Node head = fused.head();
    return new FoldedWeights(
        weights.get(head.name() + ".weight").data(),
        bias(head, linear.bias(), linear.outFeatures(), weights));
  }

  private FoldedWeights scaled(ChannelScale scale) {
    return new FoldedWeights(scale.foldIntoFilters(filters), scale.foldIntoBias(bias));
  }

  /** A pointwise convolution's weights times those of another behind it, summed in float64. */
  private FoldedWeights merged(Node node, Conv2d next, Map<String, Tensor> weights) {
    float[] weight = weights.get(node.name() + ".weight").data();
    float[] offsets = bias(node, next.bias(), next.outChannels(), weights).clone();
    int between = next.inChannels();
    int depth = filters.length / between;
    float[] merged = new float[next.outChannels() * depth];
    for (int o = 0; o < next.outChannels(); o++) {
      double[] filter = new double[depth];
      double offset = offsets[o];
      for (int m = 0; m < between; m++) {
        double factor = weight[o * between + m];
        offset += factor * bias[m];
        for (int k = 0; k < depth; k++) {
          filter[k] += factor * filters[m * depth + k];
        }
      }
      for (int k = 0; k < depth; k++) {
        merged[o * depth + k] = (float) filter[k];
      }
      offsets[o] = (float) offset;
    }
    return new FoldedWeights(merged, offsets);
  }

  private static float[] bias(
      Node node, boolean present, int outputs, Map<String, Tensor> weights) {
    return present ? weights.get(node.name() + ".bias").data() : new float[outputs];
  }
}
