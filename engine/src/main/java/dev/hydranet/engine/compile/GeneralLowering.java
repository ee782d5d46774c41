package dev.hydranet.engine.compile;

import dev.hydranet.engine.graph.ArgMax;
import dev.hydranet.engine.graph.Concat;
import dev.hydranet.engine.graph.Elementwise;
import dev.hydranet.engine.graph.Elementwise.Binary;
import dev.hydranet.engine.graph.Normalize;
import dev.hydranet.engine.graph.Rearrange;
import dev.hydranet.engine.graph.Reduce;
import dev.hydranet.engine.graph.Resize;
import dev.hydranet.engine.graph.Softmax;
import dev.hydranet.engine.kernel.ArgMaxKernel;
import dev.hydranet.engine.kernel.ConcatKernel;
import dev.hydranet.engine.kernel.FusedKernels;
import dev.hydranet.engine.kernel.GlobalAverage;
import dev.hydranet.engine.kernel.Kernel;
import dev.hydranet.engine.kernel.Nhwc;
import dev.hydranet.engine.kernel.SoftmaxKernel;
import dev.hydranet.engine.kernel.general.ArgMaxLines;
import dev.hydranet.engine.kernel.general.BinaryKernel;
import dev.hydranet.engine.kernel.general.CumulativeLines;
import dev.hydranet.engine.kernel.general.GatherKernel;
import dev.hydranet.engine.kernel.general.IndexedCopy;
import dev.hydranet.engine.kernel.general.Joined;
import dev.hydranet.engine.kernel.general.LargestLines;
import dev.hydranet.engine.kernel.general.LocalResponseKernel;
import dev.hydranet.engine.kernel.general.MatMulKernel;
import dev.hydranet.engine.kernel.general.NormalizeLines;
import dev.hydranet.engine.kernel.general.PlacesKernel;
import dev.hydranet.engine.kernel.general.ReduceKernel;
import dev.hydranet.engine.kernel.general.ReshapeKernel;
import dev.hydranet.engine.kernel.general.ResizeKernel;
import dev.hydranet.engine.kernel.general.ScatterKernel;
import dev.hydranet.engine.kernel.general.SoftmaxLines;
import dev.hydranet.engine.kernel.general.UnaryKernel;
import dev.hydranet.engine.kernel.general.View;
import dev.hydranet.engine.kernel.general.WhereKernel;
import dev.hydranet.engine.run.Place;
import dev.hydranet.engine.run.Step;
import dev.hydranet.engine.tensor.Shape;
import dev.hydranet.engine.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Chooses kernels for operators on tensors of any rank, which need no packed weights. */
final class GeneralLowering {
  private final PackedWeights weights;
  private final Optional<FusedKernels> fused;

  /** With kernels for the frequent cases, if there are any. */
  GeneralLowering(PackedWeights weights, Optional<FusedKernels> fused) {
    this.weights = weights;
    this.fused = fused;
  }

  private Step constant(FusedNode node) {
    Tensor value = weights.tensor(node, "value");
    int[] dims = value.shape().toArray();
    return Steps.general(
        node, (in, out) -> IndexedCopy.copy(View.dense(value.data(), dims), out.view()));
  }

  Step elementwise(FusedNode node, Elementwise op) {
    if (op instanceof Elementwise.Unary unary && fused.isPresent() && fused.get().has(unary)) {
      return Steps.equal(node, (in, out) -> fused.get().function(in.get(0), unary, out));
    }
    boolean padded = fused.isPresent() && op.equals(new Binary(Binary.Function.MUL));
    return Steps.general(
        node,
        padded,
        (in, out) ->
            switch (op) {
              case Elementwise.Unary unary -> new UnaryKernel(unary, view(in, 0), out.view());
              case Binary binary ->
                  padded
                      ? product(binary, in, out)
                      : new BinaryKernel(binary, view(in, 0), view(in, 1), out.view());
              case Elementwise.Where where ->
                  new WhereKernel(view(in, 0), view(in, 1), view(in, 2), out.view());
            });
  }

