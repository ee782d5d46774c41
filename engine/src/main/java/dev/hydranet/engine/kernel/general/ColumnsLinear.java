package dev.hydranet.engine.kernel.general;

import dev.hydranet.engine.kernel.Clamp;
import dev.hydranet.engine.kernel.Kernel;
import dev.hydranet.engine.kernel.Parts;
import java.util.Arrays;

/**
 * A linear layer along the last axis of tensors of rank 4, which lie as images: their columns are
 * the features. The innermost loop runs along dimension 1, whose elements are next to each other. A
 * part is a row of an image.
 */
public final class ColumnsLinear implements Kernel {
  private final View in;
  private final float[] weight; // [out][in]
  private final float[] bias;
  private final View residual;
  private final Clamp clamp;
  private final View out;
  private final Parts parts;

  /**
   * For tensors of rank 4.
   *
   * @param weight {@code [out][in]}
   * @param bias {@code [out]}
   * @param residual what is added before clamping, or null
   */
  public ColumnsLinear(
      View in, float[] weight, float[] bias, View residual, Clamp clamp, View out) {
    this.in = in;
    this.weight = weight;
    this.bias = bias;
    this.residual = residual;
    this.clamp = clamp;
    this.out = out;
    int rows = out.dims()[0] * out.dims()[2];
    this.parts = Parts.of(rows, rows, 1);
  }

  @Override
  public int parts() {
    return parts.count();
  }

  @Override
  public long macs() {
    return (long) out.elements() * in.dims()[3];
  }

  @Override
  public void run(int part, float[] scratch) {
    for (int row = parts.begin(part); row < parts.end(part); row++) {
      int from = first(in, row);
      int to = first(out, row);
      int added = residual == null ? 0 : first(residual, row);
      for (int j = 0; j < bias.length; j++) {
        int at = to + j * out.strides()[3];
        Arrays.fill(out.data(), at, at + out.dims()[1], bias[j]);
        for (int k = 0; k < in.dims()[3]; k++) {
          accumulate(from + k * in.strides()[3], weight[j * in.dims()[3] + k], at);
        }
        finish(added + j * (residual == null ? 0 : residual.strides()[3]), at);
      }
    }
  }

  private int first(View view, int row) {
    int rows = out.dims()[2];
    return view.offset() + row / rows * view.strides()[0] + row % rows * view.strides()[2];
  }

  private void accumulate(int from, float factor, int to) {
    float[] x = in.data();
    float[] y = out.data();
    for (int c = 0; c < out.dims()[1]; c++) {
      y[to + c] += x[from + c] * factor;
    }
  }

  private void finish(int added, int to) {
    for (int c = 0; c < out.dims()[1]; c++) {
      float sum = out.data()[to + c];
      sum += residual == null ? 0 : residual.data()[added + c];
      out.data()[to + c] = clamp.apply(sum);
    }
  }
}
