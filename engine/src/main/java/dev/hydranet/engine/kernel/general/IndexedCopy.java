package dev.hydranet.engine.kernel.general;

import dev.hydranet.engine.graph.Rearrange;
import dev.hydranet.engine.kernel.Kernel;
import dev.hydranet.engine.kernel.Parts;
import java.util.Arrays;

/**
 * Moves elements: that at (i, j, ...) of the output is the one of the input whose index is the sum
 * of {@code offsets[0][i], offsets[1][j], ...}, or a constant where one of them says so. Whatever
 * picks, repeats, reverses or reorders along axes is such a sum.
 */
public final class IndexedCopy implements Kernel {
  /** Instead of an offset: the element is the constant. */
  private static final int CONSTANT = Integer.MIN_VALUE;

  private static final int PART = 8192;

  private final View in;
  private final int[][] offsets;
  private final View out;
  private final float constant;
  private final int inner;
  private final boolean dense;
  private final int rows;
  private final Parts parts;

  private IndexedCopy(View in, int[][] offsets, View out, float constant) {
    this.in = in;
    this.offsets = offsets;
    this.out = out;
    this.constant = constant;
    this.inner = innermost(out);
    int length = out.dims()[inner];
    this.dense = out.strides()[inner] == 1 && isDense(offsets[inner]);
    this.rows = length == 0 ? 0 : out.elements() / length;
    this.parts = Parts.of(rows, Math.max(1, PART / Math.max(1, length)), 1);
  }

  /** The axis whose elements are next to each other in memory; the longest if there are several. */
  private static int innermost(View view) {
    int best = 0;
    for (int axis = 1; axis < view.rank(); axis++) {
      boolean closer = view.strides()[axis] < view.strides()[best] && view.dims()[axis] > 1;
      if (closer || view.dims()[best] == 1) {
        best = axis;
      }
    }
    return best;
  }

  private static boolean isDense(int[] offsets) {
    for (int i = 0; i < offsets.length; i++) {
      if (offsets[i] == CONSTANT || offsets[i] != offsets[0] + i) {
        return false;
      }
    }
    return true;
  }

  /** Moves elements as an operator says; Reshape and the gathering ones are no such moves. */
  public static IndexedCopy of(Rearrange op, View in, View out) {
    return switch (op) {
      case Rearrange.Transpose transpose -> {
        int[][] offsets = new int[out.rank()][];
        for (int axis = 0; axis < offsets.length; axis++) {
          int from = transpose.axes().get(axis);
          offsets[axis] = along(out.dims()[axis], 0, in.strides()[from]);
        }
        yield at(in, offsets, out, 0);
      }
      case Rearrange.Slice slice -> {
        int[][] offsets = new int[out.rank()][];
        for (int axis = 0; axis < offsets.length; axis++) {
          int stride = in.strides()[axis];
          offsets[axis] =
              along(
                  out.dims()[axis],
                  slice.begins().get(axis) * stride,
                  slice.steps().get(axis) * stride);
        }
        yield at(in, offsets, out, 0);
      }
      case Rearrange.Pad pad -> {
        int[][] offsets = new int[out.rank()][];
        for (int axis = 0; axis < offsets.length; axis++) {
          offsets[axis] = padded(pad, axis, in, out.dims()[axis]);
        }
        yield at(in, offsets, out, pad.value());
      }
      case Rearrange.Expand expand -> copy(in.broadcast(out.dims()), out);
      case Rearrange.Tile tile -> {
        int[][] offsets = new int[out.rank()][];
        for (int axis = 0; axis < offsets.length; axis++) {
          offsets[axis] = new int[out.dims()[axis]];
          for (int i = 0; i < offsets[axis].length; i++) {
            offsets[axis][i] = i % in.dims()[axis] * in.strides()[axis];
          }
        }
        yield at(in, offsets, out, 0);
      }
      case Rearrange.DepthToSpace shuffle -> shuffled(shuffle, in, out);
      case Rearrange.SpaceToDepth unshuffle -> unshuffled(unshuffle, in, out);
      case Rearrange.Constant constant -> copy(in, out);
      case Rearrange.Reshape reshape -> throw new IllegalArgumentException(reshape.kind());
      case Rearrange.Gather gather -> throw new IllegalArgumentException(gather.kind());
      case Rearrange.GatherElements gather -> throw new IllegalArgumentException(gather.kind());
      case Rearrange.Scatter scatter -> throw new IllegalArgumentException(scatter.kind());
      case Rearrange.GatherNd gather -> throw new IllegalArgumentException(gather.kind());
      case Rearrange.Windows windows -> {
        int[] s = in.strides();
        int[] dims = out.dims();
        int[][] offsets = {
          along(dims[0], 0, s[0]),
          along(dims[1], 0, s[1]),
          along(dims[2], 0, windows.dilation().height() * s[2]),
          along(dims[3], 0, windows.dilation().width() * s[3]),
          along(dims[4], 0, windows.stride().height() * s[2]),
          along(dims[5], 0, windows.stride().width() * s[3])
        };
        yield at(in, offsets, out, 0);
      }
    };
  }

