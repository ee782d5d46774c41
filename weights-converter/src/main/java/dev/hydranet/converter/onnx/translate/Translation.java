package dev.hydranet.converter.onnx.translate;

import dev.hydranet.engine.graph.GraphBuilder;
import dev.hydranet.engine.graph.Op;
import dev.hydranet.engine.graph.Parameter;
import dev.hydranet.engine.graph.Rearrange;
import dev.hydranet.engine.graph.ShapeDependent;
import dev.hydranet.engine.graph.Value;
import dev.hydranet.engine.reference.ConstantFolding;
import dev.hydranet.engine.tensor.Shape;
import dev.hydranet.engine.tensor.Tensor;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The network under construction: the values known so far by their names in the model, the graph
 * that computes them, and its weights. Operators whose operands are all constant are computed at
 * once.
 */
final class Translation {
  private static final String WEIGHT = ".weight";

  /** What follows a value's name in those of the values on the way to it. */
  private static final String PART = ".part";

  private final GraphBuilder graph = new GraphBuilder();
  private final Map<String, Operand> operands = new HashMap<>();
  private final Map<String, Tensor> weights = new LinkedHashMap<>();
  private final Map<String, Integer> types = new HashMap<>();
  private final Set<String> modelNames;
  private final Set<String> taken = new HashSet<>();
  private final Map<String, Integer> numbers = new HashMap<>();
  private final ConstantFolding folding = new ConstantFolding();

  /**
   * An empty network.
   *
   * @param modelNames of all values of the model: a node gets one of these only for its own value
   */
  Translation(Set<String> modelNames) {
    this.modelNames = modelNames;
  }

  /** Defines a tensor of the model. These tensors bound what is computed in advance. */
  void initializer(String name, Operand operand) {
    folding.allow(operand.constant().data().length);
    define(name, operand);
  }

  GraphBuilder graph() {
    return graph;
  }

  Map<String, Tensor> weights() {
    return weights;
  }

  void input(String name, Operand.Kind kind, List<Integer> extents) {
    taken.add(name);
    operands.put(name, new Operand(graph.input(name), null, name, kind, extents));
  }

  /** Notes the element type, one of ONNX's numbers, that the model declares for a value. */
  void declare(String name, int type) {
    types.put(name, type);
  }

  /** The element type that the model declares for a value; 0 if it declares none. */
  int declaredType(String name) {
    return types.getOrDefault(name, 0);
  }

  /** Makes a value known under a name of the model. */
  void define(String name, Operand operand) {
    operands.put(name, operand);
  }

  /** The value of a name, or null if there is none. */
  Operand operand(String name) {
    return operands.get(name);
  }

  /** Makes an operator's result known as an output of an ONNX node. */
  void output(OnnxNode node, Op op, Operand... reads) {
    output(node, 0, op, reads);
  }

  /** The same for another output than the first. */
  void output(OnnxNode node, int output, Op op, Operand... reads) {
    String name = node.output(output);
    define(name, emit(name, op, List.of(), reads));
  }

  /** The result of an operator, under the name of an ONNX node's output. */
  Operand result(OnnxNode node, Op op, Operand... reads) {
    return emit(node.output(0), op, List.of(), reads);
  }

  /** The result of an operator that stands for a part of an ONNX node. */
  Operand part(OnnxNode node, Op op, Operand... reads) {
    return emit(fresh(node.output(0) + PART), op, List.of(), reads);
  }

  /**
   * An operator with parameters, known as an output of an ONNX node. Its node is named after the
   * module that the weight's name tells, so that names stay those of the {@code state_dict}.
   */
  void output(OnnxNode node, Op op, String weightName, List<Tensor> parameters, Operand... reads) {
    String name = node.output(0);
    define(name, withParameters(name, op, weightName, parameters, reads));
  }

  /** The same for a part of an ONNX node. */
  Operand withParameters(
      OnnxNode node, Op op, String weightName, List<Tensor> parameters, Operand... reads) {
    return withParameters(fresh(node.output(0) + PART), op, weightName, parameters, reads);
  }

