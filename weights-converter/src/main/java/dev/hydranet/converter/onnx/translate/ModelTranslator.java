package dev.hydranet.converter.onnx.translate;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import dev.hydranet.engine.graph.Graph;
import dev.hydranet.engine.network.Network;
import dev.hydranet.engine.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** An ONNX model as a network of the engine. */
public final class ModelTranslator {
  private static final int OLDEST_OPSET = 7;
  private static final int MOST_NODES = 1 << 16;
  private static final int FEW_PROBLEMS = 10;

  private ModelTranslator() {}

  /** Gives the numbers of tensors. */
  public interface TensorSource {
    /**
     * {@return the numbers of a tensor}
     *
     * @param proto the tensor in the model
     * @throws IllegalArgumentException if they are not those of its shape
     */
    Tensor read(TensorProto proto);
  }

  /**
   * {@return the operators of ONNX that are supported, by name, and what is not supported of each}
   */
  public static Map<String, String> operators() {
    return Operators.limits();
  }

  /**
   * {@return the network}
   *
   * @param model the parsed model
   * @param tensors reads its initializers
   * @throws IllegalArgumentException if something in it is not supported or not valid ONNX; the
   *     message lists every such node
   */
  public static Network translate(ModelProto model, TensorSource tensors) {
    int opset = opset(model);
    GraphProto graph = model.getGraph();
    if (graph.getNodeCount() > MOST_NODES) {
      throw new IllegalArgumentException(graph.getNodeCount() + " nodes, more than " + MOST_NODES);
    }
    Translation network = new Translation(names(graph));
    Set<String> initialized = new HashSet<>();
    for (TensorProto tensor : graph.getInitializerList()) {
      initialized.add(tensor.getName());
      network.declare(tensor.getName(), tensor.getDataType());
      Operand.Kind kind = kind("tensor", tensor.getName(), tensor.getDataType());
      network.initializer(
          tensor.getName(), Operand.constant(tensors.read(tensor), tensor.getName(), kind));
    }
    if (graph.getSparseInitializerCount() > 0) {
      throw new IllegalArgumentException("sparse initializers are not supported");
    }
    Map<String, List<Integer>> inputs = new LinkedHashMap<>();
    for (ValueInfoProto input : graph.getInputList()) {
      if (!initialized.contains(input.getName())) {
        if (!input.getType().hasTensorType()) {
          throw new IllegalArgumentException(
              "input '" + input.getName() + "' is no tensor, which is not supported");
        }
        TypeProto.Tensor type = input.getType().getTensorType();
        Operand.Kind kind = kind("input", input.getName(), type.getElemType());
        List<Integer> extents = extents(type);
        network.declare(input.getName(), type.getElemType());
        network.input(input.getName(), kind, type.hasShape() ? extents : null);
        inputs.put(input.getName(), extents);
      }
    }
    translateAll(graph, opset, network);
    return finished(graph, network, inputs);
  }

  private static Operand.Kind kind(String what, String name, int type) {
    try {
      return Tensors.kind(type);
    } catch (UnsupportedModelException e) {
      throw new IllegalArgumentException(
          what + " '" + name + "': not supported: " + e.getMessage(), e);
    }
  }

  /**
   * Translates all nodes, except unsupported ones and those that depend on them. One message then
   * reports all unsupported nodes.
   */
  private static void translateAll(GraphProto graph, int opset, Translation network) {
    List<String> problems = new ArrayList<>(unknownOperators(graph));
    Set<String> missing = new HashSet<>();
    for (NodeProto node : graph.getNodeList()) {
      boolean able = isKnown(node) && node.getInputList().stream().noneMatch(missing::contains);
      if (able) {
        try {
          translate(node, opset, network);
          continue;
        } catch (UnsupportedModelException e) {
          problems.add(OnnxNode.description(node) + ": " + e.getMessage());
        }
      }
      missing.addAll(node.getOutputList());
    }
    if (!problems.isEmpty()) {
      int more = problems.size() - FEW_PROBLEMS;
      throw new IllegalArgumentException(
          "not supported: "
              + String.join("; ", problems.subList(0, Math.min(problems.size(), FEW_PROBLEMS)))
              + (more > 0 ? "; and " + more + " more" : ""));
    }
  }

