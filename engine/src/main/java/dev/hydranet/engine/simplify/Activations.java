package dev.hydranet.engine.simplify;

import dev.hydranet.engine.graph.Activation;
import dev.hydranet.engine.graph.Elementwise.Binary;
import dev.hydranet.engine.graph.Elementwise.Unary;
import dev.hydranet.engine.graph.Node;
import dev.hydranet.engine.graph.Op;
import java.util.List;
import java.util.Optional;

/** Activation functions that are written as several operators. */
final class Activations {
  private Activations() {}

  /** Bounds of 0 and 6, or of 0 alone, are ReLU6 and ReLU. */
  static Optional<Node> bounds(Node node, Values values) {
    if (!(node.op() instanceof Unary clip)
        || clip.function() != Unary.Function.CLIP
        || clip.alpha() != 0) {
      return Optional.empty();
    }
    if (clip.beta() == 6) {
      return Optional.of(with(node, new Activation(Activation.Function.RELU6), node.inputs()));
    }
    return clip.beta() == Float.POSITIVE_INFINITY
        ? Optional.of(with(node, new Activation(Activation.Function.RELU), node.inputs()))
        : Optional.empty();
  }

  /** relu6(x + 3) / 6. */
  static Optional<Node> hardSigmoid(Node node, Values values) {
    String bounded = sixth(node, values);
    String x = bounded == null ? null : shifted(bounded, values);
    return x == null ? Optional.empty() : Optional.of(with(node, hardSigmoid(), List.of(x)));
  }

  /** x * relu6(x + 3) / 6, whichever of the two is done first. */
  static Optional<Node> hardSwish(Node node, Values values) {
    String product = sixth(node, values);
    if (product != null) {
      return values
          .binary(product, Binary.Function.MUL)
          .flatMap(
              times ->
                  gated(times, (x, gate) -> x.equals(shifted(gate, values)))
                      .map(x -> with(node, new Unary(Unary.Function.HARD_SWISH), List.of(x))));
    }
    if (!Values.isBinary(node, Binary.Function.MUL)) {
      return Optional.empty();
    }
    return gated(
            node,
            (x, gate) ->
                values
                    .unary(gate, Unary.Function.HARD_SIGMOID)
                    .filter(
                        sigmoid ->
                            sigmoid.op().equals(hardSigmoid()) && sigmoid.inputs().contains(x))
                    .isPresent())
        .map(x -> with(node, new Unary(Unary.Function.HARD_SWISH), List.of(x)));
  }

  /** x * sigmoid(x). */
  static Optional<Node> swish(Node node, Values values) {
    if (!Values.isBinary(node, Binary.Function.MUL)) {
      return Optional.empty();
    }
    return gated(
            node,
            (x, gate) ->
                values
                    .unary(gate, Unary.Function.SIGMOID)
                    .filter(sigmoid -> sigmoid.inputs().contains(x))
                    .isPresent())
        .map(x -> with(node, new Unary(Unary.Function.SWISH, 1, 0), List.of(x)));
  }

  /** x * (1 + erf(x / sqrt(2))) / 2, whatever the order of its factors. */
  static Optional<Node> gelu(Node node, Values values) {
    if (!Values.isBinary(node, Binary.Function.MUL)) {
      return Optional.empty();
    }
    String x = null;
    String product = values.beside(node, 0.5);
    if (product != null) {
      x =
          values
              .binary(product, Binary.Function.MUL)
              .flatMap(times -> gated(times, (a, gate) -> a.equals(ofErf(gate, values))))
              .orElse(null);
    } else {
      x =
          gated(node, (a, b) -> a.equals(ofErf(halved(b, values), values)))
              .or(
                  () ->
                      gated(
                          node,
                          (a, b) ->
                              halved(a, values) != null
                                  && halved(a, values).equals(ofErf(b, values))))
              .orElse(null);
      // Where the first factor is x / 2, it is x that is meant.
      if (x != null && halved(x, values) != null && !isGateOf(node, x, values)) {
        x = halved(x, values);
      }
    }
    return x == null
        ? Optional.empty()
        : Optional.of(with(node, new Unary(Unary.Function.GELU), List.of(x)));
  }

  private static boolean isGateOf(Node node, String x, Values values) {
    String other = node.inputs().get(node.inputs().get(0).equals(x) ? 1 : 0);
    return x.equals(ofErf(halved(other, values), values));
  }

  /** The x of (1 + erf(x / sqrt(2))), or null. */
  private static String ofErf(String value, Values values) {
    if (value == null) {
      return null;
    }
    return values
        .binary(value, Binary.Function.ADD)
        .map(sum -> values.beside(sum, 1))
        .flatMap(erf -> values.unary(erf, Unary.Function.ERF))
        .map(erf -> rooted(erf.inputs().getFirst(), values))
        .orElse(null);
  }

  /** The x of x / sqrt(2), or null. */
  private static String rooted(String value, Values values) {
    Optional<Node> quotient =
        values
            .binary(value, Binary.Function.DIV)
            .filter(node -> values.isNumber(node.inputs().get(1), Math.sqrt(2)));
    if (quotient.isPresent()) {
      return quotient.get().inputs().getFirst();
    }
    return values
        .binary(value, Binary.Function.MUL)
        .map(node -> values.beside(node, Math.sqrt(0.5)))
        .orElse(null);
  }

  private static String halved(String value, Values values) {
    return values
        .binary(value, Binary.Function.MUL)
        .map(node -> values.beside(node, 0.5))
        .orElse(null);
  }

  private static Unary hardSigmoid() {
    return new Unary(Unary.Function.HARD_SIGMOID, 1f / 6, 0.5f);
  }

  /** What a node divides by 6, or null. */
  private static String sixth(Node node, Values values) {
    if (Values.isBinary(node, Binary.Function.DIV) && values.isNumber(node.inputs().get(1), 6)) {
      return node.inputs().getFirst();
    }
    return Values.isBinary(node, Binary.Function.MUL) ? values.beside(node, 1.0 / 6) : null;
  }

  /** The x of relu6(x + 3), or null. */
  private static String shifted(String value, Values values) {
    return values
        .node(value, Activation.class)
        .filter(node -> ((Activation) node.op()).function() == Activation.Function.RELU6)
        .flatMap(node -> values.binary(node.inputs().getFirst(), Binary.Function.ADD))
        .map(sum -> values.beside(sum, 3))
        .orElse(null);
  }

  private interface Gate {
    boolean test(String x, String gate);
  }

  /** Of a product, the factor whose gate the other one is. */
  private static Optional<String> gated(Node product, Gate gate) {
    String a = product.inputs().get(0);
    String b = product.inputs().get(1);
    if (gate.test(a, b)) {
      return Optional.of(a);
    }
    return gate.test(b, a) ? Optional.of(b) : Optional.empty();
  }

  static Node with(Node node, Op op, List<String> inputs) {
    return new Node(node.name(), op, inputs);
  }
}
