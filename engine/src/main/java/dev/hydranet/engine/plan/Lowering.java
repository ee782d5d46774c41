package dev.hydranet.engine.plan;

import dev.hydranet.engine.graph.Activation;
import dev.hydranet.engine.graph.Add;
import dev.hydranet.engine.graph.ArgMax;
import dev.hydranet.engine.graph.AvgPool2d;
import dev.hydranet.engine.graph.BatchNorm;
import dev.hydranet.engine.graph.Concat;
import dev.hydranet.engine.graph.Conv2d;
import dev.hydranet.engine.graph.Flatten;
import dev.hydranet.engine.graph.GlobalAvgPool;
import dev.hydranet.engine.graph.Linear;
import dev.hydranet.engine.graph.MaxPool2d;
import dev.hydranet.engine.graph.Node;
import dev.hydranet.engine.graph.Size;
import dev.hydranet.engine.graph.Softmax;
import dev.hydranet.engine.graph.Upsample;
import dev.hydranet.engine.kernel.ArgMaxKernel;
import dev.hydranet.engine.kernel.AvgPool;
import dev.hydranet.engine.kernel.ChannelFilter;
import dev.hydranet.engine.kernel.Clamp;
import dev.hydranet.engine.kernel.ConcatKernel;
import dev.hydranet.engine.kernel.FlattenKernel;
import dev.hydranet.engine.kernel.GlobalAverage;
import dev.hydranet.engine.kernel.KernelProvider;
import dev.hydranet.engine.kernel.Nhwc;
import dev.hydranet.engine.kernel.PackedMatrix;
import dev.hydranet.engine.kernel.Patches;
import dev.hydranet.engine.kernel.SoftmaxKernel;
import dev.hydranet.engine.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Turns fused nodes into steps: folds and packs their weights, and chooses the kernel for each. */
final class Lowering {
  private final Map<String, Tensor> weights;
  private final KernelProvider kernels;

  Lowering(Map<String, Tensor> weights, KernelProvider kernels) {
    this.weights = weights;
    this.kernels = kernels;
  }

  Step lower(Fused fused) {
    Clamp clamp = fused.clamp();
    return switch (fused.head().op()) {
      case Conv2d conv -> convolution(fused, conv);
      case Linear linear -> linear(fused, linear);
      case BatchNorm norm -> {
        ChannelScale scale = ChannelScale.of(fused.head(), norm, weights);
        ChannelFilter filter =
            ChannelFilter.pack(scale.factors(), scale.offsets(), kernels.lanes());
        yield step(
            fused,
            true,
            (k, in, out) -> k.scale(in.get(0), filter, residual(fused, in), clamp, out));
      }
      case Activation activation ->
          step(fused, true, (k, in, out) -> k.elementwise(in.get(0), null, clamp, out));
      case Add add ->
          step(fused, true, (k, in, out) -> k.elementwise(in.get(0), in.get(1), clamp, out));
      case MaxPool2d pool -> step(fused, true, (k, in, out) -> k.maxPool(in.get(0), pool, out));
      case Upsample upsample ->
          step(
              fused,
              true,
              (k, in, out) ->
                  k.upsample(in.get(0), upsample.mode(), residual(fused, in), clamp, out));
      case AvgPool2d pool -> step(fused, false, (k, in, out) -> new AvgPool(in.get(0), pool, out));
      case GlobalAvgPool pool ->
          step(fused, false, (k, in, out) -> new GlobalAverage(in.get(0), out));
      case Concat concat -> step(fused, false, (k, in, out) -> new ConcatKernel(in, out));
      case Softmax softmax -> step(fused, false, (k, in, out) -> new SoftmaxKernel(in.get(0), out));
      case ArgMax argMax -> step(fused, false, (k, in, out) -> new ArgMaxKernel(in.get(0), out));
      case Flatten flatten -> step(fused, false, (k, in, out) -> new FlattenKernel(in.get(0), out));
    };
  }

