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
 * mix, so a part is a block of channels; what is kept, six rows of maxima for each stage and the
 * rows of sums that stages add to in turn, stays in the second-level cache.
 */
final class SimdChainedPooling implements Kernel {
  private static final VectorSpecies<Float> S = Vectors.SPECIES;
  private static final int L = S.length();
  private static final int BLOCK = Pool5x5.BLOCK;

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

  private int pairs() {
    return Math.ceilDiv(out.height(), 2);
  }

  private int pairFloats() {
    return PooledPairs.pairFloats(out.width());
  }

  /** A pair of rows as they come, a pair of ordered integers, and what each plane keeps. */
  @Override
  public long scratchFloats() {
    return plane(BLOCK);
  }

  /** Where one of the two rows of a block lies that is made here. */
  private int made(int row) {
    return row % 2 * BLOCK * out.width();
  }

  private int ordered() {
    return made(1) * 2;
  }

  /** Where the memory of a vector of channels begins: the maxima of each stage, then the sums. */
  private int plane(int i) {
    int kept = filters.length * PooledPairs.PAIRS + filters.length + 1;
    return ordered() + pairFloats() * (1 + i / L * kept);
  }

  private int maxima(int stage, int i) {
    return plane(i) + stage * PooledPairs.PAIRS * pairFloats();
  }

  /** Where the pair of sums lies that all stages add to; at first, what is pooled. */
  private int sums(int pair, int i) {
    return maxima(filters.length, i) + pair % (filters.length + 1) * pairFloats();
  }

  @Override
  public void run(int part, float[] scratch) {
    int image = part / blocks() * out.height();
    int block = part % blocks();
    int channels = Math.min(BLOCK, out.stride() - block * BLOCK);
    for (int step = 0; step < pairs() + filters.length; step++) {
      if (step < pairs()) {
        read(step, image, block, channels, scratch);
      }
      for (int stage = 0; stage < filters.length; stage++) {
        int pair = step - stage - 1;
        for (int i = 0; i < channels && pair >= 0 && pair < pairs(); i += L) {
          sum(stage, pair, block * BLOCK + i, i, scratch);
          if (stage + 1 < filters.length) {
            across(pair, stage + 1, i, scratch);
          } else {
            write(pair, image, block * BLOCK + i, i, scratch);
          }
        }
      }
    }
  }

  private void read(int pair, int image, int block, int channels, float[] scratch) {
    int y = 2 * pair;
    int second = Math.min(y + 1, out.height() - 1);
    int a0 = in.row(image + y, block, scratch, made(0));
    int a1 = y == second ? a0 : in.row(image + second, block, scratch, made(1));
    float[] from = in.data(scratch);
    for (int i = 0; i < channels; i += L) {
      int sum = sums(pair, i);
      PooledPairs.load(from, a0 + i, in.stride(), out.width(), scratch, sum, ordered());
      PooledPairs.load(from, a1 + i, in.stride(), out.width(), scratch, sum + L, ordered() + L);
      across(pair, 0, i, scratch);
    }
  }

  private void across(int pair, int stage, int i, float[] scratch) {
    PooledPairs.across(pair, out.height(), out.width(), scratch, ordered(), maxima(stage, i));
  }

