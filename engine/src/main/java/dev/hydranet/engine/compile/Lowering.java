package dev.hydranet.engine.compile;

import dev.hydranet.engine.graph.Activation;
import dev.hydranet.engine.graph.Add;
import dev.hydranet.engine.graph.ArgMax;
import dev.hydranet.engine.graph.AvgPool2d;
import dev.hydranet.engine.graph.BatchNorm;
import dev.hydranet.engine.graph.Concat;
import dev.hydranet.engine.graph.Conv2d;
import dev.hydranet.engine.graph.ConvTranspose2d;
import dev.hydranet.engine.graph.Elementwise;
import dev.hydranet.engine.graph.Elementwise.Unary;
import dev.hydranet.engine.graph.Flatten;
import dev.hydranet.engine.graph.GlobalAvgPool;
import dev.hydranet.engine.graph.Linear;
import dev.hydranet.engine.graph.MatMul;
import dev.hydranet.engine.graph.MaxPool2d;
import dev.hydranet.engine.graph.Node;
import dev.hydranet.engine.graph.Normalize;
import dev.hydranet.engine.graph.Rearrange;
import dev.hydranet.engine.graph.Reduce;
import dev.hydranet.engine.graph.Resize;
import dev.hydranet.engine.graph.ShapeDependent;
import dev.hydranet.engine.graph.Size;
import dev.hydranet.engine.graph.Softmax;
import dev.hydranet.engine.graph.Upsample;
import dev.hydranet.engine.kernel.AvgPool;
import dev.hydranet.engine.kernel.ChannelFilter;
import dev.hydranet.engine.kernel.Clamp;
import dev.hydranet.engine.kernel.Epilogue;
import dev.hydranet.engine.kernel.FlattenKernel;
import dev.hydranet.engine.kernel.FusedKernels;
import dev.hydranet.engine.kernel.KernelProvider;
import dev.hydranet.engine.kernel.PackedMatrix;
import dev.hydranet.engine.kernel.WithEpilogue;
import dev.hydranet.engine.kernel.general.ChannelScaleKernel;
import dev.hydranet.engine.kernel.general.DilatedMaxPool;
import dev.hydranet.engine.kernel.general.LinearKernel;
import dev.hydranet.engine.run.Place;
import dev.hydranet.engine.run.Step;
import dev.hydranet.engine.run.StepGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Chooses a kernel for each fused node: one case for each operator. */
final class Lowering {
  private final PackedWeights weights;
  private final KernelProvider kernels;
  private final Set<String> taken;
  private final GeneralLowering general;

  /**
   * For one graph.
   *
   * @param taken the names of its inputs and nodes
   */
  Lowering(PackedWeights weights, KernelProvider kernels, Set<String> taken) {
    this.weights = weights;
    this.kernels = kernels;
    this.taken = taken;
    this.general = new GeneralLowering(weights, kernels.fused());
  }

  PackedWeights weights() {
    return weights;
  }

  /** A name like the given one that is not taken by a value of the graph. */
  String freeName(String name) {
    return taken.contains(name) ? freeName(name + "'") : name;
  }

  /** The steps that compute a node by itself: one of most nodes. */
  StepGroup steps(FusedNode node) {
    return node.head().op() instanceof ConvTranspose2d conv
        ? TransposedConvolution.lower(node, conv, this, kernels.fused())
        : StepGroup.of(step(node));
  }

  /** The step that computes a node by itself. */
  Step step(FusedNode node) {
    return withEpilogue(withoutEpilogue(node), node);
  }

  /** A node's last step with what follows in it. */
  Step withEpilogue(Step step, FusedNode node) {
    return node.epilogue().isEmpty() ? step : step.with(binding(step.binding(), node));
  }

  private Step.Binding binding(Step.Binding plain, FusedNode node) {
    FusedKernels fused = kernels.fused().orElseThrow();
    List<Epilogue> epilogues =
        node.epilogue().stream().map(after -> epilogue(after, fused)).toList();
    return (in, out) -> new WithEpilogue(plain.bind(in, out), epilogues, out.nhwc());
  }

  private Epilogue epilogue(Node node, FusedKernels fused) {
    return switch (node.op()) {
      case Unary function -> fused.function(function);
      case Activation activation -> fused.function(FusedNode.clip(activation));
      case BatchNorm norm -> fused.scale(weights.batchNorm(node, norm));
      default -> throw new IllegalStateException(node.name() + " is no epilogue");
    };
  }

