package dev.hydranet.converter.onnx.translate;

import dev.hydranet.engine.graph.ArgMax;
import dev.hydranet.engine.graph.Elementwise;
import dev.hydranet.engine.graph.Op;
import dev.hydranet.engine.graph.ShapeDependent;

/** Which kind of numbers an operator gives. */
final class Kinds {
  private Kinds() {}

  static Operand.Kind of(Op op, Operand... reads) {
    return switch (op) {
      case ShapeDependent.ShapeOf shape -> Operand.Kind.WHOLE;
      case ArgMax argMax -> Operand.Kind.WHOLE;
      case ShapeDependent.LargestOf largest ->
          largest.places() ? Operand.Kind.WHOLE : reads[0].kind();
      case ShapeDependent.Fill fill -> Operand.Kind.FLOAT;
      case Elementwise.Where where -> reads[1].kind();
      case Elementwise.Unary unary ->
          switch (unary.function()) {
            case NOT, IS_NOT_ZERO, IS_NAN, IS_INF -> Operand.Kind.TRUTH;
            case TRUNCATE -> Operand.Kind.WHOLE;
            case TO_FLOAT16, TO_BFLOAT16 -> Operand.Kind.FLOAT;
            default -> reads[0].kind();
          };
      case Elementwise.Binary binary ->
          switch (binary.function()) {
            case EQUAL, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL, AND, OR, XOR ->
                Operand.Kind.TRUTH;
            default -> reads[0].kind();
          };
      default -> reads.length == 0 ? Operand.Kind.FLOAT : reads[0].kind();
    };
  }
}
