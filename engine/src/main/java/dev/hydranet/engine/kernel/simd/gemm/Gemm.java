package dev.hydranet.engine.kernel.simd.gemm;

import dev.hydranet.engine.kernel.Clamp;
import dev.hydranet.engine.kernel.Nhwc;
import dev.hydranet.engine.kernel.PackedMatrix;
import dev.hydranet.engine.kernel.Parts;
import dev.hydranet.engine.kernel.simd.vector.HotLoop;
import dev.hydranet.engine.kernel.simd.vector.Vectors;
import java.util.ArrayList;
import java.util.List;

/**
 * A matrix product over a run of pixels: {@code out[p] = clamp(in[p] * weights + bias +
 * residual[p])}. It goes panel by panel, so that a panel's weights stay in cache while the pixels
 * of the run pass.
 *
 * <p>A sum goes up the depth in blocks, each a separate chain of multiply-adds; what rounding loses
 * grows with the square root of a chain's length. All outputs are summed in the same order, in
 * whatever tile they fall: so the result does not depend on how pixels are divided.
 *
 * @param inStride floats from one pixel's inputs to the next's
 * @param residual null if absent
 * @param outStride floats from one pixel's outputs to the next's
 * @param block terms in a block of the depth
 * @param zeros what a block other than the first starts from
 */
