package dev.hydranet.engine.testing;

import dev.hydranet.engine.graph.Graph;
import dev.hydranet.engine.tensor.Shape;
import dev.hydranet.engine.tensor.Tensor;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Tensors from a seed, the same in Python ({@code proof/validation/seeded.py}), so that only
 * results are committed.
 *
 * <p>Element i of the tensor called name is the splitmix64 hash of i + 1 steps from FNV-1a(name)
 * XOR seed (<a href="https://prng.di.unimi.it/splitmix64.c">splitmix64</a>, <a
 * href="http://www.isthe.com/chongo/tech/comp/fnv/">FNV</a>): every tensor has its own stream, and
 * any element can be made without those before it.
 */
public final class SeededTensors {
  /** The side of a picture's blocks. */
  private static final int BLOCK = 16;

  private SeededTensors() {}

  /** Numbers in [-1, 1), multiples of 2^-23. */
  public static Tensor uniform(String name, Shape shape, long seed) {
    Tensor tensor = Tensor.zeros(shape);
    long start = fnv1a(name) ^ seed;
    for (int i = 0; i < tensor.data().length; i++) {
      tensor.data()[i] = (splitmix64(start + (i + 1) * 0x9E3779B97F4A7C15L) >>> 40) * 0x1p-23f - 1;
    }
    return tensor;
  }

  /**
   * A parameter or running statistic by the last part of its name, of a size that keeps signals
   * alive: convolution and linear weights have variance 2/3 / fan-in; a batch-norm's scale is 3/2
   * +- 1/2, its variance 1 +- 1/2, biases and means are 0 +- 1/2. Then a HydraNet clips some of its
   * values at ReLU6's both ends, in every layer.
   */
  public static Tensor parameter(String name, Shape shape, long seed) {
    return switch (name.substring(name.lastIndexOf('.') + 1)) {
      case "weight" ->
          shape.rank() > 1
              ? affine(name, shape, seed, 0, Math.sqrt(2.0 / fanIn(shape)))
              : affine(name, shape, seed, 1.5, 0.5);
      case "running_var" -> affine(name, shape, seed, 1, 0.5);
      case "bias", "running_mean", "value" -> affine(name, shape, seed, 0, 0.5);
      default ->
          throw new IllegalArgumentException(
              name + ": expected weight, bias, running_mean, running_var or value");
    };
  }

  /** Something like a normalised picture, NCHW: blocks of 16x16 pixels with noise on them. */
  public static Tensor picture(String name, Shape shape, long seed) {
    int rows = Math.ceilDiv(shape.height(), BLOCK);
    int columns = Math.ceilDiv(shape.width(), BLOCK);
    Shape grid = Shape.of(shape.batch(), shape.channels(), rows, columns);
    float[] blocks = uniform(name + ".blocks", grid, seed).data();
    Tensor tensor = uniform(name, shape, seed);
    for (int i = 0; i < tensor.data().length; i++) {
      int x = i % shape.width();
      int y = i / shape.width() % shape.height();
      int plane = i / shape.width() / shape.height();
      float block = blocks[(plane * rows + y / BLOCK) * columns + x / BLOCK];
      tensor.data()[i] = (float) (1.5 * block + 0.25 * tensor.data()[i]);
    }
    return tensor;
  }

  /** All parameters of a graph by full name, in its order. */
  public static Map<String, Tensor> parameters(Graph graph, long seed) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    graph
        .parameters()
        .forEach((name, parameter) -> tensors.put(name, parameter(name, parameter.shape(), seed)));
    return tensors;
  }

  private static Tensor affine(String name, Shape shape, long seed, double centre, double spread) {
    Tensor tensor = uniform(name, shape, seed);
    for (int i = 0; i < tensor.data().length; i++) {
      tensor.data()[i] = (float) (centre + spread * tensor.data()[i]);
    }
    return tensor;
  }

  private static long fanIn(Shape weight) {
    return weight.elementCount() / weight.dim(0);
  }

  private static long splitmix64(long z) {
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  private static long fnv1a(String name) {
    long value = 0xCBF29CE484222325L;
    for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
      value = (value ^ (b & 0xFF)) * 0x100000001B3L;
    }
    return value;
  }
}
