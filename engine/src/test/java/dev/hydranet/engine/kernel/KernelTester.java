package dev.hydranet.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hydranet.engine.graph.Activation;
import dev.hydranet.engine.graph.Add;
import dev.hydranet.engine.graph.Graph;
import dev.hydranet.engine.graph.GraphBuilder;
import dev.hydranet.engine.graph.Value;
import dev.hydranet.engine.reference.ReferenceExecutor;
import dev.hydranet.engine.tensor.Shape;
import dev.hydranet.engine.tensor.Tensor;
import dev.hydranet.engine.testing.SeededTensors;
import dev.hydranet.engine.verify.Difference;
import dev.hydranet.engine.verify.Tolerance;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.BiFunction;

/**
 * Runs one kernel on one size and compares it with the reference: with an offset and gaps, with or
 * without residual, clamp and values that are no numbers; parts backwards; NaN in scratch memory.
 */
final class KernelTester {
  /** Rounding of one operator is amplified by those behind it. */
  private static final double AMPLIFICATION = 4;

  private static final float[] SPECIAL = {
    Float.NaN,
    Float.intBitsToFloat(0xFFC00000),
    Float.POSITIVE_INFINITY,
    Float.NEGATIVE_INFINITY,
    -0f,
    Float.MIN_VALUE
  };

  private final Operators operators;
  private final Map<String, Shape> inputs = new LinkedHashMap<>();
  private boolean residual;
  private Clamp clamp = Clamp.NONE;
  private boolean special;
  private int gap;
  private float factor = 4;

  /** The operators that a kernel of two inputs stands for. */
  interface Operators {
    Value append(GraphBuilder g, Value input, Value other);
  }

  /** Makes the kernel for places in memory. */
  interface Binding {
    /**
     * Makes it.
     *
     * @param in the inputs' places in their order
     * @param residual null where there is none
     */
    Kernel bind(Weights weights, List<Nhwc> in, Nhwc residual, Clamp clamp, Nhwc out);
  }

  /** Parameters by name. */
  interface Weights {
    float[] get(String name);
  }

  private KernelTester(Operators operators) {
    this.operators = operators;
  }

  /**
   * For the operators that the kernel stands for.
   *
   * @param operators append them to the input
   */
  static KernelTester of(
      int batch,
      int channels,
      int height,
      int width,
      BiFunction<GraphBuilder, Value, Value> operators) {
    KernelTester tester = new KernelTester((g, input, none) -> operators.apply(g, input));
    tester.inputs.put("input", Shape.of(batch, channels, height, width));
    return tester;
  }

  /** For operators on two inputs. */
  static KernelTester of(Shape input, Shape other, Operators operators) {
    KernelTester tester = new KernelTester(operators);
    tester.inputs.put("input", input);
    tester.inputs.put("other", other);
    return tester;
  }

  /** A residual that is added before the clamp. */
  KernelTester residual(boolean yes) {
    residual = yes;
    return this;
  }

  /** The clamp behind it all: none, ReLU or ReLU6. */
  KernelTester clamp(Clamp behind) {
    clamp = behind;
    return this;
  }

  /** NaN of both signs, infinities and zeros here and there among the inputs. */
  KernelTester special(boolean yes) {
    special = yes;
    return this;
  }

  /** Vectors of room between pixels. */
  KernelTester gap(int vectors) {
    gap = vectors;
    return this;
  }

  /** How large numbers are. */
  KernelTester scale(float largest) {
    factor = largest;
    return this;
  }

  void test(Binding binding) {
    GraphBuilder builder = new GraphBuilder();
    Value input = builder.input("input");
    Value other = inputs.containsKey("other") ? builder.input("other") : null;
    Value result = operators.append(builder, input, other);
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    inputs.forEach((name, shape) -> tensors.put(name, values(name, shape)));
    builder.output("plain", result);
    Shape out = outputShape(builder.build(), result, tensors);
    if (residual) {
      tensors.put("residual", values("residual", out));
      result = builder.op("sum", new Add(), result, builder.input("residual"));
    }
    if (clamp != Clamp.NONE) {
      Activation.Function function =
          clamp == Clamp.RELU ? Activation.Function.RELU : Activation.Function.RELU6;
      result = builder.op("clamp", new Activation(function), result);
    }
    builder.output("out", result);
    Graph graph = builder.build();
    Map<String, Tensor> weights = SeededTensors.parameters(graph, 1);
    Tensor expected = ReferenceExecutor.run(graph, weights, tensors, List.of("out")).get("out");

    Image residualImage = residual ? Image.of(tensors.get("residual"), gap) : null;
    List<Nhwc> places =
        inputs.keySet().stream().map(name -> Image.of(tensors.get(name), gap).place()).toList();
    Image actual = Image.empty(out, gap);
    run(
        binding.bind(
            name -> weights.get(name).data(),
            places,
            residual ? residualImage.place() : null,
            clamp,
            actual.place()));
    actual.assertNothingElseIsWritten();
    Map<String, Shape> shapes = new LinkedHashMap<>();
    tensors.forEach((name, tensor) -> shapes.put(name, tensor.shape()));
    double tolerance = Tolerance.of(graph, shapes, List.of("out")).get("out");
    double scale = Math.max(largest(expected), residual ? 1 : 0);
    assertThat(Difference.between(actual.tensor(), expected).maxAbsolute())
        .as("%s, residual %s, %s, special %s, gap %d", shapes, residual, clamp, special, gap)
        .isLessThanOrEqualTo(AMPLIFICATION * tolerance * scale);
  }

  private static void run(Kernel kernel) {
    float[] scratch = new float[Math.toIntExact(kernel.scratchFloats())];
    for (int part = kernel.parts() - 1; part >= 0; part--) {
      Arrays.fill(scratch, Float.NaN);
      kernel.run(part, scratch);
    }
  }

  private Tensor values(String name, Shape shape) {
    Tensor tensor = SeededTensors.uniform(name, shape, 1);
    SplittableRandom places = new SplittableRandom(name.hashCode());
    for (int i = 0; i < tensor.data().length; i++) {
      // By default on both sides of what ReLU6 keeps.
      tensor.data()[i] *= factor;
      if (special && places.nextInt(60) == 0) {
        tensor.data()[i] = SPECIAL[places.nextInt(SPECIAL.length)];
      }
    }
    return tensor;
  }

  private static Shape outputShape(Graph graph, Value value, Map<String, Tensor> tensors) {
    Map<String, Shape> shapes = new LinkedHashMap<>();
    tensors.forEach((name, tensor) -> shapes.put(name, tensor.shape()));
    return graph.shapes(shapes).get(value.name());
  }

  private static double largest(Tensor tensor) {
    double largest = 0;
    for (float x : tensor.data()) {
      largest = Float.isFinite(x) ? Math.max(largest, Math.abs(x)) : largest;
    }
    return largest;
  }
}
