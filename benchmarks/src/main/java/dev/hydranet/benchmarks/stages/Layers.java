package dev.hydranet.benchmarks.stages;

import dev.hydranet.benchmarks.ladder.rung.Convolution;
import dev.hydranet.engine.graph.Graph;
import dev.hydranet.engine.graph.GraphBuilder;
import dev.hydranet.engine.graph.Parameter;
import dev.hydranet.engine.graph.Value;
import dev.hydranet.engine.plan.Planner;
import dev.hydranet.engine.plan.StepInfo;
import dev.hydranet.engine.reference.ReferenceExecutor;
import dev.hydranet.engine.tensor.Shape;
import dev.hydranet.engine.tensor.Tensor;
import dev.hydranet.engine.verify.Tolerance;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Convolutions one after the other, with ReLU6 behind each; in a block, none behind the last.
 *
 * @param block whether the last one is linear
 * @param residual whether the input is added to its output
 */
public record Layers(List<Convolution> convolutions, boolean block, boolean residual) {
  private static final String INPUT = "input";
  private static final String OUTPUT = "output";

  /** Convolutions with ReLU6. */
  static Layers of(Convolution... convolutions) {
    return new Layers(List.of(convolutions), false, false);
  }

  /** An inverted residual. */
  static Layers block(boolean residual, List<Convolution> convolutions) {
    return new Layers(convolutions, true, residual);
  }

  /** Whether ReLU6 follows a convolution, counted from 0. */
  boolean relu6(int index) {
    return !block || index < convolutions.size() - 1;
  }

  /** The input's shape. */
  public Shape input() {
    return convolutions.getFirst().input();
  }

  /** The output's shape. */
  public Shape output() {
    return convolutions.getLast().output();
  }

  /** Weights and biases. */
  public long parameters() {
    return convolutions.stream()
        .flatMap(c -> c.conv().parameters().stream())
        .mapToLong(parameter -> parameter.shape().elementCount())
        .sum();
  }

  /** Multiply-adds. */
  public long macs() {
    return convolutions.stream().mapToLong(Convolution::macs).sum();
  }

  /**
   * The least memory traffic in bytes: inputs, parameters and outputs, each once.
   *
   * @param together whether tensors between the layers are neither written nor read
   */
  public long bytes(boolean together) {
    long residualRead = residual && !together ? input().elementCount() : 0;
    long between = together ? 0 : 2 * between();
    return Float.BYTES
        * (input().elementCount()
            + parameters()
            + between
            + residualRead
            + output().elementCount());
  }

  private long between() {
    return convolutions.stream().mapToLong(c -> c.output().elementCount()).sum()
        - output().elementCount();
  }

  /** The names of the kernels that the engine's planner chooses, copies of tensors among them. */
  public List<String> plannedKernels() {
    return Planner.plan(graph(), weights()).info(Map.of(INPUT, input())).steps().stream()
        .map(StepInfo::kernel)
        .toList();
  }

  /** What the reference executor computes. */
  Tensor expected(Tensor input) {
    return ReferenceExecutor.run(graph(), weights(), Map.of(INPUT, input), List.of(OUTPUT))
        .get(OUTPUT);
  }

  private Map<String, Tensor> weights() {
    Map<String, Tensor> weights = new HashMap<>();
    for (int i = 0; i < convolutions.size(); i++) {
      Convolution c = convolutions.get(i);
      List<Shape> shapes = c.conv().parameters().stream().map(Parameter::shape).toList();
      weights.put(i + ".weight", Tensor.of(shapes.get(0), c.weights()));
      weights.put(i + ".bias", Tensor.of(shapes.get(1), c.bias()));
    }
    return weights;
  }

  /** How far a result may be from that, relative to its largest magnitude. */
  double tolerance() {
    return Tolerance.of(graph(), Map.of(INPUT, input()), List.of(OUTPUT)).get(OUTPUT);
  }

  private Graph graph() {
    GraphBuilder g = new GraphBuilder();
    Value input = g.input(INPUT);
    Value x = input;
    for (int i = 0; i < convolutions.size(); i++) {
      x = g.conv2d(String.valueOf(i), x, convolutions.get(i).conv());
      x = relu6(i) ? g.relu6("relu6 " + i, x) : x;
    }
    g.output(OUTPUT, residual ? g.add("sum", x, input) : x);
    return g.build();
  }
}
