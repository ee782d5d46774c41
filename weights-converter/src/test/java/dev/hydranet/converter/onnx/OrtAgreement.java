package dev.hydranet.converter.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtException;
import dev.hydranet.engine.Threads;
import dev.hydranet.engine.graph.Activation;
import dev.hydranet.engine.graph.Add;
import dev.hydranet.engine.graph.BatchNorm;
import dev.hydranet.engine.graph.Conv2d;
import dev.hydranet.engine.graph.Elementwise;
import dev.hydranet.engine.graph.Graph;
import dev.hydranet.engine.graph.MaxPool2d;
import dev.hydranet.engine.graph.Node;
import dev.hydranet.engine.plan.Plan;
import dev.hydranet.engine.plan.Planner;
import dev.hydranet.engine.plan.Session;
import dev.hydranet.engine.reference.ReferenceExecutor;
import dev.hydranet.engine.tensor.Shape;
import dev.hydranet.engine.tensor.Tensor;
import dev.hydranet.engine.verify.Difference;
import dev.hydranet.engine.verify.Tolerance;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Asserts that three ways to run a graph agree: ONNX Runtime on the exported model, the plan, and
 * the reference, which the other two are held against. The plan on two threads gives the bits that
 * it gives on one.
 */
final class OrtAgreement {
  /** Above the steepest slope of x times a gate: 1.5 for hard swish. */
  private static final double GATED = 1.5;

  private OrtAgreement() {}

  /**
   * Runs the model's outputs all three ways.
   *
   * @param subject what is run, for the message of a failure
   */
  static void check(
      String subject,
      Graph graph,
      Map<String, Tensor> weights,
      OrtModel model,
      Map<String, Tensor> inputs)
      throws OrtException {
    Map<String, Shape> shapes = new LinkedHashMap<>();
    inputs.forEach((name, tensor) -> shapes.put(name, tensor.shape()));
    Map<String, Tensor> ort = model.run(inputs);
    List<String> outputs = List.copyOf(ort.keySet());
    Map<String, Tensor> values = ReferenceExecutor.run(graph, weights, inputs, everyName(graph));
    Map<String, Tensor> expected = ReferenceExecutor.run(graph, weights, inputs, outputs);
    Map<String, Double> tolerances = Tolerance.of(graph, shapes, outputs);

    Plan plan = Planner.plan(graph, weights, outputs);
    Session one = plan.newSession(shapes, Threads.of(1));
    Map<String, Tensor> planned = one.newOutputs();
    one.run(inputs, planned);
    Session two = plan.newSession(shapes, Threads.of(2));
    Map<String, Tensor> threaded = two.newOutputs();
    two.run(inputs, threaded);

    for (String output : outputs) {
      double allowed =
          tolerances.get(output) * magnitude(graph, weights, graph.resolve(output), values);
      assertThat(Difference.between(ort.get(output), expected.get(output)).maxAbsolute())
          .as("%s of ONNX Runtime against the reference%n%s", output, subject)
          .isLessThanOrEqualTo(allowed);
      assertThat(Difference.between(planned.get(output), expected.get(output)).maxAbsolute())
          .as("%s of the plan against the reference%n%s", output, subject)
          .isLessThanOrEqualTo(allowed);
      assertThat(Arrays.equals(threaded.get(output).data(), planned.get(output).data()))
          .as("%s of the plan is the same on two threads as on one%n%s", output, subject)
          .isTrue();
    }
  }

  private static List<String> everyName(Graph graph) {
    List<String> names = new ArrayList<>(graph.inputs());
    graph.nodes().forEach(node -> names.add(node.name()));
    return names;
  }

  /**
   * The largest finite magnitude of a value and of those that it was made of by operators that hand
   * an absolute error on: what these lost to rounding is still in it when most of their magnitude
   * is gone. The error of f(x) is that of x times the largest slope of f; where the operator has no
   * such bound, or rounds relative to what it gives, only the value's own magnitude counts.
   */
  private static double magnitude(
      Graph graph, Map<String, Tensor> weights, String name, Map<String, Tensor> values) {
    double largest = largest(values.get(name));
    for (Node node : graph.nodes()) {
      double factor =
          switch (node.op()) {
            case Activation activation -> 1;
            case Add add -> 1;
            case Elementwise function -> slope(function);
            case MaxPool2d pool -> 1;
            case BatchNorm norm -> largestFactor(node, norm, weights);
            case Conv2d conv ->
                conv.isDepthwise() && conv.terms() == 1 ? largestWeight(node, weights) : 0;
            default -> 0;
          };
      if (factor > 0 && node.name().equals(name)) {
        for (String input : node.inputs()) {
          largest = Math.max(largest, factor * magnitude(graph, weights, input, values));
        }
      }
    }
    return largest;
  }

  /**
   * The largest slope of a function of one number, or of two in each of them; 0 if there is none
   * that holds everywhere. Functions that are x times a gate between 0 and 1 round relative to x.
   */
  private static double slope(Elementwise op) {
    return switch (op) {
      case Elementwise.Unary unary ->
          switch (unary.function()) {
            case CLIP, ABS, NEG, THRESHOLDED_RELU -> 1;
            case LEAKY_RELU -> Math.max(1, Math.abs(unary.alpha()));
            case HARD_SIGMOID -> Math.abs(unary.alpha());
            case HARD_SWISH, SWISH, MISH, GELU, GELU_TANH -> GATED;
            default -> 0;
          };
      case Elementwise.Binary binary ->
          switch (binary.function()) {
            // A remainder is computed as a less a multiple of b, which may be about a.
            case ADD, SUB, MIN, MAX, MOD, FMOD -> 1;
            default -> 0;
          };
      case Elementwise.Where where -> 1;
    };
  }

  private static double largest(Tensor tensor) {
    double largest = 0;
    for (float x : tensor.data()) {
      largest = Float.isFinite(x) ? Math.max(largest, Math.abs(x)) : largest;
    }
    return largest;
  }

  private static double largestFactor(Node node, BatchNorm norm, Map<String, Tensor> weights) {
    float[] weight = weights.get(node.name() + ".weight").data();
    float[] variance = weights.get(node.name() + ".running_var").data();
    double largest = 0;
    for (int c = 0; c < norm.channels(); c++) {
      largest = Math.max(largest, Math.abs(weight[c]) / Math.sqrt(variance[c] + norm.eps()));
    }
    return largest;
  }

  /** A convolution of one term scales, as batch normalisation does. */
  private static double largestWeight(Node node, Map<String, Tensor> weights) {
    return largest(weights.get(node.name() + ".weight"));
  }
}
