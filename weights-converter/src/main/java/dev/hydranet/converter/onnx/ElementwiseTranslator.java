package dev.hydranet.converter.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import dev.hydranet.engine.graph.Elementwise;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes functions of single elements. Truth values are tensors of booleans in ONNX and of float32
 * here, so that they are converted on both sides.
 */
final class ElementwiseTranslator {
  private final GraphWriter out;
  private final String output;

  ElementwiseTranslator(GraphWriter out, String output) {
    this.out = out;
    this.output = output;
  }

  void translate(Elementwise op, List<String> operands) {
    switch (op) {
      case Elementwise.Unary unary -> unary(unary, operands);
      case Elementwise.Binary binary -> binary(binary, operands);
      case Elementwise.Where where -> {
        List<String> inputs = new ArrayList<>(operands);
        inputs.set(0, truth("condition", operands.get(0)));
        out.node("Where", output, inputs);
      }
    }
  }

  private void unary(Elementwise.Unary op, List<String> operands) {
    AttributeProto alpha = Attribute.of("alpha", op.alpha());
    AttributeProto beta = Attribute.of("beta", op.beta());
    String x = operands.get(0);
    switch (op.function()) {
      case CLIP ->
          out.node(
              "Clip",
              output,
              List.of(x, out.scalar(name("min"), op.alpha()), out.scalar(name("max"), op.beta())));
      case LEAKY_RELU, ELU, CELU, THRESHOLDED_RELU -> out.node(op.kind(), output, operands, alpha);
      case SELU -> out.node("Selu", output, operands, alpha, Attribute.of("gamma", op.beta()));
      case HARD_SIGMOID -> out.node("HardSigmoid", output, operands, alpha, beta);
      case SWISH -> {
        String scaled =
            op.alpha() == 1
                ? x
                : out.node(
                    "Mul", name("scaled"), List.of(x, out.scalar(name("alpha"), op.alpha())));
        String gate = out.node("Sigmoid", name("gate"), List.of(scaled));
        out.node("Mul", output, List.of(x, gate));
      }
      case MISH -> {
        String plus = out.node("Softplus", name("softplus"), operands);
        String gate = out.node("Tanh", name("gate"), List.of(plus));
        out.node("Mul", output, List.of(x, gate));
      }
      case GELU -> gelu(x, out.node("Erf", name("erf"), List.of(times(x, "erf", 0.70710678f))));
      case GELU_TANH -> geluTanh(x);
      case TRUNCATE ->
          toFloat(
              out.node(
                  "Cast",
                  name("whole"),
                  operands,
                  Attribute.of("to", TensorProto.DataType.INT64_VALUE)));
      case NOT -> toFloat(out.node("Not", name("not"), List.of(truth("truth", x))));
      case IS_NOT_ZERO -> toFloat(truth("truth", x));
      case IS_INF ->
          toFloat(
              out.node(
                  "IsInf",
                  name("infinite"),
                  operands,
                  Attribute.of("detect_positive", op.alpha() != 0 ? 1 : 0),
                  Attribute.of("detect_negative", op.beta() != 0 ? 1 : 0)));
      case TO_FLOAT16 -> rounded(x, TensorProto.DataType.FLOAT16_VALUE);
      case TO_BFLOAT16 -> rounded(x, TensorProto.DataType.BFLOAT16_VALUE);
      case IS_NAN -> toFloat(out.node("IsNaN", name("nan"), operands));
      default -> out.node(op.kind(), output, operands);
    }
  }

  private void rounded(String x, int type) {
    toFloat(out.node("Cast", name("rounded"), List.of(x), Attribute.of("to", type)));
  }

  private void geluTanh(String x) {
    String square = out.node("Mul", name("square"), List.of(x, x));
    String cubic = out.node("Mul", name("cube"), List.of(times(square, "cubic", 0.044715f), x));
    String inner = out.node("Add", name("inner"), List.of(x, cubic));
    gelu(x, out.node("Tanh", name("tanh"), List.of(times(inner, "tanh", 0.7978845608f))));
  }

  /** x / 2 * (1 + gate). */
  private void gelu(String x, String gate) {
    String sum = out.node("Add", name("sum"), List.of(gate, out.scalar(name("one"), 1f)));
    String product = out.node("Mul", name("product"), List.of(x, sum));
    out.node("Mul", output, List.of(product, out.scalar(name("half"), 0.5f)));
  }

  private String times(String x, String what, float factor) {
    return out.node(
        "Mul", name(what + "Scaled"), List.of(x, out.scalar(name(what + "Factor"), factor)));
  }

  private void binary(Elementwise.Binary op, List<String> operands) {
    switch (op.function()) {
      case WHOLE_DIV -> {
        String quotient = out.node("Div", name("quotient"), operands);
        toFloat(
            out.node(
                "Cast",
                name("whole"),
                List.of(quotient),
                Attribute.of("to", TensorProto.DataType.INT64_VALUE)));
      }
      case MOD -> mod(operands);
      case FMOD -> out.node("Mod", output, operands, Attribute.of("fmod", 1));
      case PRELU -> out.node("PRelu", output, operands);
      case EQUAL, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL ->
          toFloat(out.node(op.kind(), name("truth"), operands));
      case AND, OR, XOR ->
          toFloat(
              out.node(
                  op.kind(),
                  name("truth"),
                  List.of(truth("a", operands.get(0)), truth("b", operands.get(1)))));
      default -> out.node(op.kind(), output, operands);
    }
  }

  /** a - floor(a / b) * b: ONNX has this remainder for whole numbers only. */
  private void mod(List<String> operands) {
    String quotient = out.node("Div", name("quotient"), operands);
    String whole = out.node("Floor", name("floor"), List.of(quotient));
    String product = out.node("Mul", name("product"), List.of(whole, operands.get(1)));
    out.node("Sub", output, List.of(operands.get(0), product));
  }

  private String truth(String what, String x) {
    return out.node(
        "Cast",
        name(what + "Bool"),
        List.of(x),
        Attribute.of("to", TensorProto.DataType.BOOL_VALUE));
  }

  private void toFloat(String x) {
    out.node("Cast", output, List.of(x), Attribute.of("to", TensorProto.DataType.FLOAT_VALUE));
  }

  private String name(String part) {
    return output + "/" + part;
  }
}
