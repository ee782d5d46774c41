package dev.hydranet.benchmarks.plain;

import dev.hydranet.benchmarks.harness.Checks;
import dev.hydranet.benchmarks.harness.RandomTensors;
import dev.hydranet.benchmarks.pieces.Piece;
import dev.hydranet.engine.graph.Graph;
import dev.hydranet.engine.graph.GraphBuilder;
import dev.hydranet.engine.graph.Op;
import dev.hydranet.engine.graph.Parameter;
import dev.hydranet.engine.graph.Value;
import dev.hydranet.engine.reference.ReferenceExecutor;
import dev.hydranet.engine.tensor.Shape;
import dev.hydranet.engine.tensor.Tensor;
import dev.hydranet.engine.verify.Tolerance;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a JVM makes of plain loops that it can vectorise by itself: channels last and innermost, no
 * Vector API, no tiles, no epilogue.
 *
 * <p>Each pixel's channels are a separate array. Where loops run over parts of longer arrays, C2 of
 * JDK 25 cannot know that those it reads and those it writes do not overlap, and stays scalar.
 */
public abstract class PlainLoops {
  private static final String NAME = "plain";

  final Op op;

  /** Of the first operand. */
  final Shape in;

  final Shape out;

  private final List<Tensor> operands = new ArrayList<>();
  private final List<Tensor> parameters = new ArrayList<>();
  private final List<float[][][]> inputs = new ArrayList<>(); // [operand][H * W][C]
  private final List<float[][]> outputs = new ArrayList<>(); // [H' * W'][C']
  private int next;

  /**
   * Of a piece's first node.
   *
   * @param rotatedBytes how much memory the pictures that take turns have together
   */
  PlainLoops(Piece piece, long rotatedBytes) {
    this(
        piece.nodes().get(0).op(),
        Graph.inputShapes(piece.nodes().get(0), piece.shapes()),
        rotatedBytes);
  }

  /** Of an operator. */
  PlainLoops(Op op, List<Shape> shapes, long rotatedBytes) {
    this.op = op;
    this.in = shapes.get(0);
    this.out = op.outputShape(shapes);
    for (Shape shape : shapes) {
      operands.add(RandomTensors.uniform(shape, operands.size()));
    }
    for (Parameter parameter : op.parameters()) {
      parameters.add(RandomTensors.uniform(parameter.shape(), parameters.size()));
    }
    do {
      inputs.add(operands.stream().map(PlainLoops::pixels).toArray(float[][][]::new));
      outputs.add(new float[out.height() * out.width()][out.channels()]);
    } while (elements() * Float.BYTES * inputs.size() < rotatedBytes);
  }

  /**
   * Computes the first picture.
   *
   * @throws IllegalStateException if the results are not the reference's
   */
  final void check() {
    run();
    Tensor expected = ReferenceExecutor.evaluate(op, operands, parameters);
    Checks.close(NAME, Map.of(NAME, nchw(outputs.get(0))), Map.of(NAME, expected), tolerance());
  }

  private Map<String, Double> tolerance() {
    GraphBuilder g = new GraphBuilder();
    Map<String, Shape> shapes = new LinkedHashMap<>();
    for (Tensor operand : operands) {
      shapes.put("operand " + shapes.size(), operand.shape());
    }
    Value[] values = shapes.keySet().stream().map(g::input).toArray(Value[]::new);
    g.output(NAME, g.op(NAME, op, values));
    return Tolerance.of(g.build(), shapes, List.of(NAME));
  }

  /** The operator's parameters. */
  final List<Tensor> parameters() {
    return parameters;
  }

  /** Computes all pixels. */
  abstract void compute(float[][][] in, float[][] out);

  final void run() {
    compute(inputs.get(next), outputs.get(next));
    next = next + 1 == inputs.size() ? 0 : next + 1;
  }

  final double gmacs() {
    return op.macs(operands.stream().map(Tensor::shape).toList()) / 1e9;
  }

  final double gigabytes() {
    long weights = parameters.stream().mapToLong(tensor -> tensor.shape().elementCount()).sum();
    return (elements() + weights) * (double) Float.BYTES / 1e9;
  }

  /** Numbers in the operands and the output. */
  private long elements() {
    return operands.stream().mapToLong(tensor -> tensor.shape().elementCount()).sum()
        + out.elementCount();
  }

  private static float[][] pixels(Tensor tensor) {
    Shape shape = tensor.shape();
    float[][] pixels = new float[shape.height() * shape.width()][shape.channels()];
    for (int c = 0; c < shape.channels(); c++) {
      for (int p = 0; p < pixels.length; p++) {
        pixels[p][c] = tensor.data()[c * pixels.length + p];
      }
    }
    return pixels;
  }

  private Tensor nchw(float[][] pixels) {
    Tensor tensor = Tensor.zeros(out);
    for (int c = 0; c < out.channels(); c++) {
      for (int p = 0; p < pixels.length; p++) {
        tensor.data()[c * pixels.length + p] = pixels[p][c];
      }
    }
    return tensor;
  }
}