  /** top = scale(maximum); sum = sum + top, for a pair of rows and one vector of channels. */
  void sum(int stage, int pair, int channel, int i, float[] scratch) {
    int above = maxima(stage, i) + PooledPairs.pair(pair - 1, out.width(), out.height());
    int here = maxima(stage, i) + PooledPairs.pair(pair, out.width(), out.height());
    int below = maxima(stage, i) + PooledPairs.pair(pair + 1, out.width(), out.height());
    int sums = sums(pair, i);
    int top = PooledPairs.first(ordered());
    int end = out.width() * PooledPairs.STEP;
    if (end == 0) {
      return;
    }
    FloatVector factor = FloatVector.fromArray(S, filters[stage].taps(), channel);
    FloatVector bias = FloatVector.fromArray(S, filters[stage].bias(), channel);
    for (int at = 0; at < end; at += PooledPairs.STEP) {
      IntVector p0 = FloatVector.fromArray(S, scratch, above + at).reinterpretAsInts();
      IntVector p1 = FloatVector.fromArray(S, scratch, above + at + L).reinterpretAsInts();
      IntVector p2 = FloatVector.fromArray(S, scratch, here + at).reinterpretAsInts();
      IntVector p3 = FloatVector.fromArray(S, scratch, here + at + L).reinterpretAsInts();
      IntVector p4 = FloatVector.fromArray(S, scratch, below + at).reinterpretAsInts();
      IntVector p5 = FloatVector.fromArray(S, scratch, below + at + L).reinterpretAsInts();
      IntVector both = p1.max(p2).max(p3.max(p4));
      IntVector max0 = both.max(p0);
      IntVector max1 = both.max(p5);
      IntVector flip0 = max0.lanewise(VectorOperators.ASHR, 31).and(Pool5x5.MAGNITUDE);
      IntVector flip1 = max1.lanewise(VectorOperators.ASHR, 31).and(Pool5x5.MAGNITUDE);
      FloatVector y1 =
          max1.lanewise(VectorOperators.XOR, flip1).reinterpretAsFloats().fma(factor, bias);
      FloatVector y0 =
          max0.lanewise(VectorOperators.XOR, flip0).reinterpretAsFloats().fma(factor, bias);
      FloatVector.fromArray(S, scratch, sums + at + L).add(y1).intoArray(scratch, sums + at + L);
      FloatVector.fromArray(S, scratch, sums + at).add(y0).intoArray(scratch, sums + at);
      y1 = y1.blend(Float.NaN, y1.compare(VectorOperators.NE, y1));
      y0 = y0.blend(Float.NaN, y0.compare(VectorOperators.NE, y0));
      IntVector bits1 = y1.reinterpretAsInts();
      IntVector bits0 = y0.reinterpretAsInts();
      flip1 = bits1.lanewise(VectorOperators.ASHR, 31).and(Pool5x5.MAGNITUDE);
      flip0 = bits0.lanewise(VectorOperators.ASHR, 31).and(Pool5x5.MAGNITUDE);
      bits1
          .lanewise(VectorOperators.XOR, flip1)
          .reinterpretAsFloats()
          .intoArray(scratch, top + at + L);
      bits0.lanewise(VectorOperators.XOR, flip0).reinterpretAsFloats().intoArray(scratch, top + at);
    }
  }

  private void write(int pair, int image, int channel, int i, float[] scratch) {
    for (int y = 2 * pair; y < Math.min(2 * pair + 2, out.height()); y++) {
      write(scratch, sums(pair, i) + y % 2 * L, out.row(image + y) + channel);
    }
  }

  void write(float[] scratch, int a, int c) {
    for (int x = 0; x < out.width(); x++) {
      FloatVector.fromArray(S, scratch, a + x * PooledPairs.STEP)
          .intoArray(out.data(), c + x * out.stride());
    }
  }

  /** Its hot loops. */
  static List<HotLoop> hotLoops() {
    SimdChainedPooling nothing = forWarmUp(HotLoop.noPixels());
    SimdChainedPooling something = forWarmUp(HotLoop.tensor());
    float[] scratch = new float[(int) something.scratchFloats()];
    int lastPair = HotLoop.HEIGHT / 2 - 1;
    return List.of(
        new HotLoop(
            "SimdChainedPooling.sum",
            (times, rounds) -> {
              for (int turn = 0; turn < times; turn++) {
                // At the image's top and at its bottom.
                int pair = turn % 2 * lastPair;
                (rounds == 0 ? nothing : something).sum(turn % 2, pair, 0, 0, scratch);
              }
            }),
        new HotLoop(
            "SimdChainedPooling.write",
            (times, rounds) -> {
              for (int turn = 0; turn < times; turn++) {
                (rounds == 0 ? nothing : something).write(scratch, 0, 0);
              }
            }));
  }

  private static SimdChainedPooling forWarmUp(Nhwc both) {
    ChannelFilter factor =
        new ChannelFilter(new float[HotLoop.CHANNELS], new float[HotLoop.CHANNELS]);
    return new SimdChainedPooling(BlockRows.of(both), new ChannelFilter[] {factor, factor}, both);
  }
}
