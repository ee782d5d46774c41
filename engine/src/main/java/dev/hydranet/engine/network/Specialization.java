package dev.hydranet.engine.network;

import dev.hydranet.engine.graph.Graph;
import dev.hydranet.engine.graph.GraphBuilder;
import dev.hydranet.engine.graph.Node;
import dev.hydranet.engine.graph.Op;
import dev.hydranet.engine.graph.Parameter;
import dev.hydranet.engine.graph.Rearrange;
import dev.hydranet.engine.graph.ShapeDependent;
import dev.hydranet.engine.graph.Value;
import dev.hydranet.engine.reference.ConstantFolding;
import dev.hydranet.engine.simplify.Simplification;
import dev.hydranet.engine.tensor.Shape;
import dev.hydranet.engine.tensor.Tensor;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A network for inputs of given shapes: what only depends on shapes and constants is computed
 * beforehand, and {@linkplain ShapeDependent operators that depend on them} become those that
 * compute.
 *
 * @param graph without {@link ShapeDependent} operators
 * @param weights of this graph
 */
record Specialization(Graph graph, Map<String, Tensor> weights) {
  /**
   * Specialises.
   *
   * @param wanted labels or names of nodes; nothing that they do not need is left
   * @throws IllegalArgumentException if an operator does not take its inputs' shapes; the message
   *     names the node
   */
  static Specialization of(
      Graph graph,
      Map<String, Tensor> weights,
      Map<String, Shape> inputs,
      Collection<String> wanted) {
    return new Pass(graph, weights, inputs).run(wanted);
  }

  /** One walk over the graph. */
  private static final class Pass {
    private final Graph graph;
    private final Map<String, Tensor> weights;
    private final Map<String, Shape> shapes = new HashMap<>();
    private final Map<String, Tensor> known = new HashMap<>();
    private final Map<String, Node> nodes = new LinkedHashMap<>();
    private final Map<String, Tensor> parameters;
    private final Map<String, Tensor> kept = new LinkedHashMap<>();
    private final ConstantFolding folding = new ConstantFolding();

    Pass(Graph graph, Map<String, Tensor> weights, Map<String, Shape> inputs) {
      this.graph = graph;
      this.weights = weights;
      this.parameters = new HashMap<>(weights);
      weights.values().forEach(tensor -> folding.allow(tensor.data().length));
      for (String input : graph.inputs()) {
        Shape shape = inputs.get(input);
        if (shape == null) {
          throw new IllegalArgumentException("no shape for input '" + input + "'");
        }
        shapes.put(input, shape);
      }
    }

    Specialization run(Collection<String> wanted) {
      for (Node node : graph.nodes()) {
        try {
          specialize(node);
        } catch (IllegalArgumentException e) {
          throw failed(node, e.getMessage(), e);
        } catch (ArithmeticException e) {
          throw failed(node, "a number is out of range", e);
        } catch (IndexOutOfBoundsException e) {
          throw failed(node, "its inputs do not fit each other", e);
        }
      }
      Simplification.apply(nodes, shapes, known, parameters);
      return rebuilt(wanted);
    }

    private static IllegalArgumentException failed(Node node, String why, Exception cause) {
      return new IllegalArgumentException(
          node.name() + " (" + node.op().kind() + "): " + why, cause);
    }

    private void specialize(Node node) {
      Op op = node.op();
      List<String> reads = node.inputs();
      if (op instanceof ShapeDependent dependent) {
        Tensor value = value(dependent, reads);
        if (value != null) {
          know(node.name(), value);
          return;
        }
        op = dependent.resolveKnown(shapes.get(reads.get(0)), known(reads));
        reads = reads.subList(0, 1);
      }
      Shape shape = op.outputShape(reads.stream().map(shapes::get).toList());
      if (known.keySet().containsAll(reads)) {
        List<Tensor> constants = reads.stream().map(known::get).toList();
        Tensor value =
            op instanceof Rearrange.Constant
                ? parameters(node, op).getFirst()
                : folding.value(op, constants, parameters(node, op));
        if (value != null) {
          know(node.name(), value);
          return;
        }
      }
      shapes.put(node.name(), shape);
      nodes.put(node.name(), new Node(node.name(), op, reads));
    }

