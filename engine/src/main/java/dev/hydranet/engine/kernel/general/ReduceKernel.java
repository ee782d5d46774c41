package dev.hydranet.engine.kernel.general;

import dev.hydranet.engine.graph.Reduce;
import dev.hydranet.engine.kernel.Kernel;
import dev.hydranet.engine.kernel.Parts;

/** One number out of each line, summed in double so that long ones lose nothing. */
public final class ReduceKernel implements Kernel {
  private static final int PART = 8192;

  private final Reduce.Function function;
  private final View in;
  private final View out;
  private final Lines lines;
  private final int[] places;
  private final Parts parts;

  /** For an output that has extent 1 along the reduced axes, or none. */
  public ReduceKernel(Reduce op, View in, View out) {
    this.function = op.function();
    this.in = in;
    this.out = out;
    boolean[] along = new boolean[in.rank()];
    op.axes().forEach(axis -> along[axis < 0 ? axis + in.rank() : axis] = true);
    this.lines = Lines.of(in, along);
    // The output's elements, row-major, are the lines.
    this.places = Lines.of(out, new boolean[out.rank()]).starts();
    this.parts =
        Parts.of(places.length, Math.max(1, PART / Math.max(1, lines.offsets().length)), 1);
  }

  @Override
  public int parts() {
    return parts.count();
  }

  @Override
  public void run(int part, float[] scratch) {
    for (int line = parts.begin(part); line < parts.end(part); line++) {
      int start = in.offset() + lines.starts()[line];
      out.data()[out.offset() + places[line]] = (float) reduced(start);
    }
  }

  private double reduced(int start) {
    return switch (function) {
      case SUM -> sum(start);
      case MEAN -> sum(start) / lines.offsets().length;
      case LOG_SUM -> Math.log(sum(start));
      case MAX -> extreme(start, 1);
      case MIN -> -extreme(start, -1);
      case PROD -> {
        double product = 1;
        for (int offset : lines.offsets()) {
          product *= in.data()[start + offset];
        }
        yield product;
      }
      case L1 -> {
        double sum = 0;
        for (int offset : lines.offsets()) {
          sum += Math.abs(in.data()[start + offset]);
        }
        yield sum;
      }
      case L2 -> Math.sqrt(squares(start));
      case SUM_SQUARE -> squares(start);
      case LOG_SUM_EXP -> {
        double max = extreme(start, 1);
        double shift = Double.isInfinite(max) ? 0 : max;
        double sum = 0;
        for (int offset : lines.offsets()) {
          sum += Math.exp(in.data()[start + offset] - shift);
        }
        yield Math.log(sum) + shift;
      }
    };
  }

  private double sum(int start) {
    double sum = 0;
    for (int offset : lines.offsets()) {
      sum += in.data()[start + offset];
    }
    return sum;
  }

  private double squares(int start) {
    double sum = 0;
    for (int offset : lines.offsets()) {
      double x = in.data()[start + offset];
      sum += x * x;
    }
    return sum;
  }

  /** The largest of the elements times a sign. */
  private double extreme(int start, float sign) {
    float extreme = Float.NEGATIVE_INFINITY;
    for (int offset : lines.offsets()) {
      extreme = Math.max(extreme, sign * in.data()[start + offset]);
    }
    return extreme;
  }
}
