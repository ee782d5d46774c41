package dev.hydranet.engine.kernel;

import java.util.List;

/** A kernel whose parts are runs of output pixels, and what is done to each run after it. */
public final class WithEpilogue implements Kernel {
  private final Kernel kernel;
  private final Parts runs;
  private final Epilogue[] epilogues;
  private final Nhwc out;

  /**
   * For a kernel that {@linkplain Kernel#runs writes runs}.
   *
   * @param epilogues in their order
   * @param out the kernel's output
   */
  public WithEpilogue(Kernel kernel, List<Epilogue> epilogues, Nhwc out) {
    this.kernel = kernel;
    this.runs = kernel.runs().orElseThrow();
    this.epilogues = epilogues.toArray(Epilogue[]::new);
    this.out = out;
  }

  @Override
  public int parts() {
    return kernel.parts();
  }

  @Override
  public void run(int part, float[] scratch) {
    kernel.run(part, scratch);
    int first = runs.begin(part);
    for (Epilogue epilogue : epilogues) {
      epilogue.apply(out, first, runs.end(part) - first);
    }
  }

  @Override
  public long scratchFloats() {
    return kernel.scratchFloats();
  }

  @Override
  public long macs() {
    return kernel.macs();
  }

  @Override
  public long weightFloats() {
    return kernel.weightFloats();
  }

  @Override
  public String kind() {
    return kernel.kind();
  }
}
