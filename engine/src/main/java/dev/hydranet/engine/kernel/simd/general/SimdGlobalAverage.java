package dev.hydranet.engine.kernel.simd.general;

import dev.hydranet.engine.kernel.Kernel;
import dev.hydranet.engine.kernel.Nhwc;
import dev.hydranet.engine.kernel.simd.vector.HotLoop;
import dev.hydranet.engine.kernel.simd.vector.Vectors;
import java.util.Arrays;
import java.util.List;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The mean of each channel's plane. Pixels are summed in blocks, and blocks of blocks, so that
 * large planes lose little. A part is two vectors of channels.
 */
public final class SimdGlobalAverage implements Kernel {
  private static final VectorSpecies<Float> S = Vectors.SPECIES;
  private static final int L = S.length();

  /** Pixels in a block. */
  private static final int BLOCK = 64;

  private static final int WIDTH = 2 * L;

  private final Nhwc in;
  private final Nhwc out;

  public SimdGlobalAverage(Nhwc in, Nhwc out) {
    this.in = in;
    this.out = out;
  }

  @Override
  public int parts() {
    return in.batch() * blocks();
  }

  private int blocks() {
    return Math.ceilDiv(in.stride(), WIDTH);
  }

  @Override
  public void run(int part, float[] scratch) {
    int image = part / blocks();
    int channel = part % blocks() * WIDTH;
    int plane = in.height() * in.width();
    int first = in.pixel(image * plane) + channel;
    int to = out.pixel(image) + channel;
    for (int v = 0; v < Math.min(WIDTH, in.stride() - channel); v += L) {
      average(first + v, plane, in.stride(), to + v);
    }
  }

  private void average(int a, int pixels, int stride, int c) {
    Arrays.fill(out.data(), c, c + L, 0);
    for (int p = 0; p < pixels; p += BLOCK * BLOCK) {
      add(a + p * stride, Math.min(BLOCK * BLOCK, pixels - p), stride, c);
    }
    for (int i = c; i < c + L; i++) {
      out.data()[i] *= 1f / pixels;
    }
  }

  /** Adds the pixels of a block of blocks to the output. */
  private void add(int a, int pixels, int stride, int c) {
    float[] data = in.data();
    FloatVector zero = FloatVector.zero(S);
    FloatVector large = zero;
    for (int p = 0; p < pixels; p += BLOCK) {
      FloatVector even = zero;
      FloatVector odd = zero;
      int end = Math.min(pixels, p + BLOCK);
      int i = p;
      for (; i + 1 < end; i += 2) {
        even = FloatVector.fromArray(S, data, a + i * stride).add(even);
        odd = FloatVector.fromArray(S, data, a + (i + 1) * stride).add(odd);
      }
      if (i < end) {
        even = FloatVector.fromArray(S, data, a + i * stride).add(even);
      }
      large = even.add(odd).add(large);
    }
    FloatVector.fromArray(S, out.data(), c).add(large).intoArray(out.data(), c);
  }

  /** Its hot loops. */
  public static List<HotLoop> hotLoops() {
    Nhwc in = HotLoop.tensor();
    SimdGlobalAverage kernel = new SimdGlobalAverage(in, HotLoop.tensor());
    return List.of(
        new HotLoop(
            "SimdGlobalAverage.add",
            (times, rounds) -> {
              for (int turn = 0; turn < times; turn++) {
                // A few pixels, or a block and one more.
                int pixels = turn % 2 == 0 ? rounds : rounds / 2 * (BLOCK + 1);
                kernel.add(0, pixels, HotLoop.CHANNELS, 0);
              }
            }));
  }
}
