package dev.hydranet.engine.kernel.simd;

import dev.hydranet.engine.kernel.ChannelFilter;
import dev.hydranet.engine.kernel.Kernel;
import dev.hydranet.engine.kernel.Nhwc;
import dev.hydranet.engine.kernel.simd.vector.HotLoop;
import dev.hydranet.engine.kernel.simd.vector.Vectors;
import java.util.Arrays;
import java.util.List;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Chained residual pooling with a factor a channel, all stages in one pass down the image, two rows
 * at a time: stage s works two rows above stage s - 1, on what that has just made. Channels do not
 * mix, so a part is a block of channels; what the stages keep, six rows of maxima and four of sums
 * each, stays in the second-level cache.
 */
final class SimdChainedPooling implements Kernel {
  private static final VectorSpecies<Float> S = Vectors.SPECIES;
  private static final int L = S.length();
  private static final int BLOCK = Pool5x5.BLOCK;

  /** Rows that a stage makes at a time, and how far it is behind the one before. */
  private static final int PAIR = 2;

  /** Rows of sums: the pair that a stage adds to and the pair that the one before is making. */
  private static final int SUMS = 2 * PAIR;

  private final BlockRows in;
  private final ChannelFilter[] filters;
  private final Nhwc out;

  SimdChainedPooling(BlockRows in, ChannelFilter[] filters, Nhwc out) {
    this.in = in;
    this.filters = filters;
    this.out = out;
  }

  @Override
  public int parts() {
    return out.batch() * blocks();
  }

  private int blocks() {
    return Math.ceilDiv(out.stride(), BLOCK);
  }

  @Override
  public long macs() {
    return in.macs() + (long) filters.length * out.pixels() * out.stride();
  }

  @Override
  public long weightFloats() {
    return in.weightFloats() + Arrays.stream(filters).mapToLong(ChannelFilter::floats).sum();
  }

  /** Floats of a row of one block. */
  private int line() {
    return (int) Pool5x5.maximaFloats(out.width());
  }

  /** Each stage's rows of maxima and of sums; then the pair that one stage hands to the next. */
  @Override
  public long scratchFloats() {
    return Pool5x5.maximaFloats(out.width()) * rows() + Pool5x5.orderedFloats(out.width());
  }

  private int maxima(int stage, int row) {
    return line() * (stage * Pool5x5.ROWS + Pool5x5.slot(row, out.height()));
  }

  /** Where the sum lies that a stage adds to; the first stage's is what is pooled. */
  private int sums(int stage, int row) {
    return line() * (filters.length * Pool5x5.ROWS + stage * SUMS + row % SUMS);
  }

  private int top(int row) {
    return line() * (filters.length * (Pool5x5.ROWS + SUMS) + row % PAIR);
  }

  /** Where the row that is being pooled lies as ordered integers. */
  private int ordered() {
    return line() * rows();
  }

  private int rows() {
    return filters.length * (Pool5x5.ROWS + SUMS) + PAIR;
  }

  @Override
  public void run(int part, float[] scratch) {
    int image = part / blocks() * out.height();
    int block = part % blocks();
    int channels = Math.min(BLOCK, out.stride() - block * BLOCK);
    int height = out.height();
    for (int step = 0; step < height + PAIR * filters.length; step += PAIR) {
      for (int y = step; y < Math.min(step + PAIR, height); y++) {
        in.row(image + y, block, scratch, sums(0, y));
      }
      for (int stage = 0; stage < filters.length; stage++) {
        int row = step - PAIR * stage;
        for (int y = Math.max(0, row); y < Math.min(row + PAIR, height); y++) {
          int from = stage == 0 ? sums(0, y) : top(y);
          int to = maxima(stage, y);
          Pool5x5.row(scratch, from, BLOCK, out.width(), channels, scratch, ordered(), to);
        }
        int done = row - PAIR;
        for (int i = 0; i < channels && done >= 0 && done < height; i += L) {
          sum(stage, image, done, block * BLOCK, i, scratch);
        }
      }
    }
  }