public record Gemm(
    PackedMatrix matrix,
    int inStride,
    float[] residual,
    int residualStride,
    int outStride,
    Clamp clamp,
    int block,
    float[] zeros) {

  /** Pixels that any tile divides: a good length of a run. */
  public static final int STEP = 30;

  /** Terms in a block, about: enough that adding blocks up costs little. */
  private static final int BLOCK = 128;

  private static final int L = Vectors.LANES;

  public static Gemm of(
      PackedMatrix matrix, int inStride, Nhwc residual, Clamp clamp, int outStride) {
    return of(matrix, inStride, residual, clamp, outStride, BLOCK);
  }

  /** With blocks of about that many terms. */
  public static Gemm of(
      PackedMatrix matrix, int inStride, Nhwc residual, Clamp clamp, int outStride, int terms) {
    return new Gemm(
        matrix,
        inStride,
        residual == null ? null : residual.data(),
        residual == null ? 0 : residual.stride(),
        outStride,
        clamp,
        Math.ceilDiv(matrix.depth(), Math.max(1, Math.round((float) matrix.depth() / terms))),
        new float[matrix.columns()]);
  }

  /**
   * Computes a run of pixels. Where they are no multiple of the tile, the last tile overlaps the
   * one before: it computes the same values again.
   *
   * @param a the first input of the first pixel
   * @param r the first residual of the first pixel
   * @param c the first output of the first pixel
   */
  public void run(float[] in, int a, int r, float[] out, int c, int pixels) {
    int width;
    for (int j = 0; j < matrix.columns(); j += width) {
      width = matrix.panelWidth(j);
      if (pixels < rows(width)) {
        single(in, a, j, width, r, out, c, pixels);
      } else {
        panel(in, a, j, width, r, out, c, pixels);
      }
    }
  }

  /** Pixels in a tile for a panel. */
  private int rows(int width) {
    return switch (width / L) {
      case 4 -> isNarrow() ? Tile2x4.ROWS : Tile5x4.ROWS;
      case 3 -> Tile3x3.ROWS;
      case 2 -> isNarrow() ? Tile4x2.ROWS : Tile6x2.ROWS;
      default -> Tile6x1.ROWS;
    };
  }

  /** Whether tiles are for 16 vector registers. */
  private boolean isNarrow() {
    return matrix.panel() == 3 * L;
  }

  /** Multiply-adds that {@link #run} does for runs of such lengths. */
  public long macs(Parts runs) {
    int last = runs.count() - 1;
    return last * macs(runs.size()) + macs(runs.end(last) - runs.begin(last));
  }

  /** Multiply-adds that {@link #run} does, with those of the last tile that overlap. */
  public long macs(int pixels) {
    long macs = 0;
    int width;
    for (int j = 0; j < matrix.columns(); j += width) {
      width = matrix.panelWidth(j);
      int rows = rows(width);
      int computed = pixels < rows ? pixels : Math.ceilDiv(pixels, rows) * rows;
      macs += (long) computed * matrix.depth() * width;
    }
    return macs;
  }

  private void panel(float[] in, int a, int j, int width, int r, float[] out, int c, int pixels) {
    int rows = rows(width);
    int whole = pixels - pixels % rows;
    rows(in, a, j, width, r, out, c, whole);
    if (whole < pixels) {
      int p = pixels - rows;
      rows(in, a + p * inStride, j, width, r + p * residualStride, out, c + p * outStride, rows);
    }
  }

  private void rows(float[] in, int a, int j, int width, int r, float[] out, int c, int pixels) {
    int rows = rows(width);
    for (int k = 0; k < matrix.depth(); k += block) {
      boolean last = k + block >= matrix.depth();
      for (int p = 0; p < pixels; p += rows) {
        int to = c + p * outStride + j;
        tile(in, a + p * inStride + k, j, width, k, out, to);
        if (last) {
          finish(r + p * residualStride + j, out, to, rows, width);
        }
      }
    }
  }

  private void tile(float[] in, int a, int j, int width, int k, float[] out, int c) {
    int w = j * matrix.depth() + k * width;
    int depth = Math.min(block, matrix.depth() - k);
    float[] start = k == 0 ? matrix.bias() : zeros;
    boolean add = k > 0;
    switch (width / L) {
      case 4 -> {
        if (isNarrow()) {
          Tile2x4.run(this, in, a, w, depth, start, j, add, out, c);
        } else {
          Tile5x4.run(this, in, a, w, depth, start, j, add, out, c);
        }
      }
      case 3 -> Tile3x3.run(this, in, a, w, depth, start, j, add, out, c);
      case 2 -> {
        if (isNarrow()) {
          Tile4x2.run(this, in, a, w, depth, start, j, add, out, c);
        } else {
          Tile6x2.run(this, in, a, w, depth, start, j, add, out, c);
        }
      }
      default -> Tile6x1.run(this, in, a, w, depth, start, j, add, out, c);
    }
  }

  private void single(float[] in, int a, int j, int width, int r, float[] out, int c, int pixels) {
    for (int p = 0; p < pixels; p++) {
      int from = a + p * inStride;
      int to = c + p * outStride + j;
      for (int k = 0; k < matrix.depth(); k += block) {
        int w = j * matrix.depth() + k * width;
        int depth = Math.min(block, matrix.depth() - k);
        float[] start = k == 0 ? matrix.bias() : zeros;
        for (int v = 0; v < width; v += L) {
          Tile1x1.run(this, in, from + k, w + v, width, depth, start, j + v, k > 0, out, to + v);
        }
      }
    }
    finish(r + j, out, c + j, pixels, width);
  }

  private void finish(int r, float[] out, int c, int rows, int width) {
    if (residual != null) {
      Finish.addAndClamp(this, r, out, c, rows, width);
    } else if (clamp != Clamp.NONE) {
      Finish.clamp(this, out, c, rows, width);
    }
  }

  /**
   * The hot loops of a matrix of such panels; the largest first: while it is compiled, the others
   * become ready to be.
   */
  public static List<HotLoop> hotLoops(int panel) {
    int channels = HotLoop.CHANNELS;
    float[] weights = new float[channels * channels];
    PackedMatrix matrix = PackedMatrix.pack(weights, new float[channels], channels, L, channels);
    Nhwc in = HotLoop.tensor();
    Gemm gemm = Gemm.of(matrix, channels, in, Clamp.RELU6, channels);
    float[] a = in.data();
    float[] bias = matrix.bias();
    float[] c = HotLoop.tensor().data();
    List<HotLoop> loops = new ArrayList<>();
    if (panel == 4 * L) {
      loops.add(
          new HotLoop(
              "Tile5x4.run",
              (times, rounds) -> {
                for (int turn = 0; turn < times; turn++) {
                  Tile5x4.run(gemm, a, 0, 0, rounds, bias, 0, turn % 2 == 1, c, 0);
                }
              }));
    }
    if (panel == 3 * L) {
      loops.add(
          new HotLoop(
              "Tile3x3.run",
              (times, rounds) -> {
                for (int turn = 0; turn < times; turn++) {
                  Tile3x3.run(gemm, a, 0, 0, rounds, bias, 0, turn % 2 == 1, c, 0);
                }
              }));
      loops.add(
          new HotLoop(
              "Tile2x4.run",
              (times, rounds) -> {
                for (int turn = 0; turn < times; turn++) {
                  Tile2x4.run(gemm, a, 0, 0, rounds, bias, 0, turn % 2 == 1, c, 0);
                }
              }));
    }
    loops.add(
        new HotLoop(
            "Finish.clamp",
            (times, rounds) -> {
              for (int turn = 0; turn < times; turn++) {
                Finish.clamp(gemm, c, 0, Math.min(rounds, 5), channels);
              }
            }));
    loops.add(
        new HotLoop(
            "Finish.addAndClamp",
            (times, rounds) -> {
              for (int turn = 0; turn < times; turn++) {
                Finish.addAndClamp(gemm, 0, c, 0, Math.min(rounds, 5), channels);
              }
            }));
    if (panel == 3 * L) {
      loops.add(
          new HotLoop(
              "Tile4x2.run",
              (times, rounds) -> {
                for (int turn = 0; turn < times; turn++) {
                  Tile4x2.run(gemm, a, 0, 0, rounds, bias, 0, turn % 2 == 1, c, 0);
                }
              }));
    } else {
      loops.add(
          new HotLoop(
              "Tile6x2.run",
              (times, rounds) -> {
                for (int turn = 0; turn < times; turn++) {
                  Tile6x2.run(gemm, a, 0, 0, rounds, bias, 0, turn % 2 == 1, c, 0);
                }
              }));
    }
    loops.add(
        new HotLoop(
            "Tile6x1.run",
            (times, rounds) -> {
              for (int turn = 0; turn < times; turn++) {
                Tile6x1.run(gemm, a, 0, 0, rounds, bias, 0, turn % 2 == 1, c, 0);
              }
            }));
    loops.add(
        new HotLoop(
            "Tile1x1.run",
            (times, rounds) -> {
              for (int turn = 0; turn < times; turn++) {
                Tile1x1.run(gemm, a, 0, 0, L, rounds, bias, 0, turn % 2 == 1, c, 0);
              }
            }));
    return loops;
  }
}
