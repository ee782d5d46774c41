package dev.hydranet.engine.compile;

import dev.hydranet.engine.graph.Activation;
import dev.hydranet.engine.graph.Add;
import dev.hydranet.engine.graph.BatchNorm;
import dev.hydranet.engine.graph.Conv2d;
import dev.hydranet.engine.graph.ConvTranspose2d;
import dev.hydranet.engine.graph.Elementwise.Unary;
import dev.hydranet.engine.graph.Linear;
import dev.hydranet.engine.graph.Node;
import dev.hydranet.engine.graph.Upsample;
import dev.hydranet.engine.kernel.Clamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A node and those after it that are computed in the same step: batch normalisation and pointwise
 * convolution folded into a convolution's weights, a sum and an activation applied to values before
 * they are written, and an epilogue on values that were just written.
 */
final class FusedNode {
  private final Node head;
  private final List<Node> nodes = new ArrayList<>();
  private final List<Node> folded = new ArrayList<>();
  private final List<Node> epilogue = new ArrayList<>();
  private final Predicate<Unary> functions;
  private String residual;
  private Activation activation;

  /**
   * With nothing behind it so far.
   *
   * @param functions those that an epilogue may have
   */
  FusedNode(Node head, Predicate<Unary> functions) {
    this.head = head;
    this.functions = functions;
    nodes.add(head);
    switch (head.op()) {
      case Add add -> residual = head.inputs().get(1);
      case Activation function -> activation = function;
      default -> {}
    }
  }

  /**
   * Takes in the next node, if this step can compute it too.
   *
   * @param value which of the node's inputs is this step's
   */
  boolean absorb(Node node, int value) {
    boolean taken =
        switch (node.op()) {
          case BatchNorm norm ->
              absorbLinear(node, isOfImages()) || absorbEpilogue(node, isOfImages());
          case Conv2d conv -> absorbLinear(node, mergingSaves(conv));
          case Add add -> absorbAdd(node.inputs().get(1 - value));
          case Activation function ->
              absorbActivation(function) || absorbEpilogue(node, functions.test(clip(function)));
          case Unary function -> absorbEpilogue(node, functions.test(function));
          default -> false;
        };
    if (taken) {
      nodes.add(node);
    }
    return taken;
  }

  /** Whether channels are innermost in what the head computes, which has rank 4. */
  private boolean isOfImages() {
    return head.op() instanceof Conv2d || head.op() instanceof ConvTranspose2d;
  }

  /** Takes a linear operator into the weights, if so far there is nothing else behind them. */
  private boolean absorbLinear(Node node, boolean able) {
    if (!able || residual != null || activation != null || !epilogue.isEmpty()) {
      return false;
    }
    folded.add(node);
    return true;
  }

  /** Whether a pointwise convolution behind another makes one with fewer weights than both. */
  private boolean mergingSaves(Conv2d next) {
    if (!(head.op() instanceof Conv2d first) || !first.isPointwise() || !next.isPointwise()) {
      return false;
    }
    // One channel to one is computed as a scale, which has no place for more.
    if (first.isDepthwise()) {
      return false;
    }
    long in = first.inChannels();
    long between = next.inChannels();
    long out = next.outChannels();
    return in * out < in * between + between * out;
  }

  private boolean absorbAdd(String other) {
    boolean able =
        switch (head.op()) {
          case Conv2d conv -> conv.groups() == 1 || conv.isDepthwise();
          case BatchNorm norm -> true;
          case Linear linear -> true;
          case Upsample upsample -> true;
          default -> false;
        };
    if (!able || residual != null || activation != null || !epilogue.isEmpty()) {
      return false;
    }
    residual = other;
    return true;
  }

  private boolean absorbActivation(Activation function) {
    boolean able =
        switch (head.op()) {
          case Conv2d conv -> true;
          case BatchNorm norm -> true;
          case Linear linear -> true;
          case Upsample upsample -> true;
          case Add add -> true;
          case ConvTranspose2d conv -> true;
          default -> false;
        };
    if (!able || activation != null || !epilogue.isEmpty()) {
      return false;
    }
    activation = function;
    return true;
  }

  /** Takes in what a kernel whose parts are runs of pixels can do to each run. */
  private boolean absorbEpilogue(Node node, boolean able) {
    boolean runs =
        switch (head.op()) {
          // By Winograd's algorithm, a part is no run.
          case Conv2d conv -> !Winograd3x3.suits(conv);
          case BatchNorm norm -> true;
          case ConvTranspose2d conv -> true;
          case Linear linear -> true;
          case Add add -> true;
          case Unary function -> functions.test(function);
          default -> false;
        };
    // Without vectors for any function, there are no epilogues.
    if (!able || !runs || !functions.test(clip(new Activation(Activation.Function.RELU)))) {
      return false;
    }
    epilogue.add(node);
    return true;
  }

  /** An activation as a function of one number. */
  static Unary clip(Activation activation) {
    Clamp clamp = clamp(activation);
    return new Unary(Unary.Function.CLIP, clamp.low(), clamp.high());
  }

  Node head() {
    return head;
  }

  /** The nodes, in their order. */
  List<Node> nodes() {
    return List.copyOf(nodes);
  }

  /** The name of the value that the step computes. */
  String name() {
    return nodes.get(nodes.size() - 1).name();
  }

  /** The nodes whose work the head's weights do too, in their order. */
  List<Node> folded() {
    return folded;
  }

  /** The value that is added before the activation. */
  Optional<String> residual() {
    return Optional.ofNullable(residual);
  }

  /** The nodes that follow the activation, in their order. */
  List<Node> epilogue() {
    return epilogue;
  }

  Clamp clamp() {
    return activation == null ? Clamp.NONE : clamp(activation);
  }

  private static Clamp clamp(Activation activation) {
    return switch (activation.function()) {
      case RELU -> Clamp.RELU;
      case RELU6 -> Clamp.RELU6;
    };
  }

  /** The values that the step reads: those of its head, then the residual. */
  List<String> reads() {
    List<String> reads = new ArrayList<>(NodeFusion.reads(head));
    if (residual != null && !(head.op() instanceof Add)) {
      reads.add(residual);
    }
    return reads;
  }

  /** Its operators, such as {@code Conv2d + BatchNorm + ReLU6}. */
  String description() {
    return String.join(" + ", nodes.stream().map(node -> node.op().kind()).toList());
  }
}
