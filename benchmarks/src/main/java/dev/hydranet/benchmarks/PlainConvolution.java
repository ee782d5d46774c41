package dev.hydranet.benchmarks;

import dev.hydranet.engine.graph.Conv2d;
import dev.hydranet.engine.graph.Node;
import dev.hydranet.engine.reference.ReferenceExecutor;
import dev.hydranet.engine.tensor.Shape;
import dev.hydranet.engine.tensor.Tensor;
import dev.hydranet.engine.verify.Tolerance;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a JVM makes of plain loops that it can vectorise by itself: channels last and innermost, no
 * Vector API, no tiles, no epilogue.
 *
 * <p>A pixel's channels are an array of their own. Where loops run over parts of longer arrays, C2
 * of JDK 25 cannot know that those it reads and those it writes do not overlap, and stays scalar.
 */
abstract class PlainConvolution {
  final Conv2d conv;
  final int height;
  final int width;
  final int outHeight;
  final int outWidth;

  private final Tensor input;
  private final Tensor weight;
  private final Shape outShape;
  private final List<float[][]> inputs = new ArrayList<>(); // [H * W][C]
  private final List<float[][]> outputs = new ArrayList<>(); // [H' * W'][C']
  private int next;

  /**
   * Of a piece's first node, a convolution.
   *
   * @param rotatedBytes how much memory the pictures that take turns have together
   */
  PlainConvolution(Piece piece, long rotatedBytes) {
    Node node = piece.nodes().get(0);
    conv = (Conv2d) node.op();
    Shape shape = piece.shapes().get(node.inputs().get(0));
    outShape = conv.outputShape(List.of(shape));
    height = shape.height();
    width = shape.width();
    outHeight = outShape.height();
    outWidth = outShape.width();
    input = RandomTensors.uniform(shape, 0);
    weight = RandomTensors.uniform(conv.parameters().get(0).shape(), 1);
    long bytes = (shape.elementCount() + outShape.elementCount()) * Float.BYTES;
    do {
      inputs.add(pixels(input));
      outputs.add(new float[outHeight * outWidth][conv.outChannels()]);
    } while (bytes * inputs.size() < rotatedBytes);
  }

  /**
   * Makes the filters ready.
   *
   * @throws IllegalStateException if the results are not the reference's
   */
  final void prepare() {
    pack(weight);
    run();
    Tensor expected = ReferenceExecutor.evaluate(conv, List.of(input), List.of(weight));
    Checks.close(
        "plain",
        Map.of("plain", nchw(outputs.get(0))),
        Map.of("plain", expected),
        Map.of("plain", Tolerance.forTerms(conv.terms())));
  }

  /** Takes over the filters, {@code [out, in / groups, height, width]}. */
  abstract void pack(Tensor filters);

  /** Computes all pixels. */
  abstract void compute(float[][] in, float[][] out);

  final void run() {
    compute(inputs.get(next), outputs.get(next));
    next = next + 1 == inputs.size() ? 0 : next + 1;
  }

  final double gmacs() {
    return outShape.elementCount() * (double) conv.terms() / 1e9;
  }

  final double gigabytes() {
    return (input.shape().elementCount() + outShape.elementCount() + weight.shape().elementCount())
        * (double) Float.BYTES
        / 1e9;
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
    Tensor tensor = Tensor.zeros(outShape);
    for (int c = 0; c < outShape.channels(); c++) {
      for (int p = 0; p < pixels.length; p++) {
        tensor.data()[c * pixels.length + p] = pixels[p][c];
      }
    }
    return tensor;
  }
}
