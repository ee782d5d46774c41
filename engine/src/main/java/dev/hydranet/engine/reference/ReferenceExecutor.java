package dev.hydranet.engine.reference;

import dev.hydranet.engine.graph.Activation;
import dev.hydranet.engine.graph.Add;
import dev.hydranet.engine.graph.ArgMax;
import dev.hydranet.engine.graph.AvgPool2d;
import dev.hydranet.engine.graph.BatchNorm;
import dev.hydranet.engine.graph.Concat;
import dev.hydranet.engine.graph.Conv2d;
import dev.hydranet.engine.graph.ConvTranspose2d;
import dev.hydranet.engine.graph.Elementwise;
import dev.hydranet.engine.graph.Flatten;
import dev.hydranet.engine.graph.GlobalAvgPool;
import dev.hydranet.engine.graph.Graph;
import dev.hydranet.engine.graph.Linear;
import dev.hydranet.engine.graph.MatMul;
import dev.hydranet.engine.graph.MaxPool2d;
import dev.hydranet.engine.graph.Node;
import dev.hydranet.engine.graph.Normalize;
import dev.hydranet.engine.graph.Op;
import dev.hydranet.engine.graph.Parameter;
import dev.hydranet.engine.graph.Rearrange;
import dev.hydranet.engine.graph.Reduce;
import dev.hydranet.engine.graph.Resize;
import dev.hydranet.engine.graph.ShapeDependent;
import dev.hydranet.engine.graph.Softmax;
import dev.hydranet.engine.graph.Upsample;
import dev.hydranet.engine.tensor.Shape;
import dev.hydranet.engine.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Walks a graph operator by operator with plain loops: what a reader steps through and what tests
 * trust. Tensors are float32; within an operator everything is summed in float64 and rounded once.
 * Stateless.
 */
public final class ReferenceExecutor {
  private ReferenceExecutor() {}

  /**
   * Computes values of a graph, and nothing that they do not need. An intermediate value is let go
   * after the last operator that reads it.
   *
   * @param graph any
   * @param weights the graph's parameters by full name
   * @param inputs a tensor for each of the graph's inputs; not changed
   * @param wanted labels or names of nodes
   * @return a tensor for each wanted name, in that order
   * @throws dev.hydranet.engine.graph.WeightsMismatchException if the weights are not the graph's
   * @throws IllegalArgumentException if there is no value of a wanted name, an input is missing or
   *     the graph does not take its shape
   */
  public static Map<String, Tensor> run(
      Graph graph,
      Map<String, Tensor> weights,
      Map<String, Tensor> inputs,
      Collection<String> wanted) {
    graph.checkWeights(weights);
    checkInputs(graph, inputs);
    Set<String> kept = new HashSet<>();
    wanted.forEach(name -> kept.add(graph.resolve(name)));
    Map<String, Integer> readsLeft = reads(graph, kept);

    Map<String, Tensor> values = new HashMap<>(inputs);
    for (Node node : graph.nodes()) {
      if (readsLeft.containsKey(node.name())) {
        values.put(node.name(), evaluate(node, weights, values));
        for (String input : node.inputs()) {
          if (readsLeft.merge(input, -1, Integer::sum) == 0 && !kept.contains(input)) {
            values.remove(input);
          }
        }
      }
    }
    Map<String, Tensor> results = new LinkedHashMap<>();
    wanted.forEach(name -> results.put(name, values.get(graph.resolve(name))));
    return results;
  }

