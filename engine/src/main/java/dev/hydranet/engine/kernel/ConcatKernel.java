package dev.hydranet.engine.kernel;

import java.util.List;

/** Tensors side by side in the channels of each pixel. */
public final class ConcatKernel implements Kernel {
  private final Nhwc[] inputs;
  private final Nhwc out;
  private final Parts parts;

  public ConcatKernel(List<Nhwc> inputs, Nhwc out) {
    this.inputs = inputs.toArray(Nhwc[]::new);
    this.out = out;
    this.parts = Parts.of(out.pixels(), out.pixels(), 1);
  }

  @Override
  public int parts() {
    return parts.count();
  }

  @Override
  public void run(int part, float[] scratch) {
    for (int p = parts.begin(part); p < parts.end(part); p++) {
      int c = out.pixel(p);
      for (Nhwc in : inputs) {
        System.arraycopy(in.data(), in.pixel(p), out.data(), c, in.channels());
        c += in.channels();
      }
    }
  }
}