  /** Copies a tensor of equal extents. */
  public static IndexedCopy copy(View in, View out) {
    int[][] offsets = new int[out.rank()][];
    for (int axis = 0; axis < offsets.length; axis++) {
      offsets[axis] = along(out.dims()[axis], 0, in.strides()[axis]);
    }
    return at(in, offsets, out, 0);
  }

  private static IndexedCopy at(View in, int[][] offsets, View out, float constant) {
    if (out.rank() > 0) {
      return new IndexedCopy(in, offsets, out, constant);
    }
    View one = new View(out.data(), out.offset(), new int[] {1}, new int[] {1});
    return new IndexedCopy(in, new int[1][1], one, constant);
  }

  private static int[] along(int extent, int first, int step) {
    int[] offsets = new int[extent];
    for (int i = 0; i < extent; i++) {
      offsets[i] = first + i * step;
    }
    return offsets;
  }

  private static int[] padded(Rearrange.Pad pad, int axis, View in, int extent) {
    int[] offsets = new int[extent];
    int real = in.dims()[axis];
    for (int i = 0; i < extent; i++) {
      int at = i - pad.before().get(axis);
      int taken =
          switch (pad.mode()) {
            case CONSTANT -> at;
            case EDGE -> Math.clamp(at, 0, real - 1);
            case REFLECT -> at < 0 ? -at : at >= real ? 2 * (real - 1) - at : at;
            case WRAP -> Math.floorMod(at, real);
          };
      offsets[i] = taken < 0 || taken >= real ? CONSTANT : taken * in.strides()[axis];
    }
    return offsets;
  }

  private static IndexedCopy shuffled(Rearrange.DepthToSpace op, View in, View out) {
    int block = op.block();
    int channels = out.dims()[1];
    int channelStep = op.channelOutermost() ? block * block : 1;
    int placeStep = op.channelOutermost() ? 1 : channels;
    int[] s = in.strides();
    int[] rows = new int[out.dims()[2]];
    for (int y = 0; y < rows.length; y++) {
      rows[y] = y / block * s[2] + y % block * block * placeStep * s[1];
    }
    int[] columns = new int[out.dims()[3]];
    for (int x = 0; x < columns.length; x++) {
      columns[x] = x / block * s[3] + x % block * placeStep * s[1];
    }
    int[][] offsets = {
      along(out.dims()[0], 0, s[0]), along(channels, 0, channelStep * s[1]), rows, columns
    };
    return new IndexedCopy(in, offsets, out, 0);
  }

  private static IndexedCopy unshuffled(Rearrange.SpaceToDepth op, View in, View out) {
    int block = op.block();
    int channels = in.dims()[1];
    int[] s = in.strides();
    int[] depth = new int[out.dims()[1]];
    for (int c = 0; c < depth.length; c++) {
      int inBlock = op.channelOutermost() ? c % (block * block) : c / channels;
      int channel = op.channelOutermost() ? c / (block * block) : c % channels;
      depth[c] = channel * s[1] + inBlock / block * s[2] + inBlock % block * s[3];
    }
    int[][] offsets = {
      along(out.dims()[0], 0, s[0]),
      depth,
      along(out.dims()[2], 0, block * s[2]),
      along(out.dims()[3], 0, block * s[3])
    };
    return new IndexedCopy(in, offsets, out, 0);
  }

  @Override
  public int parts() {
    return parts.count();
  }

  @Override
  public void run(int part, float[] scratch) {
    for (int row = parts.begin(part); row < parts.end(part); row++) {
      int from = in.offset();
      int to = out.offset();
      int left = row;
      boolean constantRow = false;
      for (int axis = out.rank() - 1; axis >= 0; axis--) {
        if (axis != inner) {
          int i = left % out.dims()[axis];
          left /= out.dims()[axis];
          constantRow |= offsets[axis][i] == CONSTANT;
          from += offsets[axis][i];
          to += i * out.strides()[axis];
        }
      }
      copyRow(from, to, constantRow);
    }
  }

  private void copyRow(int from, int to, boolean constantRow) {
    int[] along = offsets[inner];
    int step = out.strides()[inner];
    if (constantRow && step == 1) {
      Arrays.fill(out.data(), to, to + along.length, constant);
    } else if (dense && !constantRow) {
      System.arraycopy(in.data(), from + along[0], out.data(), to, along.length);
    } else {
      for (int i = 0; i < along.length; i++) {
        out.data()[to + i * step] =
            constantRow || along[i] == CONSTANT ? constant : in.data()[from + along[i]];
      }
    }
  }
}