  private static int opset(ModelProto model) {
    for (OperatorSetIdProto opset : model.getOpsetImportList()) {
      if (opset.getDomain().isEmpty() || opset.getDomain().equals("ai.onnx")) {
        if (opset.getVersion() < OLDEST_OPSET) {
          throw new IllegalArgumentException(
              "expected opset " + OLDEST_OPSET + " or later, found " + opset.getVersion());
        }
        return Math.toIntExact(opset.getVersion());
      }
    }
    throw new IllegalArgumentException("the model names no version of ONNX's operators");
  }

  private static boolean isStandard(NodeProto node) {
    return node.getDomain().isEmpty() || node.getDomain().equals("ai.onnx");
  }

  private static boolean isKnown(NodeProto node) {
    return isStandard(node) && Operators.find(node.getOpType()).isPresent();
  }

  /** All operators that are not supported, each with its first node. */
  private static List<String> unknownOperators(GraphProto graph) {
    Map<String, List<String>> unknown = new TreeMap<>();
    for (NodeProto node : graph.getNodeList()) {
      if (!isKnown(node)) {
        String operator =
            isStandard(node) ? node.getOpType() : node.getDomain() + "." + node.getOpType();
        unknown.computeIfAbsent(operator, o -> new ArrayList<>()).add(OnnxNode.name(node));
      }
    }
    List<String> lines = new ArrayList<>();
    unknown.forEach(
        (operator, nodes) ->
            lines.add(
                "operator "
                    + operator
                    + Operators.reason(operator)
                    + (nodes.size() > 1 ? " (" + nodes.size() + " nodes, first '" : " (node '")
                    + nodes.get(0)
                    + "')"));
    return lines;
  }

  private static Set<String> names(GraphProto graph) {
    Set<String> names = new HashSet<>();
    graph.getInputList().forEach(input -> names.add(input.getName()));
    graph.getInitializerList().forEach(tensor -> names.add(tensor.getName()));
    graph.getNodeList().forEach(node -> names.addAll(node.getOutputList()));
    return names;
  }

  private static List<Integer> extents(TypeProto.Tensor type) {
    List<Integer> extents = new ArrayList<>();
    for (TensorShapeProto.Dimension dim : type.getShape().getDimList()) {
      boolean fixed = dim.hasDimValue() && dim.getDimValue() > 0;
      extents.add(fixed ? Math.toIntExact(dim.getDimValue()) : -1);
    }
    return extents;
  }

  private static void translate(NodeProto proto, int opset, Translation network) {
    List<Operand> operands = new ArrayList<>();
    for (String name : proto.getInputList()) {
      Operand operand = name.isEmpty() ? null : network.operand(name);
      if (operand == null && !name.isEmpty()) {
        throw new IllegalArgumentException(
            OnnxNode.description(proto) + ": there is no value '" + name + "' before it");
      }
      operands.add(operand);
    }
    try {
      Operators.find(proto.getOpType())
          .orElseThrow()
          .translate(new OnnxNode(proto, opset, operands), network);
    } catch (UnsupportedModelException e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(OnnxNode.description(proto) + ": " + e.getMessage(), e);
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException(
          OnnxNode.description(proto) + ": a number is out of range", e);
    } catch (IndexOutOfBoundsException e) {
      throw new IllegalArgumentException(
          OnnxNode.description(proto) + ": its inputs do not fit each other", e);
    }
  }

  private static Network finished(
      GraphProto graph, Translation network, Map<String, List<Integer>> inputs) {
    for (ValueInfoProto output : graph.getOutputList()) {
      Operand operand = network.operand(output.getName());
      if (operand == null) {
        throw new IllegalArgumentException("no node computes output '" + output.getName() + "'");
      }
      network.graph().output(output.getName(), network.value(operand));
    }
    for (NodeProto node : graph.getNodeList()) {
      for (String name : node.getOutputList()) {
        Operand operand = name.isEmpty() ? null : network.operand(name);
        if (operand != null && !operand.isConstant()) {
          network.graph().label(name, operand.value());
        }
      }
    }
    Graph built = network.graph().build();
    return Network.of(built, network.weights(), inputs);
  }
}
