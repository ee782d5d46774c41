package dev.hydranet.benchmarks.peers;

import com.google.flatbuffers.FlatBufferBuilder;
import dev.hydranet.benchmarks.peers.TfLiteModel.Operator;
import dev.hydranet.engine.graph.Activation;
import dev.hydranet.engine.graph.Add;
import dev.hydranet.engine.graph.BatchNorm;
import dev.hydranet.engine.graph.Conv2d;
import dev.hydranet.engine.graph.Graph;
import dev.hydranet.engine.graph.MaxPool2d;
import dev.hydranet.engine.graph.Node;
import dev.hydranet.engine.graph.Size;
import dev.hydranet.engine.graph.Upsample;
import dev.hydranet.engine.tensor.Shape;
import dev.hydranet.engine.tensor.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes a HydraNet as a TensorFlow Lite model, the way TensorFlow's converter would: channels
 * last, batch normalisation folded into convolutions, ReLU6 into what is before it.
 */
final class TfLiteExport {
  private static final byte SAME = 0;
  private static final byte VALID = 1;
  private static final byte NO_ACTIVATION = 0;
  private static final byte RELU6 = 3;

  private final Graph graph;
  private final Map<String, Tensor> weights;
  private final Map<String, Shape> shapes;
  private final TfLiteModel model = new TfLiteModel();
  private final Map<String, Integer> values = new HashMap<>();

  private TfLiteExport(Graph graph, Map<String, Tensor> weights, Map<String, Shape> inputs) {
    this.graph = graph;
    this.weights = weights;
    this.shapes = graph.shapes(inputs);
  }

