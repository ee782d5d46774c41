package dev.hydranet.engine.kernel.general;

import dev.hydranet.engine.graph.Elementwise.Binary;
import dev.hydranet.engine.kernel.Kernel;

/** A function of two elements, with broadcasting. */
public final class BinaryKernel implements Kernel {
  private final Binary.Function function;
  private final View a;
  private final View b;
  private final View out;
  private final Nest nest;

  /** For tensors that broadcast to the output's extents. */
  public BinaryKernel(Binary op, View a, View b, View out) {
    this.function = op.function();
    this.a = a;
    this.b = b;
    this.out = out;
    this.nest = new Nest(out, a.broadcast(out.dims()), b.broadcast(out.dims()));
  }

  @Override
  public int parts() {
    return nest.parts().count();
  }

  @Override
  public void run(int part, float[] scratch) {
    for (int row = nest.parts().begin(part); row < nest.parts().end(part); row++) {
      row(nest.at(1, row), nest.at(2, row), nest.at(0, row));
    }
  }

  /** The frequent functions have loops that the compiler makes vectors of. */
  private void row(int ia, int ib, int ic) {
    float[] x = a.data();
    float[] y = b.data();
    float[] z = out.data();
    int n = nest.length();
    int sa = nest.step(1);
    int sb = nest.step(2);
    boolean dense = nest.step(0) == 1 && sa == 1;
    if (dense && sb == 1 && function == Binary.Function.ADD) {
      for (int i = 0; i < n; i++) {
        z[ic + i] = x[ia + i] + y[ib + i];
      }
    } else if (dense && sb == 1 && function == Binary.Function.MUL) {
      for (int i = 0; i < n; i++) {
        z[ic + i] = x[ia + i] * y[ib + i];
      }
    } else if (dense && sb == 0 && function == Binary.Function.MUL) {
      float factor = y[ib];
      for (int i = 0; i < n; i++) {
        z[ic + i] = x[ia + i] * factor;
      }
    } else {
      for (int i = 0; i < n; i++) {
        z[ic + i * nest.step(0)] = apply(x[ia + i * sa], y[ib + i * sb]);
      }
    }
  }

  private static float mod(float x, float y) {
    float remainder = x % y;
    return remainder != 0 && remainder < 0 != y < 0 ? remainder + y : remainder;
  }

  private float apply(float x, float y) {
    return switch (function) {
      case ADD -> x + y;
      case SUB -> x - y;
      case MUL -> x * y;
      case DIV -> x / y;
      case WHOLE_DIV -> (float) (long) ((double) x / y);
      case MOD -> mod(x, y);
      case FMOD -> x % y;
      case MIN -> Math.min(x, y);
      case MAX -> Math.max(x, y);
      case POW -> y == 2 ? x * x : (float) Math.pow(x, y);
      case PRELU -> x >= 0 ? x : x * y;
      case EQUAL -> x == y ? 1 : 0;
      case LESS -> x < y ? 1 : 0;
      case LESS_OR_EQUAL -> x <= y ? 1 : 0;
      case GREATER -> x > y ? 1 : 0;
      case GREATER_OR_EQUAL -> x >= y ? 1 : 0;
      case AND -> x != 0 && y != 0 ? 1 : 0;
      case OR -> x != 0 || y != 0 ? 1 : 0;
      case XOR -> (x != 0) != (y != 0) ? 1 : 0;
    };
  }
}
