package dev.hydranet.converter.onnx;

import dev.hydranet.engine.graph.Normalize;
import java.util.Arrays;
import java.util.List;

/** Writes normalisations by own statistics. */
final class NormalizeTranslator {
  private final GraphWriter out;
  private final String output;

  NormalizeTranslator(GraphWriter out, String output) {
    this.out = out;
    this.output = output;
  }

  void translate(Normalize op, List<String> operands) {
    switch (op) {
      case Normalize.Group group -> group(group, operands);
      case Normalize.Layer layer ->
          out.node(
              "LayerNormalization",
              output,
              operands,
              Attribute.of("axis", -layer.dims().size()),
              Attribute.of("epsilon", (float) layer.eps()));
      case Normalize.LocalResponse response ->
          out.node(
              "LRN",
              output,
              operands,
              Attribute.of("size", response.size()),
              Attribute.of("alpha", response.alpha()),
              Attribute.of("beta", response.beta()),
              Attribute.of("bias", response.bias()));
    }
  }

  /**
   * Groups are instances of {@code [N, groups, ...]}: this opset has no operator for them. Weight
   * and bias of the channels follow.
   */
  private void group(Normalize.Group op, List<String> operands) {
    var epsilon = Attribute.of("epsilon", (float) op.eps());
    if (op.groups() == op.channels()) {
      out.node("InstanceNormalization", output, operands, epsilon);
      return;
    }
    String x = operands.get(0);
    float[] ones = new float[op.groups()];
    Arrays.fill(ones, 1);
    String grouped =
        out.node(
            "Reshape",
            output + "/groups",
            List.of(x, out.vector(output + "/grouped", 0, op.groups(), -1)));
    String normal =
        out.node(
            "InstanceNormalization",
            output + "/normal",
            List.of(
                grouped,
                out.vector(output + "/ones", ones),
                out.vector(output + "/zeros", new float[op.groups()])),
            epsilon);
    String shape = out.node("Shape", output + "/shape", List.of(x));
    String back = out.node("Reshape", output + "/back", List.of(normal, shape));
    String column = out.vector(output + "/column", 1, op.channels(), 1, 1);
    String weight = out.node("Reshape", output + "/weight", List.of(operands.get(1), column));
    String bias = out.node("Reshape", output + "/bias", List.of(operands.get(2), column));
    String scaled = out.node("Mul", output + "/scaled", List.of(back, weight));
    out.node("Add", output, List.of(scaled, bias));
  }
}
