package dev.hydranet.engine.kernel.general;

import dev.hydranet.engine.kernel.Clamp;
import dev.hydranet.engine.kernel.Kernel;
import dev.hydranet.engine.kernel.Parts;

/**
 * A linear layer along the last axis of tensors whose last axis is not innermost in memory, which
 * is rare. A unit is a line.
 */
public final class LinearKernel implements Kernel {
  private final View in;
  private final float[] weights;
  private final float[] bias;
  private final View residual;
  private final Clamp clamp;
  private final View out;
  private final int[] from;
  private final int[] added;
  private final int[] to;
  private final Parts parts;

  /**
   * For tensors that differ in their last extents.
   *
   * @param weights {@code [outputs][inputs]}
   * @param bias one for each output
   * @param residual null if absent
   */
  public LinearKernel(
      View in, float[] weights, float[] bias, View residual, Clamp clamp, View out) {
    this.in = in;
    this.weights = weights;
    this.bias = bias;
    this.residual = residual;
    this.clamp = clamp;
    this.out = out;
    boolean[] along = new boolean[in.rank()];
    along[in.rank() - 1] = true;
    this.from = Lines.of(in, along).starts();
    this.added = residual == null ? new int[0] : Lines.of(residual, along).starts();
    this.to = Lines.of(out, along).starts();
    this.parts = Parts.of(from.length, from.length, 1);
  }

  @Override
  public int parts() {
    return parts.count();
  }

  @Override
  public long macs() {
    return (long) from.length * weights.length;
  }

  @Override
  public long weightFloats() {
    return (long) weights.length + bias.length;
  }

  @Override
  public void run(int part, float[] scratch) {
    int last = in.rank() - 1;
    int depth = in.dims()[last];
    for (int line = parts.begin(part); line < parts.end(part); line++) {
      for (int o = 0; o < bias.length; o++) {
        double sum = bias[o];
        for (int k = 0; k < depth; k++) {
          sum +=
              (double) in.data()[in.offset() + from[line] + k * in.strides()[last]]
                  * weights[o * depth + k];
        }
        if (residual != null) {
          sum += residual.data()[residual.offset() + added[line] + o * residual.strides()[last]];
        }
        out.data()[out.offset() + to[line] + o * out.strides()[last]] = clamp.apply((float) sum);
      }
    }
  }
}
