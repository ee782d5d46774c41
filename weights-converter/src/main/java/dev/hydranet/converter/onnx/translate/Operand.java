package dev.hydranet.converter.onnx.translate;

import dev.hydranet.engine.graph.Value;
import dev.hydranet.engine.tensor.Tensor;
import java.util.Arrays;
import java.util.List;

/**
 * A value of an ONNX graph: one that the network computes, or a constant.
 *
 * @param value of the graph being built; null for a constant that no operator has read yet
 * @param constant the tensor, or null if it is computed
 * @param name of the value in the model
 * @param kind of its numbers
 * @param extents that the model declares for its input, -1 for an open one; null if it declares
 *     none
 */
record Operand(Value value, Tensor constant, String name, Kind kind, List<Integer> extents) {
  Operand(Value value, Tensor constant, String name, Kind kind) {
    this(value, constant, name, kind, null);
  }

  /** Kinds of numbers. All are stored as float32; how they are divided and rounded differs. */
  enum Kind {
    /** Numbers with fractions. */
    FLOAT,
    /** Whole numbers. */
    WHOLE,
    /** 1 and 0. */
    TRUTH
  }

  static Operand computed(Value value, String name, Kind kind) {
    return new Operand(value, null, name, kind);
  }

  static Operand constant(Tensor tensor, String name, Kind kind) {
    return new Operand(null, tensor, name, kind);
  }

  /** The known extents, -1 for each unknown one; null if the rank is unknown. */
  List<Integer> knownExtents() {
    return constant == null ? extents : Arrays.stream(constant.shape().toArray()).boxed().toList();
  }

  boolean isConstant() {
    return constant != null;
  }
}
