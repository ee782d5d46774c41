package dev.hydranet.engine.kernel.simd.gemm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hydranet.engine.Engine;
import dev.hydranet.engine.kernel.Clamp;
import dev.hydranet.engine.kernel.PackedMatrix;
import dev.hydranet.engine.kernel.simd.vector.Vectors;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each tile alone against plain sums: depths, strides, offsets, and what it must not write. */
class TileTest {
  private static final int L = Vectors.LANES;

  /** A tile's method. */
  interface Run {
    void run(
        Gemm g,
        float[] in,
        int a,
        int w,
        int depth,
        float[] start,
        int j,
        boolean add,
        float[] out,
        int c);
  }

  /** All tiles. */
  enum Tile {
    TILE_5X4(5, 4, Tile5x4::run),
    TILE_2X4(2, 4, Tile2x4::run),
    TILE_3X3(3, 3, Tile3x3::run),
    TILE_6X2(6, 2, Tile6x2::run),
    TILE_4X2(4, 2, Tile4x2::run),
    TILE_6X1(6, 1, Tile6x1::run),
    TILE_1X1(
        1,
        1,
        (g, in, a, w, depth, start, j, add, out, c) ->
            Tile1x1.run(g, in, a, w, L, depth, start, j, add, out, c));

    private final int rows;
    private final int vectors;
    private final Run run;

    Tile(int rows, int vectors, Run run) {
      this.rows = rows;
      this.vectors = vectors;
      this.run = run;
    }
  }

  @ParameterizedTest
  @EnumSource
  void itsSumsAreThePlainOnes(Tile tile) {
    assumeTrue(Engine.info().simd());
    for (int depth : new int[] {1, 2, 3, 7, 16, 65}) {
      check(tile, depth, depth, 0, false);
      check(tile, depth, depth + 5, 3, true);
    }
  }

  private static void check(Tile tile, int depth, int inStride, int gap, boolean add) {
    int width = tile.vectors * L;
    int outStride = width + gap;
    SplittableRandom random = new SplittableRandom(depth);
    float[] weights = random(random, width * depth);
    PackedMatrix matrix = PackedMatrix.pack(weights, new float[width], depth, L, width);
    Gemm gemm = Gemm.of(matrix, inStride, null, Clamp.NONE, outStride);
    float[] in = random(random, 3 + tile.rows * inStride);
    float[] start = random(random, 2 + width);
    float[] out = random(random, 4 + tile.rows * outStride + L);
    float[] before = out.clone();
    tile.run.run(gemm, in, 3, 0, depth, start, 2, add, out, 4);
    for (int row = 0; row < tile.rows; row++) {
      for (int column = 0; column < width; column++) {
        int to = 4 + row * outStride + column;
        double sum = start[2 + column] + (add ? before[to] : 0);
        for (int k = 0; k < depth; k++) {
          sum += (double) in[3 + row * inStride + k] * weights[column * depth + k];
        }
        assertThat((double) out[to])
            .as("%s, depth %d, row %d, column %d", tile, depth, row, column)
            .isCloseTo(sum, within(1e-5));
        out[to] = before[to];
      }
    }
    assertThat(Arrays.equals(out, before)).as("%s writes elsewhere", tile).isTrue();
  }

  private static float[] random(SplittableRandom random, int length) {
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = (float) random.nextDouble(-1, 1);
    }
    return values;
  }
}
