package dev.hydranet.engine.kernel.general;

import dev.hydranet.engine.kernel.Kernel;
import dev.hydranet.engine.kernel.Parts;

/** The same elements, row-major, in other extents: in runs that are rows of both tensors. */
public final class ReshapeKernel implements Kernel {
  private static final int PART = 8192;

  private final View in;
  private final View out;
  private final int run;
  private final Parts parts;

  /** For tensors of as many elements. */
  public ReshapeKernel(View in, View out) {
    this.in = in;
    this.out = out;
    int elements = out.elements();
    this.run = elements == 0 ? 1 : divisor(last(in), last(out));
    this.parts = Parts.of(elements / run, Math.max(1, PART / run), 1);
  }

  private static int last(View view) {
    return view.rank() == 0 ? 1 : view.dims()[view.rank() - 1];
  }

  private static int divisor(int a, int b) {
    return b == 0 ? a : divisor(b, a % b);
  }

  @Override
  public int parts() {
    return parts.count();
  }

  @Override
  public void run(int part, float[] scratch) {
    int stepIn = step(in);
    int stepOut = step(out);
    for (int r = parts.begin(part); r < parts.end(part); r++) {
      int from = index(in, r * run);
      int to = index(out, r * run);
      if (stepIn == 1 && stepOut == 1) {
        System.arraycopy(in.data(), from, out.data(), to, run);
      } else {
        for (int i = 0; i < run; i++) {
          out.data()[to + i * stepOut] = in.data()[from + i * stepIn];
        }
      }
    }
  }

  private static int step(View view) {
    return view.rank() == 0 ? 1 : view.strides()[view.rank() - 1];
  }

  /** Where the element of a row-major number lies. */
  private static int index(View view, int number) {
    int index = view.offset();
    int left = number;
    for (int axis = view.rank() - 1; axis >= 0; axis--) {
      index += left % view.dims()[axis] * view.strides()[axis];
      left /= view.dims()[axis];
    }
    return index;
  }
}