  /**
   * Writes a model for inputs of the given shapes.
   *
   * @throws IllegalArgumentException if the graph has an operator that HydraNets do not have
   */
  static void write(Path file, Graph graph, Map<String, Tensor> weights, Map<String, Shape> inputs)
      throws IOException {
    ByteBuffer bytes = new TfLiteExport(graph, weights, inputs).translate();
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    }
  }

  private ByteBuffer translate() {
    for (String input : graph.inputs()) {
      values.put(input, tensor(input));
    }
    for (Node node : graph.nodes()) {
      if (!values.containsKey(node.name())) {
        translate(node);
      }
    }
    return model.finish(indices(graph.inputs()), indices(graph.outputs()));
  }

  private int[] indices(List<String> names) {
    return names.stream().mapToInt(name -> values.get(graph.resolve(name))).toArray();
  }

  private void translate(Node node) {
    switch (node.op()) {
      case Conv2d conv -> convolution(node, conv);
      case Add add -> {
        byte activation = activationBehind(node);
        int out = output(node, activation);
        model.operator(Operator.ADD, b -> activationOption(b, activation), out, inputs(node));
      }
      case MaxPool2d pool -> {
        check(node, isSame(pool.kernel(), pool.stride(), pool.padding()));
        int out = output(node, NO_ACTIVATION);
        model.operator(Operator.MAX_POOL_2D, b -> poolOptions(b, pool.kernel()), out, inputs(node));
      }
      case Upsample upsample -> {
        check(node, upsample.mode() == Upsample.Mode.BILINEAR);
        Shape to = shapes.get(node.name());
        int size = model.constant(node.name() + ".size", new int[] {to.height(), to.width()}, 2);
        int out = output(node, NO_ACTIVATION);
        model.operator(
            Operator.RESIZE_BILINEAR, TfLiteExport::halfPixelCentres, out, inputs(node)[0], size);
      }
      case Activation activation -> {
        check(node, activation.function() == Activation.Function.RELU6);
        int out = output(node, NO_ACTIVATION);
        model.operator(Operator.RELU6, b -> 0, out, inputs(node));
      }
      default -> check(node, false);
    }
  }

  private static void check(Node node, boolean supported) {
    if (!supported) {
      throw new IllegalArgumentException("no HydraNet has " + node.name() + ": " + node.op());
    }
  }

  private void convolution(Node node, Conv2d conv) {
    check(node, conv.groups() == 1 || conv.isDepthwise());
    float[] filters = weights.get(node.name() + ".weight").data().clone();
    float[] bias =
        conv.bias()
            ? weights.get(node.name() + ".bias").data().clone()
            : new float[conv.outChannels()];
    Node last = node;
    Optional<Node> norm = onlyReader(node).filter(next -> next.op() instanceof BatchNorm);
    if (norm.isPresent()) {
      last = norm.get();
      fold(last, filters, bias);
    }
    byte activation = activationBehind(last);
    boolean same = isSame(conv.kernel(), conv.stride(), conv.padding());
    int in = same ? inputs(node)[0] : padded(node, conv.padding());
    int height = conv.kernel().height();
    int width = conv.kernel().width();
    int bias1 = model.constant(node.name() + ".bias", bias, conv.outChannels());
    int out = output(last, activation);
    values.put(node.name(), out);
    byte padding = same ? SAME : VALID;
    if (conv.groups() == 1) {
      float[] packed = channelsLast(filters, conv.outChannels(), conv.inChannels(), height * width);
      int[] shape = {conv.outChannels(), height, width, conv.inChannels()};
      int filter = model.constant(node.name() + ".weight", packed, shape);
      model.operator(
          Operator.CONV_2D,
          b -> convolutionOptions(b, conv.stride(), padding, activation),
          out,
          in,
          filter,
          bias1);
    } else {
      float[] packed = channelsLast(filters, 1, conv.outChannels(), height * width);
      int[] shape = {1, height, width, conv.outChannels()};
      int filter = model.constant(node.name() + ".weight", packed, shape);
      model.operator(
          Operator.DEPTHWISE_CONV_2D,
          b -> depthwiseOptions(b, conv.stride(), padding, activation),
          out,
          in,
          filter,
          bias1);
    }
  }

  private void fold(Node norm, float[] filters, float[] bias) {
    float[] weight = weights.get(norm.name() + ".weight").data();
    float[] offset = weights.get(norm.name() + ".bias").data();
    float[] mean = weights.get(norm.name() + ".running_mean").data();
    float[] variance = weights.get(norm.name() + ".running_var").data();
    int terms = filters.length / bias.length;
    for (int o = 0; o < bias.length; o++) {
      double factor = weight[o] / Math.sqrt(variance[o] + ((BatchNorm) norm.op()).eps());
      bias[o] = (float) ((bias[o] - mean[o]) * factor + offset[o]);
      for (int i = o * terms; i < (o + 1) * terms; i++) {
        filters[i] = (float) (filters[i] * factor);
      }
    }
  }

  /** From {@code [outer][channels][taps]} to {@code [outer][taps][channels]}. */
  private static float[] channelsLast(float[] filters, int outer, int channels, int taps) {
    float[] packed = new float[filters.length];
    for (int o = 0; o < outer; o++) {
      for (int c = 0; c < channels; c++) {
        for (int tap = 0; tap < taps; tap++) {
          packed[(o * taps + tap) * channels + c] = filters[(o * channels + c) * taps + tap];
        }
      }
    }
    return packed;
  }

  /** Whether TensorFlow pads alike: with a stride, it would pad the far sides first. */
  private static boolean isSame(Size kernel, Size stride, Size padding) {
    return stride.equals(Size.square(1))
        && padding.equals(new Size(kernel.height() / 2, kernel.width() / 2));
  }

  private int padded(Node node, Size padding) {
    int in = inputs(node)[0];
    if (padding.equals(Size.square(0))) {
      return in;
    }
    Shape shape = shapes.get(node.inputs().get(0));
    int h = padding.height();
    int w = padding.width();
    int out =
        model.tensor(
            node.name() + ".padded",
            shape.batch(),
            shape.height() + 2 * h,
            shape.width() + 2 * w,
            shape.channels());
    int amounts =
        model.constant(node.name() + ".padding", new int[] {0, 0, h, h, w, w, 0, 0}, 4, 2);
    model.operator(Operator.PAD, TfLiteExport::emptyOptions, out, in, amounts);
    return out;
  }

  /** The one node that reads a value that is no output. */
  private Optional<Node> onlyReader(Node node) {
    List<Node> readers =
        graph.nodes().stream().filter(next -> next.inputs().contains(node.name())).toList();
    boolean output =
        graph.outputs().stream().anyMatch(name -> graph.resolve(name).equals(node.name()));
    return readers.size() == 1 && !output ? Optional.of(readers.get(0)) : Optional.empty();
  }

  private Optional<Node> relu6Behind(Node node) {
    return onlyReader(node)
        .filter(
            next ->
                next.op() instanceof Activation activation
                    && activation.function() == Activation.Function.RELU6);
  }

  private byte activationBehind(Node node) {
    return relu6Behind(node).isPresent() ? RELU6 : NO_ACTIVATION;
  }

  /** The tensor of a node and, with an activation, of the one that is folded into it. */
  private int output(Node node, byte activation) {
    int tensor = tensor(node.name());
    values.put(node.name(), tensor);
    if (activation != NO_ACTIVATION) {
      values.put(relu6Behind(node).orElseThrow().name(), tensor);
    }
    return tensor;
  }

  private int tensor(String name) {
    Shape shape = shapes.get(name);
    return model.tensor(name, shape.batch(), shape.height(), shape.width(), shape.channels());
  }

  private int[] inputs(Node node) {
    return node.inputs().stream().mapToInt(values::get).toArray();
  }

  private static int emptyOptions(FlatBufferBuilder b) {
    b.startTable(0);
    return b.endTable();
  }

  private static int activationOption(FlatBufferBuilder b, byte activation) {
    b.startTable(1);
    b.addByte(0, activation, NO_ACTIVATION);
    return b.endTable();
  }

  private static int convolutionOptions(
      FlatBufferBuilder b, Size stride, byte padding, byte activation) {
    b.startTable(6);
    b.addByte(0, padding, SAME);
    b.addInt(1, stride.width(), 0);
    b.addInt(2, stride.height(), 0);
    b.addByte(3, activation, NO_ACTIVATION);
    return b.endTable();
  }

  private static int depthwiseOptions(
      FlatBufferBuilder b, Size stride, byte padding, byte activation) {
    b.startTable(7);
    b.addByte(0, padding, SAME);
    b.addInt(1, stride.width(), 0);
    b.addInt(2, stride.height(), 0);
    b.addInt(3, 1, 0); // output channels for each input channel
    b.addByte(4, activation, NO_ACTIVATION);
    return b.endTable();
  }

  private static int poolOptions(FlatBufferBuilder b, Size kernel) {
    b.startTable(6);
    b.addByte(0, SAME, SAME);
    b.addInt(1, 1, 0);
    b.addInt(2, 1, 0);
    b.addInt(3, kernel.width(), 0);
    b.addInt(4, kernel.height(), 0);
    return b.endTable();
  }

  private static int halfPixelCentres(FlatBufferBuilder b) {
    b.startTable(4);
    b.addBoolean(3, true, false);
    return b.endTable();
  }
}
