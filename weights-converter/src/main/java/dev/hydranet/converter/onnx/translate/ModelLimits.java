package dev.hydranet.converter.onnx.translate;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto.Dimension;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import dev.hydranet.engine.text.Names;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Checks a model independently of its operators: names must be unique, and each tensor must hold
 * the right numbers. No count may exceed its limit.
 */
public final class ModelLimits {
  private static final int MOST_NODES = 1 << 15;
  private static final int MOST_TENSORS = 1 << 16;
  private static final int MOST_VALUES = 1 << 17;
  private static final int MOST_OPERANDS = 1 << 10;

  private final Set<String> names = new HashSet<>();
  private final Set<String> initializers = new HashSet<>();

  private ModelLimits() {}

  /**
   * Checks a model.
   *
   * @param model the parsed model
   * @throws IllegalArgumentException if it breaks one of the rules; the message names the node,
   *     value or tensor
   */
  public static void check(ModelProto model) {
    checkVersions(model);
    new ModelLimits().check(model.getGraph());
  }

  /** Refuses two versions for one domain, because readers could choose either. */
  private static void checkVersions(ModelProto model) {
    Map<String, Long> versions = new HashMap<>();
    for (OperatorSetIdProto opset : model.getOpsetImportList()) {
      String domain = opset.getDomain().equals("ai.onnx") ? "" : opset.getDomain();
      Long other = versions.putIfAbsent(domain, opset.getVersion());
      if (other != null && other != opset.getVersion()) {
        throw new IllegalArgumentException(
            "expected one version for each domain, found "
                + other
                + " and "
                + opset.getVersion()
                + " for '"
                + domain
                + "'");
      }
      if (opset.getVersion() > Integer.MAX_VALUE) {
        throw new IllegalArgumentException(
            "expected a version of operators, found " + opset.getVersion());
      }
    }
  }

  private void check(GraphProto graph) {
    most("nodes", graph.getNodeCount(), MOST_NODES);
    most("initializers", graph.getInitializerCount(), MOST_TENSORS);
    most("outputs", graph.getOutputCount(), MOST_OPERANDS);
    for (TensorProto tensor : graph.getInitializerList()) {
      define("tensor", tensor.getName());
      initializers.add(tensor.getName());
      String what = "tensor '" + tensor.getName() + "'";
      check(what, tensor);
      checkType(what, tensor.getDataType());
    }
    Set<String> inputs = new HashSet<>();
    for (ValueInfoProto input : graph.getInputList()) {
      // Until version 4 of the format, initializers are inputs, too.
      if (!inputs.add(input.getName()) || !initializers.contains(input.getName())) {
        define("input", input.getName());
      }
      String what = "input '" + input.getName() + "'";
      if (!input.getType().hasTensorType()) {
        throw new IllegalArgumentException(what + ": not supported: anything but a tensor");
      }
      checkType(what, input.getType().getTensorType().getElemType());
      for (Dimension dim : input.getType().getTensorType().getShape().getDimList()) {
        if (dim.getDimValue() > Integer.MAX_VALUE) {
          throw new IllegalArgumentException(what + ": impossible extent " + dim.getDimValue());
        }
      }
    }
    for (NodeProto node : graph.getNodeList()) {
      check(node);
    }
    most("values", names.size(), MOST_VALUES);
    if (graph.getOutputCount() == 0) {
      throw new IllegalArgumentException("expected an output, found none");
    }
    inputs.removeAll(initializers);
    most("inputs", inputs.size(), MOST_OPERANDS);
    Set<String> outputs = new HashSet<>();
    for (ValueInfoProto output : graph.getOutputList()) {
      if (!outputs.add(output.getName())) {
        throw new IllegalArgumentException("output '" + output.getName() + "' is there twice");
      }
    }
  }

  private void check(NodeProto node) {
    String name = OnnxNode.description(node);
    most(name + ": inputs", node.getInputCount(), MOST_OPERANDS);
    most(name + ": outputs", node.getOutputCount(), MOST_OPERANDS);
    if (node.getOutputCount() == 0) {
      throw new IllegalArgumentException(name + ": expected an output, found none");
    }
    for (String output : node.getOutputList()) {
      if (!output.isEmpty()) {
        define(name + ": output", output);
      }
    }
    Set<String> attributes = new HashSet<>();
    for (AttributeProto attribute : node.getAttributeList()) {
      String what = name + ": attribute '" + attribute.getName() + "'";
      if (!attributes.add(attribute.getName())) {
        throw new IllegalArgumentException(what + " is there twice");
      }
      if (!attribute.getRefAttrName().isEmpty()) {
        throw new IllegalArgumentException(what + " refers to a function's, outside of one");
      }
      if (!node.getOpType().equals("Constant")) {
        most(what + ": numbers", attribute.getIntsCount(), MOST_OPERANDS);
        most(what + ": numbers", attribute.getFloatsCount(), MOST_OPERANDS);
      }
      if (attribute.hasT()) {
        check(what, attribute.getT());
      }
    }
  }

  /** A tensor's numbers must be in one place only. */
  private static void check(String what, TensorProto tensor) {
    if (tensor.hasSegment()) {
      throw new IllegalArgumentException(what + ": not supported: a segment of a tensor");
    }
    int places =
        count(tensor.hasRawData() && !tensor.getRawData().isEmpty())
            + count(tensor.getFloatDataCount() > 0)
            + count(tensor.getInt32DataCount() > 0)
            + count(tensor.getInt64DataCount() > 0)
            + count(tensor.getDoubleDataCount() > 0)
            + count(tensor.getUint64DataCount() > 0)
            + count(tensor.getStringDataCount() > 0)
            + count(tensor.getDataLocation() == TensorProto.DataLocation.EXTERNAL);
    if (places > 1) {
      throw new IllegalArgumentException(
          what + ": expected its numbers in one place, found them in " + places);
    }
  }

  private static void checkType(String what, int type) {
    try {
      Tensors.kind(type);
    } catch (UnsupportedModelException e) {
      throw new IllegalArgumentException(what + ": not supported: " + e.getMessage(), e);
    }
  }

  private static int count(boolean present) {
    return present ? 1 : 0;
  }

  private void define(String what, String name) {
    Names.check(name);
    if (!names.add(name)) {
      throw new IllegalArgumentException(what + " '" + name + "' is there twice");
    }
  }

  private static void most(String what, int count, int most) {
    if (count > most) {
      throw new IllegalArgumentException(what + ": expected at most " + most + ", found " + count);
    }
  }
}