    /** The value of an operator that computes nothing but numbers from shapes and numbers. */
    private Tensor value(ShapeDependent op, List<String> reads) {
      return switch (op) {
        case ShapeDependent.ShapeOf shapeOf -> shapeOf.of(shapes.get(reads.get(0)));
        case ShapeDependent.Fill fill -> {
          Shape dims = dims(reads.get(0));
          folding.keep("a constant", dims.elementCount());
          Tensor filled = Tensor.zeros(dims);
          Arrays.fill(filled.data(), fill.value());
          yield filled;
        }
        case ShapeDependent.Range range -> {
          Tensor numbers =
              range.of(number(reads.get(0)), number(reads.get(1)), number(reads.get(2)));
          folding.keep("a range", numbers.data().length);
          yield numbers;
        }
        default -> null;
      };
    }

    private Shape dims(String name) {
      long[] dims = numbers(name);
      int[] extents = new int[dims.length];
      for (int i = 0; i < dims.length; i++) {
        extents[i] = Math.toIntExact(dims[i]);
      }
      return Shape.of(extents);
    }

    private double number(String name) {
      return knownTensor(name).data()[0];
    }

    /** The values of all inputs but the first. */
    private List<Tensor> known(List<String> reads) {
      return reads.subList(1, reads.size()).stream().map(this::knownTensor).toList();
    }

    private long[] numbers(String name) {
      float[] data = knownTensor(name).data();
      long[] numbers = new long[data.length];
      for (int i = 0; i < data.length; i++) {
        numbers[i] = (long) data[i];
      }
      return numbers;
    }

    private Tensor knownTensor(String name) {
      Tensor tensor = known.get(name);
      if (tensor == null) {
        throw new IllegalArgumentException(
            "its input '" + name + "' depends on the data, not on shapes alone");
      }
      return tensor;
    }

    private void know(String name, Tensor value) {
      known.put(name, value);
      shapes.put(name, value.shape());
    }

    private List<Tensor> parameters(Node node, Op op) {
      return op.parameters().stream()
          .map(parameter -> weights.get(node.parameterName(parameter)))
          .toList();
    }

    /** The nodes that wanted values need, constants among them. */
    private Specialization rebuilt(Collection<String> wanted) {
      Set<String> needed = new HashSet<>();
      wanted.forEach(name -> needed.add(graph.resolve(name)));
      for (Node node : graph.nodes().reversed()) {
        if (needed.contains(node.name()) && nodes.containsKey(node.name())) {
          needed.addAll(nodes.get(node.name()).inputs());
        }
      }
      GraphBuilder builder = new GraphBuilder();
      Map<String, Value> values = new HashMap<>();
      graph.inputs().forEach(input -> values.put(input, builder.input(input)));
      for (Node node : graph.nodes()) {
        String name = node.name();
        if (needed.contains(name)) {
          values.put(name, append(builder, name, values));
        }
      }
      graph
          .labels()
          .forEach(
              (label, name) -> {
                if (needed.contains(name) && values.containsKey(name)) {
                  builder.label(label, values.get(name));
                }
              });
      wanted.forEach(name -> builder.output(name, values.get(graph.resolve(name))));
      return new Specialization(builder.build(), kept);
    }

    private Value append(GraphBuilder builder, String name, Map<String, Value> values) {
      Tensor value = known.get(name);
      Node node =
          value == null
              ? nodes.get(name)
              : new Node(name, new Rearrange.Constant(value.shape()), List.of());
      for (Parameter parameter : node.op().parameters()) {
        String full = node.parameterName(parameter);
        kept.put(full, value == null ? parameters.get(full) : value);
      }
      return builder.op(
          name, node.op(), node.inputs().stream().map(values::get).toArray(Value[]::new));
    }
  }
}
