package dev.hydranet.engine.kernel.simd;

import dev.hydranet.engine.graph.Upsample;
import dev.hydranet.engine.kernel.Clamp;
import dev.hydranet.engine.kernel.Nhwc;
import dev.hydranet.engine.kernel.PackedMatrix;
import dev.hydranet.engine.kernel.Resampling;
import dev.hydranet.engine.kernel.simd.gemm.Gemm;
import dev.hydranet.engine.kernel.simd.vector.HotLoop;
import dev.hydranet.engine.kernel.simd.vector.Vectors;
import java.util.Arrays;
import java.util.List;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Rows of a multi-resolution fusion, {@code clamp(pointwise(fine) + blend(coarse))}, computed when
 * they are asked for.
 */
final class FusionRows implements BlockRows {
  private static final VectorSpecies<Float> S = Vectors.SPECIES;
  private static final int L = S.length();
  private static final int BLOCK = Pool5x5.BLOCK;

  private final Nhwc coarse;
  private final Resampling resampling;
  private final Nhwc fine;
  private final Gemm[] blocks;
  private final Clamp clamp;

  /** With the convolution's weights for each block. */
  FusionRows(Nhwc coarse, Resampling resampling, Nhwc fine, PackedMatrix[] weights, Clamp clamp) {
    this.coarse = coarse;
    this.resampling = resampling;
    this.fine = fine;
    this.blocks =
        Arrays.stream(weights)
            .map(matrix -> Gemm.of(matrix, fine.stride(), null, Clamp.NONE, BLOCK))
            .toArray(Gemm[]::new);
    this.clamp = clamp;
  }

  @Override
  public long macs() {
    return Arrays.stream(blocks).mapToLong(block -> block.macs(fine.width())).sum() * fine.rows();
  }

  @Override
  public long weightFloats() {
    return Arrays.stream(blocks).mapToLong(block -> block.matrix().floats()).sum();
  }

  @Override
  public int row(int row, int block, float[] memory, int to) {
    Gemm gemm = blocks[block];
    gemm.run(fine.data(), fine.row(row), 0, memory, to, fine.width());
    for (int i = 0; i < gemm.matrix().columns(); i += L) {
      addBlend(row, block * BLOCK + i, memory, to + i);
    }
    return to;
  }

  @Override
  public float[] data(float[] memory) {
    return memory;
  }

  @Override
  public int stride() {
    return BLOCK;
  }

  /** row = clamp(row + blend(coarse)), for one vector of channels. */
  void addBlend(int row, int channel, float[] memory, int to) {
    int y = row % fine.height();
    int image = row / fine.height() * coarse.height();
    int top = coarse.row(image + resampling.y().low()[y]) + channel;
    int bottom = coarse.row(image + resampling.y().high()[y]) + channel;
    float down = resampling.y().weight()[y];
    float low = clamp.low();
    float high = clamp.high();
    float[] data = coarse.data();
    int[] lefts = resampling.x().low();
    int[] rights = resampling.x().high();
    float[] across = resampling.x().weight();
    int stride = coarse.stride();
    for (int x = 0; x < fine.width(); x++) {
      int left = lefts[x] * stride;
      int right = rights[x] * stride;
      float w = across[x];
      FloatVector above =
          FloatVector.fromArray(S, data, top + left)
              .mul(1 - w)
              .add(FloatVector.fromArray(S, data, top + right).mul(w));
      FloatVector below =
          FloatVector.fromArray(S, data, bottom + left)
              .mul(1 - w)
              .add(FloatVector.fromArray(S, data, bottom + right).mul(w));
      FloatVector sum =
          above
              .mul(1 - down)
              .add(below.mul(down))
              .add(FloatVector.fromArray(S, memory, to + x * BLOCK));
      sum = sum.blend(low, sum.compare(VectorOperators.LT, low));
      sum.blend(high, sum.compare(VectorOperators.GT, high)).intoArray(memory, to + x * BLOCK);
    }
  }

  /** Its hot loops. */
  static List<HotLoop> hotLoops() {
    FusionRows nothing = forWarmUp(HotLoop.noPixels());
    FusionRows something = forWarmUp(HotLoop.tensor());
    float[] row = new float[HotLoop.WIDTH * BLOCK];
    return List.of(
        new HotLoop(
            "FusionRows.addBlend",
            (times, rounds) -> {
              for (int turn = 0; turn < times; turn++) {
                (rounds == 0 ? nothing : something).addBlend(0, 0, row, 0);
              }
            }));
  }

  private static FusionRows forWarmUp(Nhwc both) {
    Nhwc any = HotLoop.tensor();
    Resampling resampling = Resampling.of(any, Upsample.Mode.BILINEAR, any);
    return new FusionRows(both, resampling, both, new PackedMatrix[0], Clamp.RELU6);
  }
}
