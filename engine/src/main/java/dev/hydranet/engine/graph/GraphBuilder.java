package dev.hydranet.engine.graph;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Builds a {@link Graph} in the order of the data flow. Not thread-safe.
 *
 * <p>A node's name is the prefix of its weights' names: the module's path in a {@code state_dict}.
 * A node without a name gets one, such as {@code relu6_1}. Shapes are checked once the graph meets
 * its inputs, by {@link Graph#shapes}.
 *
 * <pre>{@code
 * GraphBuilder g = new GraphBuilder();
 * Value x = g.input("input");
 * x = g.conv2d("layer1.0", x, Conv2d.of(3, 32, 3).withStride(2).withPadding(1));
 * x = g.batchNorm("layer1.1", x, 32);
 * x = g.relu6(x);
 * g.output("layer1", x);
 * Graph graph = g.build();
 * }</pre>
 */
public final class GraphBuilder {
  private final List<String> inputs = new ArrayList<>();
  private final List<Node> nodes = new ArrayList<>();
  private final Set<String> names = new HashSet<>();
  private final Map<String, String> labels = new LinkedHashMap<>();
  private final Set<String> outputs = new LinkedHashSet<>();

  /** An empty graph. */
  public GraphBuilder() {}

  /**
   * Declares an input of the graph.
   *
   * @param name not taken yet
   * @return the value that stands for it
   */
  public Value input(String name) {
    Value value = define(name);
    inputs.add(name);
    return value;
  }

  /**
   * Appends any operator.
   *
   * @param name of the node, not taken yet
   * @param op what it computes
   * @param operands its inputs, in the operator's order
   * @return the value that it computes
   * @throws IllegalArgumentException if the name is taken or an input is not of this graph
   */
  public Value op(String name, Op op, Value... operands) {
    List<String> operandNames = new ArrayList<>(operands.length);
    for (Value operand : operands) {
      if (!names.contains(operand.name())) {
        throw new IllegalArgumentException(
            name + ": its input '" + operand.name() + "' is not of this graph");
      }
      operandNames.add(operand.name());
    }
    Value value = define(name);
    nodes.add(new Node(name, op, operandNames));
    return value;
  }

  /**
   * Appends any operator, in a node that gets a name.
   *
   * @param op what it computes
   * @param operands its inputs, in the operator's order
   * @return the value that it computes
   * @throws IllegalArgumentException if an input is not of this graph
   */
  public Value op(Op op, Value... operands) {
    String kind = op.kind().toLowerCase(Locale.ROOT);
    int number = 1;
    while (names.contains(kind + "_" + number) || labels.containsKey(kind + "_" + number)) {
      number++;
    }
    return op(kind + "_" + number, op, operands);
  }

  /**
   * Appends a convolution.
   *
   * @param name the module's path in the {@code state_dict}
   * @param x {@code [N, inChannels, H, W]}
   * @param conv its hyper-parameters
   * @return {@code [N, outChannels, H', W']}
   * @throws IllegalArgumentException if the name is taken or an input is not of this graph
   */
  public Value conv2d(String name, Value x, Conv2d conv) {
    return op(name, conv, x);
  }

  /**
   * Appends a convolution, in a node that gets a name.
   *
   * @param x {@code [N, inChannels, H, W]}
   * @param conv its hyper-parameters
   * @return {@code [N, outChannels, H', W']}
   * @throws IllegalArgumentException if an input is not of this graph
   */
  public Value conv2d(Value x, Conv2d conv) {
    return op(conv, x);
  }

  /**
   * Appends a fully connected layer with a bias.
   *
   * @param name the module's path in the {@code state_dict}
   * @param x {@code [N, inFeatures]}
   * @param inFeatures at least 1
   * @param outFeatures at least 1
   * @return {@code [N, outFeatures]}
   * @throws IllegalArgumentException if the name is taken or an input is not of this graph
   */
  public Value linear(String name, Value x, int inFeatures, int outFeatures) {
    return op(name, new Linear(inFeatures, outFeatures, true), x);
  }

  /**
   * Appends a fully connected layer with a bias, in a node that gets a name.
   *
   * @param x {@code [N, inFeatures]}
   * @param inFeatures at least 1
   * @param outFeatures at least 1
   * @return {@code [N, outFeatures]}
   * @throws IllegalArgumentException if an extent is less than 1 or an input is not of this graph
   */
  public Value linear(Value x, int inFeatures, int outFeatures) {
    return op(new Linear(inFeatures, outFeatures, true), x);
  }

  /**
   * Appends a batch normalisation with PyTorch's eps, 1e-5.
   *
   * @param name the module's path in the {@code state_dict}
   * @param x {@code [N, channels, H, W]}
   * @param channels at least 1
   * @return {@code [N, channels, H, W]}
   * @throws IllegalArgumentException if the name is taken or an input is not of this graph
   */
  public Value batchNorm(String name, Value x, int channels) {
    return op(name, BatchNorm.of(channels), x);
  }

  /**
   * Appends a batch normalisation with PyTorch's eps, 1e-5, in a node that gets a name.
   *
   * @param x {@code [N, channels, H, W]}
   * @param channels at least 1
   * @return {@code [N, channels, H, W]}
   * @throws IllegalArgumentException if an extent is less than 1 or an input is not of this graph
   */
  public Value batchNorm(Value x, int channels) {
    return op(BatchNorm.of(channels), x);
  }

  /**
   * Appends max(x, 0).
   *
   * @param name of the node, not taken yet
   * @param x of any shape
   * @return a value of the input's shape
   * @throws IllegalArgumentException if the name is taken or an input is not of this graph
   */
  public Value relu(String name, Value x) {
    return op(name, new Activation(Activation.Function.RELU), x);
  }

  /**
   * Appends max(x, 0), in a node that gets a name.
   *
   * @param x of any shape
   * @return a value of the input's shape
   * @throws IllegalArgumentException if an input is not of this graph
   */
  public Value relu(Value x) {
    return op(new Activation(Activation.Function.RELU), x);
  }

  /**
   * Appends min(max(x, 0), 6).
   *
   * @param name of the node, not taken yet
   * @param x of any shape
   * @return a value of the input's shape
   * @throws IllegalArgumentException if the name is taken or an input is not of this graph
   */
  public Value relu6(String name, Value x) {
    return op(name, new Activation(Activation.Function.RELU6), x);
  }

  /**
   * Appends min(max(x, 0), 6), in a node that gets a name.
   *
   * @param x of any shape
   * @return a value of the input's shape
   * @throws IllegalArgumentException if an input is not of this graph
   */
  public Value relu6(Value x) {
    return op(new Activation(Activation.Function.RELU6), x);
  }

  /**
   * Appends the sum of two values of the same shape.
   *
   * @param name of the node, not taken yet
   * @param a of any shape
   * @param b of the same shape
   * @return a value of that shape
   * @throws IllegalArgumentException if the name is taken or an input is not of this graph
   */
  public Value add(String name, Value a, Value b) {
    return op(name, new Add(), a, b);
  }

  /**
   * Appends the sum of two values of the same shape, in a node that gets a name.
   *
   * @param a of any shape
   * @param b of the same shape
   * @return a value of that shape
   * @throws IllegalArgumentException if an input is not of this graph
   */
  public Value add(Value a, Value b) {
    return op(new Add(), a, b);
  }

  /**
   * Appends the channels of several values, one after the other.
   *
   * @param name of the node, not taken yet
   * @param values {@code [N, any, H, W]}, at least one
   * @return {@code [N, sum, H, W]}
   * @throws IllegalArgumentException if the name is taken or an input is not of this graph
   */
  public Value concat(String name, Value... values) {
    return op(name, new Concat(), values);
  }

  /**
   * Appends the channels of several values, one after the other, in a node that gets a name.
   *
   * @param values {@code [N, any, H, W]}, at least one
   * @return {@code [N, sum, H, W]}
   * @throws IllegalArgumentException if an input is not of this graph
   */
  public Value concat(Value... values) {
    return op(new Concat(), values);
  }

  /**
   * Appends a max-pool with a square window; padding never wins.
   *
   * @param name of the node, not taken yet
   * @param x {@code [N, C, H, W]}
   * @param kernel the window's side in pixels, at least 1
   * @param stride pixels from one window to the next, at least 1
   * @param padding pixels on every side, from 0 to half the kernel
   * @return {@code [N, C, H', W']}
   * @throws IllegalArgumentException if the name is taken or an input is not of this graph
   */
  public Value maxPool2d(String name, Value x, int kernel, int stride, int padding) {
    return op(name, MaxPool2d.of(kernel, stride, padding), x);
  }

  /**
   * Appends a max-pool with a square window; padding never wins, in a node that gets a name.
   *
   * @param x {@code [N, C, H, W]}
   * @param kernel the window's side in pixels, at least 1
   * @param stride pixels from one window to the next, at least 1
   * @param padding pixels on every side, from 0 to half the kernel
   * @return {@code [N, C, H', W']}
   * @throws IllegalArgumentException if a number is out of range or an input is not of this graph
   */
  public Value maxPool2d(Value x, int kernel, int stride, int padding) {
    return op(MaxPool2d.of(kernel, stride, padding), x);
  }

  /**
   * Appends a mean under a square window; the zeros of the padding count.
   *
   * @param name of the node, not taken yet
   * @param x {@code [N, C, H, W]}
   * @param kernel the window's side in pixels, at least 1
   * @param stride pixels from one window to the next, at least 1
   * @param padding pixels on every side, from 0 to half the kernel
   * @return {@code [N, C, H', W']}
   * @throws IllegalArgumentException if the name is taken or an input is not of this graph
   */
  public Value avgPool2d(String name, Value x, int kernel, int stride, int padding) {
    return op(name, AvgPool2d.of(kernel, stride, padding), x);
  }

  /**
   * Appends a mean under a square window; the zeros of the padding count, in a node that gets a
   * name.
   *
   * @param x {@code [N, C, H, W]}
   * @param kernel the window's side in pixels, at least 1
   * @param stride pixels from one window to the next, at least 1
   * @param padding pixels on every side, from 0 to half the kernel
   * @return {@code [N, C, H', W']}
   * @throws IllegalArgumentException if a number is out of range or an input is not of this graph
   */
  public Value avgPool2d(Value x, int kernel, int stride, int padding) {
    return op(AvgPool2d.of(kernel, stride, padding), x);
  }

  /**
   * Appends the mean of each channel's plane.
   *
   * @param name of the node, not taken yet
   * @param x {@code [N, C, H, W]}
   * @return {@code [N, C, 1, 1]}
   * @throws IllegalArgumentException if the name is taken or an input is not of this graph
   */
  public Value globalAvgPool(String name, Value x) {
    return op(name, new GlobalAvgPool(), x);
  }

  /**
   * Appends the mean of each channel's plane, in a node that gets a name.
   *
   * @param x {@code [N, C, H, W]}
   * @return {@code [N, C, 1, 1]}
   * @throws IllegalArgumentException if an input is not of this graph
   */
  public Value globalAvgPool(Value x) {
    return op(new GlobalAvgPool(), x);
  }

  /**
   * Appends each image's values as one row: channels, then rows, then columns.
   *
   * @param name of the node, not taken yet
   * @param x {@code [N, C, H, W]}
   * @return {@code [N, C * H * W]}
   * @throws IllegalArgumentException if the name is taken or an input is not of this graph
   */
  public Value flatten(String name, Value x) {
    return op(name, new Flatten(), x);
  }

  /**
   * Appends each image's values as one row: channels, then rows, then columns, in a node that gets
   * a name.
   *
   * @param x {@code [N, C, H, W]}
   * @return {@code [N, C * H * W]}
   * @throws IllegalArgumentException if an input is not of this graph
   */
  public Value flatten(Value x) {
    return op(new Flatten(), x);
  }

  /**
   * Appends exp(x) over its sum along dimension 1.
   *
   * @param name of the node, not taken yet
   * @param x {@code [N, C]} or {@code [N, C, H, W]}
   * @return a value of the input's shape
   * @throws IllegalArgumentException if the name is taken or an input is not of this graph
   */
  public Value softmax(String name, Value x) {
    return op(name, new Softmax(), x);
  }

  /**
   * Appends exp(x) over its sum along dimension 1, in a node that gets a name.
   *
   * @param x {@code [N, C]} or {@code [N, C, H, W]}
   * @return a value of the input's shape
   * @throws IllegalArgumentException if an input is not of this graph
   */
  public Value softmax(Value x) {
    return op(new Softmax(), x);
  }

  /**
   * Appends the index of the largest value along dimension 1; the first of equals wins.
   *
   * @param name of the node, not taken yet
   * @param x {@code [N, C]} or {@code [N, C, H, W]}
   * @return {@code [N, 1]} or {@code [N, 1, H, W]}, integers as float32
   * @throws IllegalArgumentException if the name is taken or an input is not of this graph
   */
  public Value argMax(String name, Value x) {
    return op(name, new ArgMax(), x);
  }

  /**
   * Appends the index of the largest value along dimension 1; the first of equals wins, in a node
   * that gets a name.
   *
   * @param x {@code [N, C]} or {@code [N, C, H, W]}
   * @return {@code [N, 1]} or {@code [N, 1, H, W]}, integers as float32
   * @throws IllegalArgumentException if an input is not of this graph
   */
  public Value argMax(Value x) {
    return op(new ArgMax(), x);
  }

  /**
   * Appends bilinear resizing, {@code align_corners=False}, to the size of another value.
   *
   * @param name of the node, not taken yet
   * @param x {@code [N, C, H, W]}
   * @param like {@code [N, any, H', W']}, of which only the size is read
   * @return {@code [N, C, H', W']}
   * @throws IllegalArgumentException if the name is taken or an input is not of this graph
   */
  public Value upsampleLike(String name, Value x, Value like) {
    return op(name, new Upsample(Upsample.Mode.BILINEAR, new Upsample.Target.Like()), x, like);
  }

  /**
   * Appends bilinear resizing, {@code align_corners=False}, to the size of another value, in a node
   * that gets a name.
   *
   * @param x {@code [N, C, H, W]}
   * @param like {@code [N, any, H', W']}, of which only the size is read
   * @return {@code [N, C, H', W']}
   * @throws IllegalArgumentException if an input is not of this graph
   */
  public Value upsampleLike(Value x, Value like) {
    return op(new Upsample(Upsample.Mode.BILINEAR, new Upsample.Target.Like()), x, like);
  }

  /**
   * Gives a value a name that people use for it, such as {@code layer1}. A label may be the name of
   * the node itself.
   *
   * @param label the name
   * @param value of this graph
   * @throws IllegalArgumentException if the name stands for another value already
   */
  public void label(String label, Value value) {
    String taken = labels.putIfAbsent(label, value.name());
    if ((taken != null && !taken.equals(value.name()))
        || (names.contains(label) && !label.equals(value.name()))) {
      throw new IllegalArgumentException("the name '" + label + "' stands for another value");
    }
  }

  /**
   * Labels a value and makes it an output of the graph; again for the same does nothing.
   *
   * @param label the name
   * @param value of this graph
   * @throws IllegalArgumentException if the name stands for another value already
   */
  public void output(String label, Value value) {
    label(label, value);
    outputs.add(label);
  }

  /**
   * {@return the graph so far}
   *
   * @throws IllegalStateException if it has no output
   */
  public Graph build() {
    if (outputs.isEmpty()) {
      throw new IllegalStateException("the graph has no output");
    }
    return new Graph(inputs, nodes, labels, List.copyOf(outputs));
  }

  private Value define(String name) {
    if (!names.add(name) || labels.containsKey(name)) {
      throw new IllegalArgumentException("the name '" + name + "' is taken");
    }
    return new Value(name);
  }
}
