package dev.hydranet.engine.kernel.simd;

import dev.hydranet.engine.kernel.Kernel;
import dev.hydranet.engine.kernel.Nhwc;
import jdk.incubator.vector.VectorSpecies;

/**
 * Max-pooling 5x5, stride 1, padding 2. A part is a block of channels; it goes down the image with
 * the last five rows of row maxima, so that every pixel is loaded once.
 */
final class SimdMaxPool5x5 implements Kernel {
  private static final VectorSpecies<Float> S = SimdKernels.SPECIES;
  private static final int L = S.length();
  private static final int BLOCK = Pool5x5.BLOCK;
  private static final int WINDOW = Pool5x5.WINDOW;
  private static final int RADIUS = Pool5x5.RADIUS;

  private final Nhwc in;
  private final Nhwc out;

  SimdMaxPool5x5(Nhwc in, Nhwc out) {
    this.in = in;
    this.out = out;
  }

  @Override
  public int parts() {
    return in.batch() * blocks();
  }

  private int blocks() {
    return Math.ceilDiv(out.stride(), BLOCK);
  }

  private int line() {
    return in.width() * BLOCK;
  }

  @Override
  public long scratchFloats() {
    return (long) in.width() * BLOCK * WINDOW + Pool5x5.orderedFloats(in.width());
  }

  @Override
  public void run(int part, float[] scratch) {
    int image = part / blocks() * in.height();
    int first = part % blocks() * BLOCK;
    int channels = Math.min(BLOCK, out.stride() - first);
    for (int row = 0; row < in.height() + RADIUS; row++) {
      if (row < in.height()) {
        int a = in.row(image + row) + first;
        int to = row % WINDOW * line();
        Pool5x5.row(in.data(), a, in.stride(), in.width(), channels, scratch, line() * WINDOW, to);
      }
      if (row >= RADIUS) {
        for (int i = 0; i < channels; i += L) {
          columns(row - RADIUS, i, out.row(image + row - RADIUS) + first + i, scratch);
        }
      }
    }
  }

  private void columns(int row, int i, int c, float[] maxima) {
    int line = line();
    int height = in.height();
    int r0 = i + Pool5x5.slot(row - 2, height) * line;
    int r1 = i + Pool5x5.slot(row - 1, height) * line;
    int r2 = i + Pool5x5.slot(row, height) * line;
    int r3 = i + Pool5x5.slot(row + 1, height) * line;
    int r4 = i + Pool5x5.slot(row + 2, height) * line;
    float[] result = out.data();
    for (int x = 0; x < out.width(); x++) {
      int at = x * BLOCK;
      Pool5x5.column(maxima, r0 + at, r1 + at, r2 + at, r3 + at, r4 + at)
          .intoArray(result, c + x * out.stride());
    }
  }
}