  /**
   * top = scale(maximum); sum = sum + top, for two rows and one vector of channels. Where there is
   * no second row, the first is written over what was computed for it.
   */
  void sum(int stage, int image, int row, int first, int i, float[] scratch) {
    int second = Math.min(row + 1, out.height() - 1);
    int r0 = maxima(stage, row - 2) + i;
    int r1 = maxima(stage, row - 1) + i;
    int r2 = maxima(stage, row) + i;
    int r3 = maxima(stage, row + 1) + i;
    int r4 = maxima(stage, row + 2) + i;
    int r5 = maxima(stage, row + 3) + i;
    int a0 = sums(stage, row) + i;
    int a1 = sums(stage, second) + i;
    boolean last = stage == filters.length - 1;
    float[] result = last ? out.data() : scratch;
    int c0 = last ? out.row(image + row) + first + i : sums(stage + 1, row) + i;
    int c1 = last ? out.row(image + second) + first + i : sums(stage + 1, second) + i;
    int stride = last ? out.stride() : BLOCK;
    int top0 = top(row) + i;
    int top1 = top(row + 1) + i;
    if (out.width() == 0) {
      return;
    }
    FloatVector factor = FloatVector.fromArray(S, filters[stage].taps(), first + i);
    FloatVector bias = FloatVector.fromArray(S, filters[stage].bias(), first + i);
    for (int x = 0; x < out.width(); x++) {
      int at = x * BLOCK;
      IntVector p0 = FloatVector.fromArray(S, scratch, r0 + at).reinterpretAsInts();
      IntVector p1 = FloatVector.fromArray(S, scratch, r1 + at).reinterpretAsInts();
      IntVector p2 = FloatVector.fromArray(S, scratch, r2 + at).reinterpretAsInts();
      IntVector p3 = FloatVector.fromArray(S, scratch, r3 + at).reinterpretAsInts();
      IntVector p4 = FloatVector.fromArray(S, scratch, r4 + at).reinterpretAsInts();
      IntVector p5 = FloatVector.fromArray(S, scratch, r5 + at).reinterpretAsInts();
      IntVector both = p1.max(p2).max(p3.max(p4));
      IntVector max0 = both.max(p0);
      IntVector max1 = both.max(p5);
      IntVector flip0 = max0.lanewise(VectorOperators.ASHR, 31).and(Pool5x5.MAGNITUDE);
      IntVector flip1 = max1.lanewise(VectorOperators.ASHR, 31).and(Pool5x5.MAGNITUDE);
      FloatVector y1 =
          max1.lanewise(VectorOperators.XOR, flip1).reinterpretAsFloats().fma(factor, bias);
      FloatVector y0 =
          max0.lanewise(VectorOperators.XOR, flip0).reinterpretAsFloats().fma(factor, bias);
      FloatVector sum1 = FloatVector.fromArray(S, scratch, a1 + at).add(y1);
      FloatVector sum0 = FloatVector.fromArray(S, scratch, a0 + at).add(y0);
      sum1.intoArray(result, c1 + x * stride);
      sum0.intoArray(result, c0 + x * stride);
      y1.intoArray(scratch, top1 + at);
      y0.intoArray(scratch, top0 + at);
    }
  }

  /** Its hot loops. */
  static List<HotLoop> hotLoops() {
    SimdChainedPooling nothing = forWarmUp(HotLoop.noPixels());
    SimdChainedPooling something = forWarmUp(HotLoop.tensor());
    float[] scratch = new float[(int) something.scratchFloats()];
    return List.of(
        new HotLoop(
            "SimdChainedPooling.sum",
            (times, rounds) -> {
              for (int turn = 0; turn < times; turn++) {
                (rounds == 0 ? nothing : something).sum(turn % 2, 0, 0, 0, 0, scratch);
              }
            }));
  }

  private static SimdChainedPooling forWarmUp(Nhwc both) {
    ChannelFilter factor =
        new ChannelFilter(new float[HotLoop.CHANNELS], new float[HotLoop.CHANNELS]);
    return new SimdChainedPooling(BlockRows.of(both), new ChannelFilter[] {factor, factor}, both);
  }
}