  private Step convolution(Fused fused, Conv2d conv) {
    Node node = fused.head();
    float[] filters = weights.get(node.name() + ".weight").data();
    float[] bias = bias(node, conv.bias(), conv.outChannels());
    if (fused.batchNorm().isPresent()) {
      Node norm = fused.batchNorm().get();
      ChannelScale scale = ChannelScale.of(norm, (BatchNorm) norm.op(), weights);
      filters = scale.foldIntoFilters(filters);
      bias = scale.foldIntoBias(bias);
    }
    Clamp clamp = fused.clamp();
    if (conv.isDepthwise()) {
      ChannelFilter filter = ChannelFilter.pack(filters, bias, kernels.lanes());
      boolean single =
          conv.kernel().equals(Size.square(1))
              && conv.stride().equals(Size.square(1))
              && conv.padding().equals(Size.square(0));
      return single
          ? step(
              fused,
              true,
              (k, in, out) -> k.scale(in.get(0), filter, residual(fused, in), clamp, out))
          : step(
              fused,
              true,
              (k, in, out) ->
                  k.depthwise(in.get(0), conv, filter, residual(fused, in), clamp, out));
    }
    if (conv.isPointwise()) {
      PackedMatrix matrix = pack(filters, bias, conv.inChannels());
      return step(
          fused,
          residualIsRead(fused),
          (k, in, out) -> k.pointwise(in.get(0), matrix, residual(fused, in), clamp, out));
    }
    PackedMatrix[] matrices = packGroups(conv, filters, bias);
    return step(
        fused,
        residualIsRead(fused),
        (k, in, out) -> k.conv2d(in.get(0), conv, matrices, residual(fused, in), clamp, out));
  }

  private Step linear(Fused fused, Linear linear) {
    float[] filters = weights.get(fused.head().name() + ".weight").data();
    float[] bias = bias(fused.head(), linear.bias(), linear.outFeatures());
    PackedMatrix matrix = pack(filters, bias, linear.inFeatures());
    return step(
        fused,
        residualIsRead(fused),
        (k, in, out) -> k.pointwise(in.get(0), matrix, residual(fused, in), fused.clamp(), out));
  }

  private PackedMatrix[] packGroups(Conv2d conv, float[] filters, float[] bias) {
    int outputs = conv.outChannels() / conv.groups();
    int channels = conv.inChannels() / conv.groups();
    float[] rows =
        Patches.reorder(
            filters, conv.outChannels(), channels, conv.kernel().height() * conv.kernel().width());
    PackedMatrix[] matrices = new PackedMatrix[conv.groups()];
    for (int group = 0; group < matrices.length; group++) {
      int first = group * outputs;
      matrices[group] =
          pack(
              Arrays.copyOfRange(rows, first * conv.terms(), (first + outputs) * conv.terms()),
              Arrays.copyOfRange(bias, first, first + outputs),
              conv.terms());
    }
    return matrices;
  }

  private PackedMatrix pack(float[] rows, float[] bias, int depth) {
    return PackedMatrix.pack(rows, bias, depth, kernels.lanes(), kernels.panel());
  }

  private float[] bias(Node node, boolean there, int outputs) {
    return there ? weights.get(node.name() + ".bias").data() : new float[outputs];
  }

  private static boolean residualIsRead(Fused fused) {
    return fused.residual().isPresent();
  }

  /** The place of the residual, which follows the head's own inputs. */
  private static Nhwc residual(Fused fused, List<Nhwc> inputs) {
    return fused.residual().isPresent() ? inputs.get(inputs.size() - 1) : null;
  }

  private static Step step(Fused fused, boolean padded, Step.Binding binding) {
    List<String> reads = new ArrayList<>(Fusion.reads(fused.head()));
    if (!(fused.head().op() instanceof Add)) {
      fused.residual().ifPresent(reads::add);
    }
    return new Step(fused.name(), fused.what(), List.copyOf(reads), padded, binding);
  }
}
