package dev.hydranet.engine.kernel.simd.general;

import dev.hydranet.engine.kernel.Kernel;
import dev.hydranet.engine.kernel.Nhwc;
import dev.hydranet.engine.kernel.Parts;
import dev.hydranet.engine.kernel.simd.function.VectorFunction;
import java.util.Optional;

/** A function of each number, where it is not the epilogue of another kernel. */
public final class SimdFunction implements Kernel {
  private final VectorFunction function;
  private final Nhwc in;
  private final Nhwc out;
  private final Parts parts;

  /** For tensors of equal extents. */
  public SimdFunction(VectorFunction function, Nhwc in, Nhwc out) {
    this.function = function;
    this.in = in;
    this.out = out;
    this.parts = Parts.of(out.pixels(), out.pixels(), 1);
  }

  @Override
  public int parts() {
    return parts.count();
  }

  @Override
  public Optional<Parts> runs() {
    return Optional.of(parts);
  }

  @Override
  public void run(int part, float[] scratch) {
    int begin = parts.begin(part);
    // Input and output have the same padded channels, so a run of pixels is one run of vectors.
    int floats = (parts.end(part) - begin) * out.stride();
    function.run(in.data(), in.pixel(begin), out.data(), out.pixel(begin), floats);
  }
}
