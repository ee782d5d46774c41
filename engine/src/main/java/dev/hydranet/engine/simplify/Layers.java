package dev.hydranet.engine.simplify;

import dev.hydranet.engine.graph.Add;
import dev.hydranet.engine.graph.BatchNorm;
import dev.hydranet.engine.graph.Elementwise.Binary;
import dev.hydranet.engine.graph.Elementwise.Unary;
import dev.hydranet.engine.graph.Linear;
import dev.hydranet.engine.graph.MatMul;
import dev.hydranet.engine.graph.Node;
import dev.hydranet.engine.graph.Normalize;
import dev.hydranet.engine.graph.Rearrange;
import dev.hydranet.engine.graph.Reduce;
import dev.hydranet.engine.graph.Softmax;
import dev.hydranet.engine.tensor.Shape;
import dev.hydranet.engine.tensor.Tensor;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Layers that are written as several operators, or as ones that say less of themselves. */
final class Layers {
  private Layers() {}

  /** A matrix product and a sum with a constant row. */
  static Optional<Node> bias(Node node, Values values) {
    if (!Values.isBinary(node, Binary.Function.ADD)) {
      return Optional.empty();
    }
    for (int i = 0; i < 2; i++) {
      Tensor row = values.constant(node.inputs().get(i));
      Optional<Node> product = values.node(node.inputs().get(1 - i), Linear.class);
      if (row == null || product.isEmpty()) {
        continue;
      }
      Linear linear = (Linear) product.get().op();
      int rank = row.shape().rank();
      boolean fits =
          !linear.bias()
              && row.data().length == linear.outFeatures()
              && rank > 0
              && row.shape().dim(rank - 1) == linear.outFeatures();
      if (fits && values.shape(node.name()).equals(values.shape(product.get().name()))) {
        values.define(node, "weight", values.parameter(product.get(), "weight"));
        values.define(node, "bias", row.reshape(Shape.of(linear.outFeatures())));
        return Optional.of(
            new Node(
                node.name(),
                new Linear(linear.inFeatures(), linear.outFeatures(), true),
                product.get().inputs()));
      }
    }
    return Optional.empty();
  }

  /**
   * A product or sum with a constant number, or with one for each channel of an image, or a
   * difference, is a batch normalisation; behind another one that was made so, both are one.
   */
  static Optional<Node> channelScale(Node node, Values values) {
    Shape shape = values.shape(node.name());
    if (!(node.op() instanceof Binary binary) || shape.rank() != 4) {
      return Optional.empty();
    }
    for (int i = 0; i < 2; i++) {
      Tensor constant = values.constant(node.inputs().get(i));
      String image = node.inputs().get(1 - i);
      boolean fits =
          constant != null
              && shape.equals(values.shape(image))
              && values.constant(image) == null
              && isImage(image, values)
              && isPerChannel(constant.shape(), shape.channels());
      Affine step = fits ? Affine.of(binary.function(), i == 1, constant, shape.channels()) : null;
      if (step != null) {
        Optional<Node> before =
            values.node(image, BatchNorm.class).filter(norm -> isMade(norm, values));
        Affine both = before.map(norm -> Affine.of(norm, values).then(step)).orElse(step);
        both.define(node, values);
        List<String> reads = before.map(Node::inputs).orElse(List.of(image));
        return Optional.of(new Node(node.name(), new BatchNorm(shape.channels(), 0), reads));
      }
    }
    return Optional.empty();
  }

  /** Whether a value is no part of attention, whose tensors may have rank 4, too. */
  private static boolean isImage(String value, Values values) {
    return Stream.of(Rearrange.class, Linear.class, MatMul.class, Softmax.class)
        .noneMatch(kind -> values.node(value, kind).isPresent());
  }

  /** Whether a batch normalisation only stands for a factor and an offset. */
  private static boolean isMade(Node node, Values values) {
    return ((BatchNorm) node.op()).eps() == 0
        && isAll(values.parameter(node, "running_mean"), 0)
        && isAll(values.parameter(node, "running_var"), 1);
  }

  private static boolean isAll(Tensor tensor, float value) {
    for (float x : tensor.data()) {
      if (x != value) {
        return false;
      }
    }
    return true;
  }