  /** Products of equal extents, or with a factor for each channel of an image, in vectors. */
  private Kernel product(Binary op, List<Place> in, Place out) {
    for (int i = 0; i < 2; i++) {
      Place image = in.get(i);
      Place factors = in.get(1 - i);
      boolean whole = isLike(image, out);
      if (whole && (isLike(factors, out) || isGate(factors, out))) {
        return fused.orElseThrow().product(image.nhwc(), factors.nhwc(), out.nhwc());
      }
    }
    return new BinaryKernel(op, view(in, 0), view(in, 1), out.view());
  }

  private static boolean isLike(Place place, Place other) {
    return place.shape().equals(other.shape()) && place.isImage() == other.isImage();
  }

  private static boolean isGate(Place factors, Place image) {
    Nhwc place = image.nhwc();
    return factors.isImage()
        && image.isImage()
        && factors.shape().equals(Shape.of(place.batch(), place.channels(), 1, 1));
  }

  /** The mean of each channel's plane. */
  Step globalAverage(FusedNode node) {
    return fused
        .map(kernels -> Steps.padded(node, (in, out) -> kernels.globalAverage(in.get(0), out)))
        .orElseGet(() -> Steps.unpadded(node, (in, out) -> new GlobalAverage(in.get(0), out)));
  }

  Step rearrange(FusedNode node, Rearrange op) {
    if (op instanceof Rearrange.Constant) {
      return constant(node);
    }
    return Steps.general(
        node,
        (in, out) ->
            switch (op) {
              case Rearrange.Reshape reshape -> new ReshapeKernel(view(in, 0), out.view());
              case Rearrange.Gather gather ->
                  new GatherKernel(
                      axis(gather.axis(), in.get(0)), view(in, 0), view(in, 1), out.view());
              case Rearrange.GatherElements gather ->
                  PlacesKernel.elements(
                      axis(gather.axis(), in.get(0)), view(in, 0), view(in, 1), out.view());
              case Rearrange.Scatter scatter ->
                  new ScatterKernel(scatter, view(in, 0), view(in, 1), view(in, 2), out.view());
              case Rearrange.GatherNd gather ->
                  PlacesKernel.slices(gather.batch(), view(in, 0), view(in, 1), out.view());
              default -> IndexedCopy.of(op, view(in, 0), out.view());
            });
  }

  Step concat(FusedNode node, Concat op) {
    return Steps.general(
        node,
        (in, out) -> {
          int axis = axis(op.axis(), out);
          boolean channels =
              axis == 1
                  && out.hasChannelsInnermost()
                  && in.stream().allMatch(Place::hasChannelsInnermost);
          return channels
              ? new ConcatKernel(in.stream().map(Place::nhwc).toList(), out.nhwc())
              : Joined.of(axis, in.stream().map(Place::view).toList(), out.view());
        });
  }

  Step reduce(FusedNode node, Reduce op) {
    return Steps.general(
        node,
        (in, out) -> {
          Place from = in.get(0);
          boolean planes =
              from.isImage()
                  && out.isImage()
                  && op.keepDims()
                  && op.function() == Reduce.Function.MEAN
                  && op.axes().size() == 2
                  && op.axes().stream().allMatch(axis -> axis(axis, from) >= 2);
          if (planes && fused.isPresent() && from.nhwc().stride() == out.nhwc().stride()) {
            return fused.get().globalAverage(from.nhwc(), out.nhwc());
          }
          return planes
              ? new GlobalAverage(from.nhwc(), out.nhwc())
              : new ReduceKernel(op, from.view(), out.view());
        });
  }

  Step cumulative(FusedNode node, Reduce.Cumulative op) {
    return Steps.general(node, (in, out) -> new CumulativeLines(op, view(in, 0), out.view()));
  }

  Step largest(FusedNode node, ArgMax.Largest op) {
    return Steps.general(node, (in, out) -> new LargestLines(op, view(in, 0), out.view()));
  }

