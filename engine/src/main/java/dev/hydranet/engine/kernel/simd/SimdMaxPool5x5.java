package dev.hydranet.engine.kernel.simd;

import dev.hydranet.engine.kernel.Kernel;
import dev.hydranet.engine.kernel.Nhwc;
import dev.hydranet.engine.kernel.simd.vector.HotLoop;
import dev.hydranet.engine.kernel.simd.vector.Vectors;
import java.util.List;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Max-pooling 5x5, stride 1, padding 2. A part is a block of channels; it goes down the image two
 * rows at a time with the last six rows of row maxima, so that every pixel is loaded once.
 */
final class SimdMaxPool5x5 implements Kernel {
  private static final VectorSpecies<Float> S = Vectors.SPECIES;
  private static final int L = S.length();
  private static final int BLOCK = Pool5x5.BLOCK;

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
    return (int) Pool5x5.maximaFloats(in.width());
  }

  /** The row maxima, then the row that they are made from. */
  @Override
  public long scratchFloats() {
    return Pool5x5.maximaFloats(in.width()) * Pool5x5.ROWS + Pool5x5.orderedFloats(in.width());
  }

  @Override
  public void run(int part, float[] scratch) {
    int image = part / blocks() * in.height();
    int first = part % blocks() * BLOCK;
    int channels = Math.min(BLOCK, out.stride() - first);
    for (int row = 0; row < in.height() + 2; row += 2) {
      for (int y = row; y < Math.min(row + 2, in.height()); y++) {
        int a = in.row(image + y) + first;
        int to = Pool5x5.slot(y, in.height()) * line();
        int ordered = Pool5x5.ROWS * line();
        Pool5x5.row(in.data(), a, in.stride(), in.width(), channels, scratch, ordered, to);
      }
      for (int i = 0; i < channels && row >= 2; i += L) {
        columns(row - 2, i, image, first + i, scratch);
      }
    }
  }

  /** Two rows of the output, of one vector of channels. */
  void columns(int row, int i, int image, int channel, float[] maxima) {
    int line = line();
    int height = in.height();
    int r0 = i + Pool5x5.slot(row - 2, height) * line;
    int r1 = i + Pool5x5.slot(row - 1, height) * line;
    int r2 = i + Pool5x5.slot(row, height) * line;
    int r3 = i + Pool5x5.slot(row + 1, height) * line;
    int r4 = i + Pool5x5.slot(row + 2, height) * line;
    int r5 = i + Pool5x5.slot(row + 3, height) * line;
    int c0 = out.row(image + row) + channel;
    int c1 = out.row(image + Math.min(row + 1, height - 1)) + channel;
    float[] result = out.data();
    for (int x = 0; x < out.width(); x++) {
      int at = x * BLOCK;
      int to = x * out.stride();
      IntVector p0 = FloatVector.fromArray(S, maxima, r0 + at).reinterpretAsInts();
      IntVector p1 = FloatVector.fromArray(S, maxima, r1 + at).reinterpretAsInts();
      IntVector p2 = FloatVector.fromArray(S, maxima, r2 + at).reinterpretAsInts();
      IntVector p3 = FloatVector.fromArray(S, maxima, r3 + at).reinterpretAsInts();
      IntVector p4 = FloatVector.fromArray(S, maxima, r4 + at).reinterpretAsInts();
      IntVector p5 = FloatVector.fromArray(S, maxima, r5 + at).reinterpretAsInts();
      IntVector both = p1.max(p2).max(p3.max(p4));
      IntVector max0 = both.max(p0);
      IntVector max1 = both.max(p5);
      IntVector flip0 = max0.lanewise(VectorOperators.ASHR, 31).and(Pool5x5.MAGNITUDE);
      IntVector flip1 = max1.lanewise(VectorOperators.ASHR, 31).and(Pool5x5.MAGNITUDE);
      // Where there is no second row, the first is written over what was computed for it.
      max1.lanewise(VectorOperators.XOR, flip1).reinterpretAsFloats().intoArray(result, c1 + to);
      max0.lanewise(VectorOperators.XOR, flip0).reinterpretAsFloats().intoArray(result, c0 + to);
    }
  }

  /** Its hot loops. */
  static List<HotLoop> hotLoops() {
    Nhwc none = HotLoop.noPixels();
    SimdMaxPool5x5 nothing = new SimdMaxPool5x5(none, none);
    SimdMaxPool5x5 something = new SimdMaxPool5x5(HotLoop.tensor(), HotLoop.tensor());
    float[] maxima = new float[(int) something.scratchFloats()];
    return List.of(
        new HotLoop(
            "SimdMaxPool5x5.columns",
            (times, rounds) -> {
              for (int turn = 0; turn < times; turn++) {
                (rounds == 0 ? nothing : something).columns(0, 0, 0, 0, maxima);
              }
            }));
  }
}
