package dev.hydranet.engine.kernel;

import java.util.List;

/**
 * A kernel and what is done to each run of output pixels after a part of it. Where its parts are no
 * runs, all of it is one part.
 */
public final class WithEpilogue implements Kernel {
  private final Kernel kernel;
  private final Parts runs;
  private final Epilogue[] epilogues;
  private final Nhwc out;

  /**
   * For a kernel.
   *
   * @param epilogues in their order
   * @param out the kernel's output
   */
  public WithEpilogue(Kernel kernel, List<Epilogue> epilogues, Nhwc out) {
    this.kernel = kernel;
    this.runs = kernel.runs().orElse(new Parts(out.pixels(), Math.max(1, out.pixels())));
    this.epilogues = epilogues.toArray(Epilogue[]::new);
    this.out = out;
  }

  @Override
  public int parts() {
    return runs.count();
  }

  @Override
  public void run(int part, float[] scratch) {
    if (kernel.parts() == runs.count()) {
      kernel.run(part, scratch);
    } else {
      for (int i = 0; i < kernel.parts(); i++) {
        kernel.run(i, scratch);
      }
    }
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