  Step softmax(FusedNode node, Softmax op) {
    return Steps.general(
        node,
        fused.isPresent() && !op.log(),
        (in, out) -> {
          boolean one =
              !op.log() && (!op.toEnd() || axis(op.axis(), out) == out.shape().rank() - 1);
          if (one && fused.isPresent() && isInnermost(op.axis(), in.get(0), out)) {
            return fused.get().softmax(in.get(0).nhwc(), out.nhwc());
          }
          boolean channels = !op.toEnd() && !op.log() && axis(op.axis(), out) == 1;
          return channels && areChannelsInnermost(in.get(0), out)
              ? new SoftmaxKernel(in.get(0).nhwc(), out.nhwc())
              : new SoftmaxLines(op, view(in, 0), out.view());
        });
  }

  /** Whether the elements along an axis are next to each other in both tensors. */
  private static boolean isInnermost(int axis, Place in, Place out) {
    int innermost = out.isImage() ? 1 : out.shape().rank() - 1;
    return in.isImage() == out.isImage() && axis(axis, out) == innermost;
  }

  Step argMax(FusedNode node, ArgMax op) {
    return Steps.general(
        node,
        (in, out) -> {
          boolean channels = axis(op.axis(), in.get(0)) == 1 && op.keepDims();
          return channels && areChannelsInnermost(in.get(0), out) && !op.smallest() && !op.last()
              ? new ArgMaxKernel(in.get(0).nhwc(), out.nhwc())
              : new ArgMaxLines(op, view(in, 0), out.view());
        });
  }

  private Kernel layerNorm(FusedNode node, Normalize.Layer layer, Place in, Place out) {
    float[] weight = weights.tensor(node, "weight").data();
    float[] bias = weights.tensor(node, "bias").data();
    if (fused.isPresent() && layer.dims().size() == 1 && isInnermost(-1, in, out)) {
      int padded = weights.padded(bias.length);
      return fused
          .get()
          .layerNorm(
              in.nhwc(),
              Arrays.copyOf(weight, padded),
              Arrays.copyOf(bias, padded),
              layer.eps(),
              out.nhwc());
    }
    return NormalizeLines.layer(layer, weight, bias, in.view(), out.view());
  }

  Step normalize(FusedNode node, Normalize op) {
    boolean lines = fused.isPresent() && op instanceof Normalize.Layer;
    Step step = general(node, lines, op);
    return lines ? step.with(Step.Layout.ROWS) : step;
  }

  private Step general(FusedNode node, boolean lines, Normalize op) {
    return Steps.general(
        node,
        lines,
        (in, out) ->
            switch (op) {
              case Normalize.Group group ->
                  NormalizeLines.group(
                      group,
                      weights.tensor(node, "weight").data(),
                      weights.tensor(node, "bias").data(),
                      view(in, 0),
                      out.view());
              case Normalize.Layer layer -> layerNorm(node, layer, in.get(0), out);
              case Normalize.LocalResponse response ->
                  new LocalResponseKernel(response, view(in, 0), out.view());
            });
  }

  Step matMul(FusedNode node) {
    return Steps.general(
            node,
            true,
            (in, out) -> {
              MatMulKernel plain = new MatMulKernel(view(in, 0), view(in, 1), out.view());
              return fused.flatMap(kernels -> plain.tiles().flatMap(kernels::matMul)).orElse(plain);
            })
        .with(Step.Layout.ROWS);
  }

  Step resize(FusedNode node, Resize op) {
    return Steps.general(node, (in, out) -> new ResizeKernel(op, view(in, 0), out.view()));
  }

  private static boolean areChannelsInnermost(Place a, Place b) {
    return a.hasChannelsInnermost() && b.hasChannelsInnermost();
  }

  private static View view(List<Place> inputs, int index) {
    return inputs.get(index).view();
  }

  private static int axis(int axis, Place place) {
    return axis < 0 ? axis + place.shape().rank() : axis;
  }
}