  private Operand withParameters(
      String otherwise, Op op, String weightName, List<Tensor> parameters, Operand... reads) {
    String name = otherwise;
    if (weightName.endsWith(WEIGHT)) {
      String module = weightName.substring(0, weightName.length() - WEIGHT.length());
      if (!module.isEmpty() && !taken.contains(module) && !modelNames.contains(module)) {
        name = module;
      }
    }
    return emit(name, op, parameters, reads);
  }

  private Operand emit(String name, Op op, List<Tensor> parameters, Operand... reads) {
    Operand.Kind kind = Kinds.of(op, reads);
    Tensor folded = folded(op, parameters, reads);
    if (folded != null) {
      return Operand.constant(folded, name, kind);
    }
    Value[] values = Arrays.stream(reads).map(this::value).toArray(Value[]::new);
    String free = taken.contains(name) ? fresh(name) : name;
    taken.add(free);
    List<Parameter> declared = op.parameters();
    for (int i = 0; i < declared.size(); i++) {
      keep(free + "." + declared.get(i).name(), parameters.get(i));
    }
    return Operand.computed(graph.op(free, op, values), name, kind);
  }

  /** The result of an operator on constants, or null. */
  private Tensor folded(Op op, List<Tensor> parameters, Operand... reads) {
    for (Operand read : reads) {
      if (!read.isConstant()) {
        return null;
      }
    }
    if (reads.length == 0) {
      return op instanceof Rearrange.Constant ? parameters.get(0) : null;
    }
    List<Tensor> inputs = Arrays.stream(reads).map(Operand::constant).toList();
    Shape data = inputs.get(0).shape();
    return switch (op) {
      case ShapeDependent.ShapeOf shapeOf -> shapeOf.of(data);
      case ShapeDependent.Range range -> {
        Tensor numbered =
            range.of(inputs.get(0).data()[0], inputs.get(1).data()[0], inputs.get(2).data()[0]);
        folding.keep("a range", numbered.data().length);
        yield numbered;
      }
      case ShapeDependent.Fill fill -> {
        Shape shape = Shape.of(ints(inputs.get(0)));
        folding.keep("a constant", shape.elementCount());
        Tensor filled = Tensor.zeros(shape);
        Arrays.fill(filled.data(), fill.value());
        yield filled;
      }
      case ShapeDependent dependent ->
          folding.value(
              dependent.resolveKnown(data, inputs.subList(1, inputs.size())),
              inputs.subList(0, 1),
              List.of());
      default -> folding.value(op, inputs, parameters);
    };
  }

  private static int[] ints(Tensor tensor) {
    int[] ints = new int[tensor.data().length];
    for (int i = 0; i < ints.length; i++) {
      ints[i] = (int) tensor.data()[i];
    }
    return ints;
  }

  /** The graph's value of an operand; a constant gets a node when it is first read. */
  Value value(Operand operand) {
    if (operand.value() != null) {
      return operand.value();
    }
    Operand known = operands.get(operand.name());
    if (known != null && known.constant() == operand.constant() && known.value() != null) {
      return known.value();
    }
    String name = fresh(operand.name());
    taken.add(name);
    Value value = graph.op(name, new Rearrange.Constant(operand.constant().shape()));
    keep(name + ".value", operand.constant());
    operands.put(
        operand.name(), new Operand(value, operand.constant(), operand.name(), operand.kind()));
    return value;
  }

  private String fresh(String name) {
    String candidate = name;
    while (taken.contains(candidate)) {
      candidate = name + "." + numbers.merge(name, 2, (number, first) -> number + 1);
    }
    return candidate;
  }

  /** Counts a tensor that operators share once for each operator. */
  private void keep(String name, Tensor tensor) {
    folding.keep("a tensor", tensor.data().length);
    weights.put(name, tensor);
  }
}
