package dev.hydranet.engine.verify;

import dev.hydranet.engine.graph.Activation;
import dev.hydranet.engine.graph.Add;
import dev.hydranet.engine.graph.ArgMax;
import dev.hydranet.engine.graph.AvgPool2d;
import dev.hydranet.engine.graph.BatchNorm;
import dev.hydranet.engine.graph.Concat;
import dev.hydranet.engine.graph.Conv2d;
import dev.hydranet.engine.graph.Flatten;
import dev.hydranet.engine.graph.GlobalAvgPool;
import dev.hydranet.engine.graph.Graph;
import dev.hydranet.engine.graph.GraphBuilder;
import dev.hydranet.engine.graph.Linear;
import dev.hydranet.engine.graph.MaxPool2d;
import dev.hydranet.engine.graph.Op;
import dev.hydranet.engine.graph.Size;
import dev.hydranet.engine.graph.Softmax;
import dev.hydranet.engine.graph.Upsample;
import dev.hydranet.engine.graph.Value;
import dev.hydranet.engine.tensor.Shape;
import dev.hydranet.engine.tensor.Tensor;
import dev.hydranet.engine.testing.SeededTensors;
import dev.hydranet.engine.weights.Safetensors;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * One operator with its input, and the output that PyTorch computes; made by {@code
 * proof/validation/operators.py}.
 *
 * @param name of the case, of its only node and of its only output
 * @param description everything about it in one line
 */
record OperatorCase(
    String name,
    String description,
    Graph graph,
    Map<String, Tensor> weights,
    Map<String, Tensor> inputs,
    Tensor expected) {
  private static final long SEED = 0;
  private static final float[] SPECIAL = {
    Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, -0f, 1e-40f
  };

  /** Every case of the golden file. */
  static List<OperatorCase> readAll() throws IOException, URISyntaxException {
    Safetensors file =
        Safetensors.read(
            Path.of(OperatorCase.class.getResource("/golden/operators.safetensors").toURI()));
    List<OperatorCase> cases = new ArrayList<>();
    file.metadata().forEach((name, line) -> cases.add(of(name, line, file.tensors().get(name))));
    return cases;
  }

  private static OperatorCase of(String name, String line, Tensor expected) {
    Map<String, String> words = words(line);
    GraphBuilder builder = new GraphBuilder();
    List<Value> operands = new ArrayList<>();
    Map<String, Tensor> inputs = new LinkedHashMap<>();
    for (String shape : words.get("inputs").split(",")) {
      String input = name + ".input" + inputs.size();
      operands.add(builder.input(input));
      inputs.put(input, fill(words.get("values"), input, shape(shape)));
    }
    builder.output(name, builder.op(name, op(words), operands.toArray(Value[]::new)));
    Graph graph = builder.build();
    Map<String, Tensor> weights = SeededTensors.parameters(graph, SEED);
    if (words.containsKey("stats")) {
      change(words.get("stats"), name, weights);
    }
    return new OperatorCase(name, line, graph, weights, inputs, expected);
  }

  private static Op op(Map<String, String> w) {
    return switch (w.get("kind")) {
      case "Conv2d" ->
          new Conv2d(
              Integer.parseInt(w.get("in")),
              Integer.parseInt(w.get("out")),
              size(w.get("kernel")),
              size(w.get("stride")),
              size(w.get("padding")),
              size(w.get("dilation")),
              Integer.parseInt(w.get("groups")),
              Boolean.parseBoolean(w.get("bias")));
      case "BatchNorm" ->
          new BatchNorm(Integer.parseInt(w.get("channels")), Double.parseDouble(w.get("eps")));
      case "ReLU" -> new Activation(Activation.Function.RELU);
      case "ReLU6" -> new Activation(Activation.Function.RELU6);
      case "Add" -> new Add();
      case "Concat" -> new Concat();
      case "MaxPool2d" ->
          new MaxPool2d(size(w.get("kernel")), size(w.get("stride")), size(w.get("padding")));
      case "AvgPool2d" ->
          new AvgPool2d(
              size(w.get("kernel")),
              size(w.get("stride")),
              size(w.get("padding")),
              Boolean.parseBoolean(w.get("count_include_pad")));
      case "GlobalAvgPool" -> new GlobalAvgPool();
      case "Upsample" ->
          new Upsample(
              Upsample.Mode.valueOf(w.get("mode").toUpperCase(Locale.ROOT)),
              switch (w.get("target")) {
                case "to" -> new Upsample.Target.To(size(w.get("size")));
                case "by" -> new Upsample.Target.By(size(w.get("size")));
                case "like" -> new Upsample.Target.Like();
                default -> throw new IllegalArgumentException(w.toString());
              });
      case "Softmax" -> new Softmax();
      case "ArgMax" -> new ArgMax();
      case "Flatten" -> new Flatten();
      case "Linear" ->
          new Linear(
              Integer.parseInt(w.get("in")),
              Integer.parseInt(w.get("out")),
              Boolean.parseBoolean(w.get("bias")));
      default -> throw new IllegalArgumentException(w.toString());
    };
  }

  /** An input: uniform, wide, with ties or with special values, as in Python's {@code fill}. */
  private static Tensor fill(String values, String name, Shape shape) {
    Tensor tensor = SeededTensors.uniform(name, shape, SEED);
    float[] x = tensor.data();
    for (int i = 0; i < x.length; i++) {
      x[i] =
          switch (values) {
            case "uniform" -> x[i];
            case "wide" -> x[i] * 8;
            case "ties" -> (float) Math.floor(x[i] * 4);
            case "special" -> i % 7 == 3 ? SPECIAL[i / 7 % SPECIAL.length] : x[i] * 8;
            default -> throw new IllegalArgumentException(values);
          };
    }
    return tensor;
  }

  /** Unusual running statistics and scales, as in Python's {@code batch_norm}. */
  private static void change(String stats, String name, Map<String, Tensor> weights) {
    float[] weight = weights.get(name + ".weight").data();
    float[] mean = weights.get(name + ".running_mean").data();
    float[] variance = weights.get(name + ".running_var").data();
    for (int c = 0; c < weight.length; c++) {
      switch (stats) {
        case "usual" -> {}
        case "constant" -> variance[c] = 0;
        case "wide" -> variance[c] *= 0x1p60f;
        case "far" -> mean[c] += 0x1p14f;
        case "negative" -> weight[c] = -weight[c];
        case "dead" -> weight[c] = 0;
        default -> throw new IllegalArgumentException(stats);
      }
    }
  }

  private static Map<String, String> words(String line) {
    Map<String, String> words = new HashMap<>();
    for (String word : line.split(" ")) {
      int equals = word.indexOf('=');
      words.put(word.substring(0, equals), word.substring(equals + 1));
    }
    return words;
  }

  private static Shape shape(String text) {
    return Shape.of(extents(text));
  }

  private static Size size(String text) {
    int[] extents = extents(text);
    return new Size(extents[0], extents[1]);
  }

  private static int[] extents(String text) {
    return List.of(text.split("x")).stream().mapToInt(Integer::parseInt).toArray();
  }

  /** What a failing test prints. */
  @Override
  public String toString() {
    return name + ": " + description;
  }
}
