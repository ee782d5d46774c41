package dev.hydranet.engine.kernel.simd;

import dev.hydranet.engine.graph.MaxPool2d;
import dev.hydranet.engine.kernel.Kernel;
import dev.hydranet.engine.kernel.Nhwc;
import dev.hydranet.engine.kernel.Parts;
import dev.hydranet.engine.kernel.Window;
import dev.hydranet.engine.kernel.simd.vector.HotLoop;
import dev.hydranet.engine.kernel.simd.vector.Vectors;
import java.util.List;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Max-pooling in two passes: the maximum of a window is that of its columns' maxima. A block of
 * channels at a time, so that the row of column maxima stays in cache. Padding never takes part.
 */
final class SimdMaxPool implements Kernel {
  private static final VectorSpecies<Float> S = Vectors.SPECIES;
  private static final int L = S.length();

  /** Channels in a block: enough for whole cache lines at any width. */
  private static final int BLOCK = 64;

  private final Nhwc in;
  private final MaxPool2d pool;
  private final Nhwc out;
  private final Parts parts;

  SimdMaxPool(Nhwc in, MaxPool2d pool, Nhwc out) {
    this.in = in;
    this.pool = pool;
    this.out = out;
    this.parts = Parts.of(out.rows(), out.rows(), 1);
  }

  @Override
  public int parts() {
    return parts.count();
  }

  @Override
  public long scratchFloats() {
    return (long) in.width() * BLOCK;
  }

  @Override
  public void run(int part, float[] scratch) {
    for (int row = parts.begin(part); row < parts.end(part); row++) {
      int top = row % out.height() * pool.stride().height() - pool.padding().height();
      int begin = Window.first(top, 1);
      int lines = Window.end(top, 1, pool.kernel().height(), in.height()) - begin;
      int first = in.row(row / out.height() * in.height() + top + begin);
      for (int i = 0; i < out.stride(); i += BLOCK) {
        int channels = Math.min(BLOCK, out.stride() - i);
        columns(first + i, lines, channels, scratch);
        rows(scratch, channels, out.row(row) + i);
      }
    }
  }

  /** The maximum of each column of the window's lines, for every pixel of the row. */
  private void columns(int first, int lines, int channels, float[] maxima) {
    float[] data = in.data();
    int line = in.width() * in.stride();
    for (int x = 0; x < in.width(); x++) {
      for (int i = 0; i < channels; i += L) {
        int a = first + x * in.stride() + i;
        FloatVector max = FloatVector.fromArray(S, data, a);
        for (int k = 1; k < lines; k++) {
          max = FloatVector.fromArray(S, data, a + k * line).max(max);
        }
        max.intoArray(maxima, x * channels + i);
      }
    }
  }

  /** The maximum of the columns that each output pixel's window covers. */
  private void rows(float[] maxima, int channels, int c) {
    for (int x = 0; x < out.width(); x++) {
      int left = x * pool.stride().width() - pool.padding().width();
      int begin = Window.first(left, 1);
      int taps = Window.end(left, 1, pool.kernel().width(), in.width()) - begin;
      int a = (left + begin) * channels;
      for (int i = 0; i < channels; i += L) {
        FloatVector max = FloatVector.fromArray(S, maxima, a + i);
        for (int k = 1; k < taps; k++) {
          max = FloatVector.fromArray(S, maxima, a + k * channels + i).max(max);
        }
        max.intoArray(out.data(), c + x * out.stride() + i);
      }
    }
  }

  /** Its hot loops. */
  static List<HotLoop> hotLoops() {
    SimdMaxPool nothing = forWarmUp(HotLoop.noPixels());
    SimdMaxPool something = forWarmUp(HotLoop.tensor());
    float[] maxima = new float[(int) something.scratchFloats()];
    return List.of(
        new HotLoop(
            "SimdMaxPool.columns",
            (times, rounds) -> {
              for (int turn = 0; turn < times; turn++) {
                (rounds == 0 ? nothing : something).columns(0, 3, L, maxima);
              }
            }),
        new HotLoop(
            "SimdMaxPool.rows",
            (times, rounds) -> {
              for (int turn = 0; turn < times; turn++) {
                (rounds == 0 ? nothing : something).rows(maxima, L, 0);
              }
            }));
  }

  private static SimdMaxPool forWarmUp(Nhwc both) {
    return new SimdMaxPool(both, MaxPool2d.of(3, 1, 1), both);
  }
}
