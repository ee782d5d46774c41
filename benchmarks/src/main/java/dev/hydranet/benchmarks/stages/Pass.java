package dev.hydranet.benchmarks.stages;

import dev.hydranet.engine.kernel.Kernel;
import dev.hydranet.engine.kernel.Nhwc;
import dev.hydranet.engine.tensor.Shape;
import dev.hydranet.engine.tensor.Tensor;
import java.util.List;

/**
 * Kernels that compute an operation one after the other, bound to their own memory and weights.
 *
 * @param in where they read its input
 * @param out where they leave its output
 */
record Pass(List<Kernel> kernels, Nhwc in, Nhwc out) {
  /** Copies the input in, from {@code [1, C, H, W]}. */
  void load(Tensor input) {
    int pixels = in.pixels();
    for (int c = 0; c < in.channels(); c++) {
      for (int p = 0; p < pixels; p++) {
        in.data()[in.pixel(p) + c] = input.data()[c * pixels + p];
      }
    }
  }

  /** The output as {@code [1, C, H, W]}. */
  Tensor result() {
    Tensor result = Tensor.zeros(Shape.of(1, out.channels(), out.height(), out.width()));
    int pixels = out.pixels();
    for (int c = 0; c < out.channels(); c++) {
      for (int p = 0; p < pixels; p++) {
        result.data()[c * pixels + p] = out.data()[out.pixel(p) + c];
      }
    }
    return result;
  }
}
