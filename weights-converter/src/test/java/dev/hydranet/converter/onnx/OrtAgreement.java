package dev.hydranet.converter.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtException;
import dev.hydranet.engine.graph.Graph;
import dev.hydranet.engine.plan.Plan;
import dev.hydranet.engine.plan.Planner;
import dev.hydranet.engine.plan.Session;
import dev.hydranet.engine.plan.Threads;
import dev.hydranet.engine.reference.ReferenceExecutor;
import dev.hydranet.engine.tensor.Shape;
import dev.hydranet.engine.tensor.Tensor;
import dev.hydranet.engine.verify.Difference;
import dev.hydranet.engine.verify.Tolerance;
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
      assertThat(Difference.between(ort.get(output), expected.get(output)).maxRelative())
          .as("%s of ONNX Runtime against the reference%n%s", output, subject)
          .isLessThanOrEqualTo(tolerances.get(output));
      assertThat(Difference.between(planned.get(output), expected.get(output)).maxRelative())
          .as("%s of the plan against the reference%n%s", output, subject)
          .isLessThanOrEqualTo(tolerances.get(output));
      assertThat(Arrays.equals(threaded.get(output).data(), planned.get(output).data()))
          .as("%s of the plan is the same on two threads as on one%n%s", output, subject)
          .isTrue();
    }
  }
}