  private static boolean isPerChannel(Shape shape, int channels) {
    int rank = shape.rank();
    return (shape.elementCount() == 1 && rank <= 4)
        || (shape.elementCount() == channels
            && (rank == 3 || rank == 4)
            && shape.dim(rank - 3) == channels);
  }

  /** A sum of two computed values of one shape, which other steps take in. */
  static Optional<Node> sum(Node node, Values values) {
    if (!Values.isBinary(node, Binary.Function.ADD)) {
      return Optional.empty();
    }
    String a = node.inputs().get(0);
    String b = node.inputs().get(1);
    boolean plain =
        values.shape(a).equals(values.shape(b))
            && values.constant(a) == null
            && values.constant(b) == null;
    return plain ? Optional.of(new Node(node.name(), new Add(), node.inputs())) : Optional.empty();
  }

  /** (x - mean) / sqrt(variance + eps) * weight + bias along the last axis. */
  static Optional<Node> layerNorm(Node node, Values values) {
    if (!Values.isBinary(node, Binary.Function.ADD)) {
      return Optional.empty();
    }
    for (int i = 0; i < 2; i++) {
      Tensor bias = values.constant(node.inputs().get(i));
      Optional<Node> scaled = values.binary(node.inputs().get(1 - i), Binary.Function.MUL);
      if (bias == null || scaled.isEmpty()) {
        continue;
      }
      for (int k = 0; k < 2; k++) {
        Tensor weight = values.constant(scaled.get().inputs().get(k));
        String normal = scaled.get().inputs().get(1 - k);
        Normalized found = weight == null ? null : normalized(normal, values);
        if (found != null && isLast(weight, found, values) && isLast(bias, found, values)) {
          Shape row = Shape.of(weight.data().length);
          values.define(node, "weight", weight.reshape(row));
          values.define(node, "bias", bias.reshape(row));
          Normalize.Layer layer = new Normalize.Layer(List.of(row.dim(0)), found.eps());
          return Optional.of(new Node(node.name(), layer, List.of(found.x())));
        }
      }
    }
    return Optional.empty();
  }

  private static boolean isLast(Tensor tensor, Normalized found, Values values) {
    Shape shape = values.shape(found.x());
    return tensor.shape().rank() == 1 && tensor.data().length == shape.dim(shape.rank() - 1);
  }

  private record Normalized(String x, float eps) {}

  private static Normalized normalized(String value, Values values) {
    Node quotient = values.binary(value, Binary.Function.DIV).orElse(null);
    if (quotient == null) {
      return null;
    }
    String centred = quotient.inputs().get(0);
    Node root = values.unary(quotient.inputs().get(1), Unary.Function.SQRT).orElse(null);
    Node sum =
        root == null
            ? null
            : values.binary(root.inputs().getFirst(), Binary.Function.ADD).orElse(null);
    Node difference = values.binary(centred, Binary.Function.SUB).orElse(null);
    if (sum == null || difference == null) {
      return null;
    }
    float eps = values.number(sum.inputs().get(1));
    String squares = lineMean(sum.inputs().get(0), values);
    boolean squared = squares != null && isSquare(squares, centred, values);
    String x = difference.inputs().get(0);
    boolean centredOnMean = x.equals(lineMean(difference.inputs().get(1), values));
    return squared && centredOnMean && eps >= 0 ? new Normalized(x, eps) : null;
  }

  private static boolean isSquare(String value, String of, Values values) {
    boolean power =
        values
            .binary(value, Binary.Function.POW)
            .filter(node -> node.inputs().get(0).equals(of))
            .filter(node -> values.isNumber(node.inputs().get(1), 2))
            .isPresent();
    boolean product =
        values
            .binary(value, Binary.Function.MUL)
            .filter(node -> node.inputs().equals(List.of(of, of)))
            .isPresent();
    return power || product;
  }

  /** What a value is the mean of, along the last axis, which stays; null if it is none. */
  private static String lineMean(String value, Values values) {
    Node mean = values.node(value, Reduce.class).orElse(null);
    if (mean == null) {
      return null;
    }
    Reduce reduce = (Reduce) mean.op();
    String x = mean.inputs().getFirst();
    int last = values.shape(x).rank() - 1;
    boolean lines =
        reduce.function() == Reduce.Function.MEAN
            && reduce.keepDims()
            && (reduce.axes().equals(List.of(-1)) || reduce.axes().equals(List.of(last)));
    return lines ? x : null;
  }
}