  private Step withoutEpilogue(FusedNode node) {
    Clamp clamp = node.clamp();
    return switch (node.head().op()) {
      case Conv2d conv -> convolution(node, conv);
      case Linear linear -> linear(node, linear);
      case BatchNorm norm -> channelScale(node, weights.batchNorm(node.head(), norm));
      case Activation activation ->
          Steps.equal(node, (in, out) -> kernels.elementwise(in.get(0), null, clamp, out));
      case Add add ->
          Steps.equal(node, (in, out) -> kernels.elementwise(in.get(0), in.get(1), clamp, out));
      case MaxPool2d pool ->
          pool.dilation().equals(Size.square(1))
              ? Steps.padded(node, (in, out) -> kernels.maxPool(in.get(0), pool, out))
              : Steps.unpadded(node, (in, out) -> new DilatedMaxPool(in.get(0), pool, out));
      case Upsample upsample ->
          Steps.padded(
              node,
              (in, out) ->
                  kernels.upsample(
                      in.get(0), upsample.mode(), Steps.residual(node, in), clamp, out));
      case AvgPool2d pool -> Steps.unpadded(node, (in, out) -> new AvgPool(in.get(0), pool, out));
      case GlobalAvgPool pool -> general.globalAverage(node);
      case Flatten flatten -> Steps.unpadded(node, (in, out) -> new FlattenKernel(in.get(0), out));
      case Elementwise elementwise -> general.elementwise(node, elementwise);
      case Rearrange rearrange -> general.rearrange(node, rearrange);
      case Concat concat -> general.concat(node, concat);
      case Reduce reduce -> general.reduce(node, reduce);
      case Softmax softmax -> general.softmax(node, softmax);
      case ArgMax.Largest largest -> general.largest(node, largest);
      case Reduce.Cumulative sums -> general.cumulative(node, sums);
      case ArgMax argMax -> general.argMax(node, argMax);
      case Normalize normalize -> general.normalize(node, normalize);
      case MatMul product -> general.matMul(node);
      case Resize resize -> general.resize(node, resize);
      case ConvTranspose2d conv ->
          throw new IllegalStateException(conv.kind() + " takes two steps");
      case ShapeDependent dependent ->
          throw new IllegalArgumentException(
              node.name() + " (" + dependent.kind() + ") is not resolved for the input's shape");
    };
  }

  private Step convolution(FusedNode node, Conv2d conv) {
    if (conv.isDepthwise()) {
      ChannelFilter filter = weights.depthwise(node);
      return Fusable.isScale(node) ? scale(node, filter) : depthwise(node, conv, filter);
    }
    return conv.isPointwise()
        ? pointwise(node, weights.pointwise(node))
        : conv2d(node, conv, weights.groups(conv, weights.folded(node, conv)));
  }

  /** A factor and an offset for each channel. */
  private Step scale(FusedNode node, ChannelFilter filter) {
    return Steps.padded(
        node,
        (in, out) -> kernels.scale(in.get(0), filter, Steps.residual(node, in), node.clamp(), out));
  }

  /** The same for tensors of any rank, whose channels need not be innermost. */
  private Step channelScale(FusedNode node, ChannelFilter filter) {
    Step pixels = scale(node, filter);
    return pixels.with(
        (in, out) ->
            out.hasChannelsInnermost()
                ? pixels.binding().bind(in, out)
                : new ChannelScaleKernel(
                    in.get(0).view(),
                    filter,
                    node.residual().isPresent() ? in.getLast().view() : null,
                    node.clamp(),
                    out.view()));
  }

  /** A depthwise convolution with given weights. */
  Step depthwise(FusedNode node, Conv2d conv, ChannelFilter filter) {
    return Steps.padded(
        node,
        (in, out) ->
            kernels.depthwise(
                in.get(0), conv, filter, Steps.residual(node, in), node.clamp(), out));
  }

  /** A matrix product at every line. */
  private Step linear(FusedNode node, Linear linear) {
    PackedMatrix matrix = weights.linear(node, linear);
    Step lines = pointwise(node, matrix);
    Step.Binding binding =
        (in, out) -> {
          List<Place> all = new ArrayList<>(in);
          all.add(out);
          if (all.stream().noneMatch(Place::isImage)) {
            return lines.binding().bind(in, out);
          }
          FoldedWeights plain = weights.folded(node, linear);
          Place residual = node.residual().isPresent() ? in.getLast() : null;
          return new LinearKernel(
              in.getFirst().view(),
              plain.filters(),
              plain.bias(),
              residual == null ? null : residual.view(),
              node.clamp(),
              out.view());
        };
    return lines.with(binding).with(Step.Layout.ROWS);
  }

  /** A matrix product at every pixel. */
  Step pointwise(FusedNode node, PackedMatrix matrix) {
    return Steps.product(
        node,
        (in, out) ->
            kernels.pointwise(in.get(0), matrix, Steps.residual(node, in), node.clamp(), out));
  }

  /** A matrix product at every pixel, not of a node but of a part of one. */
  Step.Binding product(PackedMatrix matrix) {
    return Step.Binding.ofPixels(
        (in, out) -> kernels.pointwise(in.get(0), matrix, null, Clamp.NONE, out));
  }

  /** Any convolution with given weights. */
  Step conv2d(FusedNode node, Conv2d conv, PackedMatrix[] matrices) {
    return Steps.product(
        node,
        (in, out) ->
            kernels.conv2d(in.get(0), conv, matrices, Steps.residual(node, in), node.clamp(), out));
  }
}
