package dev.hydranet.engine.kernel.simd;

import dev.hydranet.engine.kernel.ChannelFilter;
import dev.hydranet.engine.kernel.Kernel;
import dev.hydranet.engine.kernel.Nhwc;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Chained residual pooling with a factor a channel, all stages in one pass down the image: stage s
 * works two rows above stage s - 1, on what that has just made. Channels do not mix, so a part is a
 * block of channels; what the stages keep, five rows of maxima each, stays in the second-level
 * cache.
 */
final class SimdChainedPooling implements Kernel {
  private static final VectorSpecies<Float> S = SimdKernels.SPECIES;
  private static final int L = S.length();
  private static final int BLOCK = Pool5x5.BLOCK;
  private static final int WINDOW = Pool5x5.WINDOW;
  private static final int RADIUS = Pool5x5.RADIUS;

  private final Nhwc in;
  private final ChannelFilter[] filters;
  private final Nhwc out;

  SimdChainedPooling(Nhwc in, ChannelFilter[] filters, Nhwc out) {
    this.in = in;
    this.filters = filters;
    this.out = out;
  }

  @Override
  public int parts() {
    return in.batch() * blocks();
  }

  private int blocks() {
    return Math.ceilDiv(out.stride(), BLOCK);
  }

  /** Floats of a row of one block. */
  private int line() {
    return in.width() * BLOCK;
  }

  /** A row that one stage hands to the next, then each stage's rows of maxima. */
  @Override
  public long scratchFloats() {
    return (long) in.width() * BLOCK * (1 + filters.length * WINDOW)
        + Pool5x5.orderedFloats(in.width());
  }

  /** Where the row that is being pooled lies as ordered integers. */
  private int ordered() {
    return line() * (1 + filters.length * WINDOW);
  }

  @Override
  public long macs() {
    return (long) filters.length * out.pixels() * out.stride();
  }

  @Override
  public long weightFloats() {
    return Arrays.stream(filters).mapToLong(ChannelFilter::floats).sum();
  }

  @Override
  public void run(int part, float[] scratch) {
    int image = part / blocks() * in.height();
    int first = part % blocks() * BLOCK;
    int channels = Math.min(BLOCK, out.stride() - first);
    int height = in.height();
    for (int step = 0; step < height + RADIUS * filters.length; step++) {
      for (int stage = 0; stage < filters.length; stage++) {
        int row = step - RADIUS * stage;
        int maxima = line() * (1 + stage * WINDOW);
        if (row >= 0 && row < height) {
          int to = maxima + row % WINDOW * line();
          if (stage == 0) {
            Pool5x5.row(
                in.data(),
                in.row(image + row) + first,
                in.stride(),
                in.width(),
                channels,
                scratch,
                ordered(),
                to);
          } else {
            Pool5x5.row(scratch, 0, BLOCK, in.width(), channels, scratch, ordered(), to);
          }
        }
        int done = row - RADIUS;
        if (done >= 0 && done < height) {
          for (int i = 0; i < channels; i += L) {
            sum(stage, image, done, first + i, maxima + i, i, scratch);
          }
        }
      }
    }
  }

  /** top = scale(maximum); sum = sum + top, for one row and one vector of channels. */
  private void sum(
      int stage, int image, int row, int channel, int maxima, int top, float[] scratch) {
    int line = line();
    int height = in.height();
    int r0 = maxima + Pool5x5.slot(row - 2, height) * line;
    int r1 = maxima + Pool5x5.slot(row - 1, height) * line;
    int r2 = maxima + Pool5x5.slot(row, height) * line;
    int r3 = maxima + Pool5x5.slot(row + 1, height) * line;
    int r4 = maxima + Pool5x5.slot(row + 2, height) * line;
    // The first stage adds to the input, the others to what is already in the output.
    Nhwc before = stage == 0 ? in : out;
    float[] sums = before.data();
    int a = before.row(image + row) + channel;
    int c = out.row(image + row) + channel;
    float[] result = out.data();
    FloatVector factor = FloatVector.fromArray(S, filters[stage].taps(), channel);
    FloatVector bias = FloatVector.fromArray(S, filters[stage].bias(), channel);
    for (int x = 0; x < in.width(); x++) {
      int i = x * BLOCK;
      FloatVector y =
          Pool5x5.column(scratch, r0 + i, r1 + i, r2 + i, r3 + i, r4 + i).fma(factor, bias);
      y.intoArray(scratch, top + i);
      FloatVector.fromArray(S, sums, a + x * before.stride())
          .add(y)
          .intoArray(result, c + x * out.stride());
    }
  }
}
