package dev.hydranet.engine.compile;

import dev.hydranet.engine.graph.BatchNorm;
import dev.hydranet.engine.graph.Conv2d;
import dev.hydranet.engine.graph.ConvTranspose2d;
import dev.hydranet.engine.graph.Linear;
import dev.hydranet.engine.graph.Node;
import dev.hydranet.engine.kernel.ChannelFilter;
import dev.hydranet.engine.kernel.KernelProvider;
import dev.hydranet.engine.kernel.PackedMatrix;
import dev.hydranet.engine.kernel.Patches;
import dev.hydranet.engine.tensor.Tensor;
import java.util.Arrays;
import java.util.Map;

/** A graph's weights as kernels want them: folded, in panels, padded to whole vectors. */
final class PackedWeights {
  private final Map<String, Tensor> weights;
  private final int lanes;
  private final int panel;

  PackedWeights(Map<String, Tensor> weights, KernelProvider kernels) {
    this.weights = weights;
    this.lanes = kernels.lanes();
    this.panel = kernels.panel();
  }

  int lanes() {
    return lanes;
  }

  /** A parameter of a node's head, as it is. */
  Tensor tensor(FusedNode node, String parameter) {
    return weights.get(node.head().name() + "." + parameter);
  }

  /** A number of channels with their padding. */
  int padded(int channels) {
    return Math.ceilDiv(channels, lanes) * lanes;
  }

  FoldedWeights folded(FusedNode node, Conv2d conv) {
    return FoldedWeights.of(node, conv, weights);
  }

  /**
   * Those of a transposed convolution.
   *
   * @param rows {@code [taps][outputs][inputs]}
   */
  FoldedWeights folded(FusedNode node, float[] rows, ConvTranspose2d conv) {
    return FoldedWeights.of(node, rows, conv, weights);
  }

  /** A matrix with a row for each output. */
  PackedMatrix matrix(float[] rows, float[] bias, int depth) {
    return PackedMatrix.pack(rows, bias, depth, lanes, panel);
  }

  /** A pointwise convolution's. */
  PackedMatrix pointwise(FusedNode node) {
    Conv2d conv = (Conv2d) node.head().op();
    FoldedWeights folded = folded(node, conv);
    return matrix(folded.filters(), folded.bias(), conv.inChannels());
  }

  /** A pointwise convolution's, a matrix for each block of output channels. */
  PackedMatrix[] pointwise(FusedNode node, int block) {
    Conv2d conv = (Conv2d) node.head().op();
    int depth = conv.inChannels();
    FoldedWeights folded = folded(node, conv);
    int outputs = folded.bias().length;
    PackedMatrix[] blocks = new PackedMatrix[Math.ceilDiv(outputs, block)];
    for (int i = 0; i < blocks.length; i++) {
      int first = i * block;
      int end = Math.min(first + block, outputs);
      blocks[i] =
          matrix(
              Arrays.copyOfRange(folded.filters(), first * depth, end * depth),
              Arrays.copyOfRange(folded.bias(), first, end),
              depth);
    }
    return blocks;
  }

  /** A depthwise convolution's. */
  ChannelFilter depthwise(FusedNode node) {
    FoldedWeights folded = folded(node, (Conv2d) node.head().op());
    return ChannelFilter.pack(folded.filters(), folded.bias(), lanes);
  }

  /** Any convolution's, taps by channels deep, a matrix for each group. */
  PackedMatrix[] groups(Conv2d conv, FoldedWeights folded) {
    int outputs = conv.outChannels() / conv.groups();
    int channels = conv.inChannels() / conv.groups();
    int taps = conv.kernel().height() * conv.kernel().width();
    int depth = conv.terms();
    float[] rows = Patches.reorder(folded.filters(), conv.outChannels(), channels, taps);
    PackedMatrix[] matrices = new PackedMatrix[conv.groups()];
    for (int group = 0; group < matrices.length; group++) {
      int first = group * outputs;
      matrices[group] =
          matrix(
              Arrays.copyOfRange(rows, first * depth, (first + outputs) * depth),
              Arrays.copyOfRange(folded.bias(), first, first + outputs),
              depth);
    }
    return matrices;
  }

  /** A linear layer's, not packed. */
  FoldedWeights folded(FusedNode node, Linear linear) {
    return FoldedWeights.of(node, linear, weights);
  }

  /** A linear layer's. */
  PackedMatrix linear(FusedNode node, Linear linear) {
    FoldedWeights folded = folded(node, linear);
    return matrix(folded.filters(), folded.bias(), linear.inFeatures());
  }

  /** Batch normalisation's, where no convolution comes before it. */
  ChannelFilter batchNorm(Node node, BatchNorm norm) {
    ChannelScale scale = ChannelScale.of(node, norm, weights);
    return ChannelFilter.pack(scale.factors(), scale.offsets(), lanes);
  }
}