  /**
   * Computes one operator.
   *
   * @param op any
   * @param inputs in the operator's order; not changed
   * @param parameters its parameters in the order of {@link Op#parameters()}
   * @return a new tensor
   * @throws IllegalArgumentException if the operator does not take such inputs or parameters
   */
  public static Tensor evaluate(Op op, List<Tensor> inputs, List<Tensor> parameters) {
    Shape shape = op.outputShape(inputs.stream().map(Tensor::shape).toList());
    checkParameters(op, parameters);
    Tensor out = Tensor.zeros(shape);
    Tensor in = inputs.isEmpty() ? parameters.get(0) : inputs.get(0);
    switch (op) {
      case Conv2d conv ->
          ReferenceConv2d.compute(conv, in, parameters.get(0), bias(conv.bias(), parameters), out);
      case BatchNorm norm -> ReferenceBatchNorm.compute(norm, in, parameters, out);
      case Activation activation -> ReferenceActivation.compute(activation, in, out);
      case Add add -> ReferenceAdd.compute(in, inputs.get(1), out);
      case Concat concat -> ReferenceConcat.compute(concat, inputs, out);
      case MaxPool2d pool -> ReferenceMaxPool2d.compute(pool, in, out);
      case AvgPool2d pool -> ReferenceAvgPool2d.compute(pool, in, out);
      case GlobalAvgPool pool -> ReferenceGlobalAvgPool.compute(in, out);
      case Upsample upsample -> ReferenceUpsample.compute(upsample.mode(), in, out);
      case Softmax softmax -> ReferenceSoftmax.compute(softmax, in, out);
      case ArgMax argMax -> ReferenceArgMax.compute(argMax, in, out);
      case ArgMax.Largest largest -> ReferenceArgMax.compute(largest, in, out);
      case Flatten flatten -> copy(in, out);
      case Elementwise elementwise -> ReferenceElementwise.compute(elementwise, inputs, out);
      case Rearrange.Scatter scatter -> ReferenceScatter.compute(scatter, inputs, out);
      case Rearrange rearrange ->
          ReferenceRearrange.compute(rearrange, inputs.isEmpty() ? parameters : inputs, out);
      case Reduce reduce -> ReferenceReduce.compute(reduce, in, out);
      case Reduce.Cumulative sums -> ReferenceReduce.compute(sums, in, out);
      case Normalize normalize -> ReferenceNormalize.compute(normalize, in, parameters, out);
      case MatMul product -> ReferenceMatMul.compute(in, inputs.get(1), out);
      case Resize resize -> ReferenceResize.compute(resize, in, out);
      case ConvTranspose2d conv ->
          ReferenceConvTranspose2d.compute(
              conv, in, parameters.get(0), bias(conv.bias(), parameters), out);
      case ShapeDependent dependent ->
          throw new IllegalArgumentException(op.kind() + ": not resolved for the input's shape");
      case Linear linear ->
          ReferenceLinear.compute(in, parameters.get(0), bias(linear.bias(), parameters), out);
    }
    return out;
  }

  private static void copy(Tensor in, Tensor out) {
    System.arraycopy(in.data(), 0, out.data(), 0, out.data().length);
  }

  private static Tensor evaluate(
      Node node, Map<String, Tensor> weights, Map<String, Tensor> values) {
    List<Tensor> parameters = new ArrayList<>();
    for (Parameter parameter : node.op().parameters()) {
      parameters.add(weights.get(node.parameterName(parameter)));
    }
    return evaluate(node.op(), node.inputs().stream().map(values::get).toList(), parameters);
  }

  private static void checkInputs(Graph graph, Map<String, Tensor> inputs) {
    Map<String, Shape> shapes = new HashMap<>();
    inputs.forEach((name, tensor) -> shapes.put(name, tensor.shape()));
    graph.shapes(shapes);
  }

  /** How often each value is read on the way to the kept ones; unneeded values are absent. */
  private static Map<String, Integer> reads(Graph graph, Set<String> kept) {
    Map<String, Integer> reads = new HashMap<>();
    kept.forEach(name -> reads.put(name, 0));
    for (Node node : graph.nodes().reversed()) {
      if (reads.containsKey(node.name())) {
        node.inputs().forEach(input -> reads.merge(input, 1, Integer::sum));
      }
    }
    return reads;
  }

  private static void checkParameters(Op op, List<Tensor> tensors) {
    List<Parameter> parameters = op.parameters();
    if (tensors.size() != parameters.size()) {
      throw new IllegalArgumentException(
          op.kind() + ": expected " + parameters.size() + " parameters, found " + tensors.size());
    }
    for (int i = 0; i < tensors.size(); i++) {
      Parameter parameter = parameters.get(i);
      if (!tensors.get(i).shape().equals(parameter.shape())) {
        throw new IllegalArgumentException(
            op.kind()
                + ": expected "
                + parameter.name()
                + " of shape "
                + parameter.shape()
                + ", found "
                + tensors.get(i).shape());
      }
    }
  }

  /** The second parameter, or null without bias. */
  private static Tensor bias(boolean present, List<Tensor> parameters) {
    return present ? parameters.get(1) : null;
  }
}
