package dev.hydranet.converter.onnx.translate;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import dev.hydranet.engine.graph.Size;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One node of an ONNX graph: its operator, attributes, operands and the names of its outputs. */
final class OnnxNode {
  private final NodeProto proto;
  private final int opset;
  private final List<Operand> operands;
  private final Map<String, AttributeProto> attributes = new HashMap<>();

  /**
   * A node whose operands are known.
   *
   * @param operands in order; null for an optional one that is left out
   */
  OnnxNode(NodeProto proto, int opset, List<Operand> operands) {
    this.proto = proto;
    this.opset = opset;
    this.operands = operands;
    for (AttributeProto attribute : proto.getAttributeList()) {
      if (attribute.hasG() || attribute.getGraphsCount() > 0) {
        throw unsupported("a graph in attribute '" + attribute.getName() + "'");
      }
      attributes.put(attribute.getName(), attribute);
    }
  }

  String operator() {
    return proto.getOpType();
  }

  /** Version of the operators that the model was made for. */
  int opset() {
    return opset;
  }

  /** The node in messages: its operator and name, or else its output's name. */
  static String description(NodeProto proto) {
    return proto.getOpType() + " '" + name(proto) + "'";
  }

  /** The node's name, or else its output's. */
  static String name(NodeProto proto) {
    boolean nameless = proto.getName().isEmpty() && proto.getOutputCount() > 0;
    return nameless ? proto.getOutput(0) : proto.getName();
  }

  UnsupportedModelException unsupported(String what) {
    return new UnsupportedModelException(what);
  }

  int inputs() {
    return operands.size();
  }

  boolean has(int input) {
    return input < operands.size() && operands.get(input) != null;
  }

  Operand input(int index) {
    if (!has(index)) {
      throw new IllegalArgumentException(
          "expected an input number " + (index + 1) + ", found " + operands.size());
    }
    return operands.get(index);
  }

  /** The input's name in the model, which an operand that is passed on does not have. */
  String inputName(int index) {
    return proto.getInput(index);
  }

  List<Operand> allInputs() {
    for (int i = 0; i < operands.size(); i++) {
      input(i);
    }
    return operands;
  }

  /** The whole numbers of a constant input, or of an attribute that older opsets have instead. */
  Optional<long[]> numbers(int input, String attribute) {
    if (has(input)) {
      if (!input(input).isConstant()) {
        throw unsupported("input '" + input(input).name() + "' is not constant");
      }
      float[] data = input(input).constant().data();
      long[] numbers = new long[data.length];
      for (int i = 0; i < data.length; i++) {
        numbers[i] = (long) data[i];
      }
      return Optional.of(numbers);
    }
    return attributes.containsKey(attribute)
        ? Optional.of(longs(attribute, new long[0]))
        : Optional.empty();
  }

  /** The number in a constant input, or in an attribute that older opsets have instead. */
  float number(int input, String attribute, float otherwise) {
    if (!has(input)) {
      return floating(attribute, otherwise);
    }
    if (!input(input).isConstant() || input(input).constant().data().length != 1) {
      throw unsupported("input '" + input(input).name() + "' is not a constant number");
    }
    return input(input).constant().data()[0];
  }

  String output(int index) {
    return proto.getOutput(index);
  }

  /** Outputs with a name: those that somebody may read. */
  int outputs() {
    return proto.getOutputCount();
  }

  boolean hasOutput(int index) {
    return index < proto.getOutputCount() && !proto.getOutput(index).isEmpty();
  }

  boolean hasAttribute(String name) {
    return attributes.containsKey(name);
  }

  int integer(String name, int otherwise) {
    AttributeProto attribute = attribute(name, AttributeType.INT);
    if (attribute != null && attribute.getI() != (int) attribute.getI()) {
      throw new IllegalArgumentException(
          "attribute '" + name + "': impossible number " + attribute.getI());
    }
    return attribute == null ? otherwise : (int) attribute.getI();
  }

  boolean flag(String name, boolean otherwise) {
    return integer(name, otherwise ? 1 : 0) != 0;
  }

  float floating(String name, float otherwise) {
    AttributeProto attribute = attribute(name, AttributeType.FLOAT);
    return attribute == null ? otherwise : attribute.getF();
  }

  String text(String name, String otherwise) {
    AttributeProto attribute = attribute(name, AttributeType.STRING);
    return attribute == null ? otherwise : attribute.getS().toStringUtf8();
  }

  long[] longs(String name, long... otherwise) {
    AttributeProto attribute = attribute(name, AttributeType.INTS);
    return attribute == null
        ? otherwise
        : attribute.getIntsList().stream().mapToLong(Long::longValue).toArray();
  }

  List<Float> floats(String name) {
    AttributeProto attribute = attribute(name, AttributeType.FLOATS);
    return attribute == null ? List.of() : attribute.getFloatsList();
  }

  Optional<TensorProto> tensor(String name) {
    AttributeProto attribute = attribute(name, AttributeType.TENSOR);
    return attribute == null ? Optional.empty() : Optional.of(attribute.getT());
  }

  /** An attribute, or null. The oldest models do not declare its type. */
  private AttributeProto attribute(String name, AttributeType type) {
    AttributeProto attribute = attributes.get(name);
    if (attribute != null
        && attribute.getType() != type
        && attribute.getType() != AttributeType.UNDEFINED) {
      throw new IllegalArgumentException(
          "attribute '" + name + "': expected " + type + ", found " + attribute.getType());
    }
    return attribute;
  }

  /** Two extents; of one, as one-dimensional operators have it, it is the width. */
  static Size size(long[] extents, int height) {
    return switch (extents.length) {
      case 1 -> new Size(height, Math.toIntExact(extents[0]));
      case 2 -> new Size(Math.toIntExact(extents[0]), Math.toIntExact(extents[1]));
      default ->
          throw new UnsupportedModelException(
              extents.length + " spatial axes: only 1-D and 2-D are supported");
    };
  }
}
