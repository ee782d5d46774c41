package dev.hydranet.engine.reference;

import dev.hydranet.engine.graph.Rearrange;
import dev.hydranet.engine.tensor.Shape;
import dev.hydranet.engine.tensor.Tensor;
import java.util.Arrays;
import java.util.List;

/** For each element of the output, the element of the input that it is. */
final class ReferenceRearrange {
  private ReferenceRearrange() {}

  /**
   * @param inputs one, and for Gather the indices; for Constant its value
   * @param out of the operator's shape
   */
  static void compute(Rearrange op, List<Tensor> inputs, Tensor out) {
    Tensor in = inputs.get(0);
    int[] strides = Strides.of(in.shape());
    int[] place = new int[out.shape().rank()];
    for (int i = 0; i < out.data().length; i++) {
      out.data()[i] =
          switch (op) {
            case Rearrange.Constant constant -> in.data()[i];
            case Rearrange.Reshape reshape -> in.data()[i];
            case Rearrange.Transpose transpose -> in.data()[transposed(transpose, strides, place)];
            case Rearrange.Slice slice -> in.data()[sliced(slice, strides, place)];
            case Rearrange.Pad pad -> padded(pad, in, strides, place);
            case Rearrange.Expand expand ->
                in.data()[Strides.index(place, Strides.broadcast(in.shape(), out.shape()))];
            case Rearrange.Tile tile -> in.data()[tiled(in.shape(), strides, place)];
            case Rearrange.DepthToSpace shuffle ->
                in.data()[shuffled(shuffle, in.shape(), strides, place)];
            case Rearrange.SpaceToDepth unshuffle ->
                in.data()[unshuffled(unshuffle, in.shape(), strides, place)];
            case Rearrange.Gather gather -> gathered(gather, in, inputs.get(1), strides, place);
            case Rearrange.Windows windows -> in.data()[windowed(windows, strides, place)];
            case Rearrange.GatherElements gather -> {
              int axis = gather.axis() < 0 ? gather.axis() + place.length : gather.axis();
              int[] at = place.clone();
              at[axis] = (int) inputs.get(1).data()[i];
              yield element(in, at);
            }
            case Rearrange.Scatter scatter -> throw new IllegalArgumentException(scatter.kind());
            case Rearrange.GatherNd gather -> gatheredAt(gather, in, inputs.get(1), place);
          };
      Strides.next(place, out.shape());
    }
  }

  private static int transposed(Rearrange.Transpose op, int[] strides, int[] place) {
    int index = 0;
    for (int axis = 0; axis < place.length; axis++) {
      index += place[axis] * strides[op.axes().get(axis)];
    }
    return index;
  }

  private static int sliced(Rearrange.Slice op, int[] strides, int[] place) {
    int index = 0;
    for (int axis = 0; axis < place.length; axis++) {
      index += (op.begins().get(axis) + place[axis] * op.steps().get(axis)) * strides[axis];
    }
    return index;
  }

  private static float padded(Rearrange.Pad op, Tensor in, int[] strides, int[] place) {
    int index = 0;
    for (int axis = 0; axis < place.length; axis++) {
      int extent = in.shape().dim(axis);
      int at = place[axis] - op.before().get(axis);
      boolean inside = at >= 0 && at < extent;
      if (!inside && op.mode() == Rearrange.Pad.Mode.CONSTANT) {
        return op.value();
      }
      int taken =
          switch (op.mode()) {
            case CONSTANT -> at;
            case EDGE -> Math.clamp(at, 0, extent - 1);
            case REFLECT -> at < 0 ? -at : at >= extent ? 2 * (extent - 1) - at : at;
            case WRAP -> Math.floorMod(at, extent);
          };
      index += taken * strides[axis];
    }
    return in.data()[index];
  }

  private static int tiled(Shape in, int[] strides, int[] place) {
    int index = 0;
    for (int axis = 0; axis < place.length; axis++) {
      index += place[axis] % in.dim(axis) * strides[axis];
    }
    return index;
  }

  private static float gathered(
      Rearrange.Gather op, Tensor in, Tensor indices, int[] strides, int[] place) {
    int axis = op.axis() < 0 ? op.axis() + in.shape().rank() : op.axis();
    int depth = indices.shape().rank();
    int[] at = new int[depth];
    System.arraycopy(place, axis, at, 0, depth);
    int taken = (int) indices.data()[Strides.index(at, Strides.of(indices.shape()))];
    int extent = in.shape().dim(axis);
    taken = taken < 0 ? taken + extent : taken;
    if (taken < 0 || taken >= extent) {
      return Float.NaN;
    }
    int index = taken * strides[axis];
    for (int i = 0; i < strides.length; i++) {
      if (i != axis) {
        index += place[i < axis ? i : i + depth - 1] * strides[i];
      }
    }
    return in.data()[index];
  }

  private static int shuffled(Rearrange.DepthToSpace op, Shape in, int[] strides, int[] place) {
    int block = op.block();
    int inBlock = place[2] % block * block + place[3] % block;
    int channels = in.channels() / (block * block);
    int channel =
        op.channelOutermost() ? place[1] * block * block + inBlock : inBlock * channels + place[1];
    return place[0] * strides[0]
        + channel * strides[1]
        + place[2] / block * strides[2]
        + place[3] / block * strides[3];
  }

  private static int windowed(Rearrange.Windows op, int[] strides, int[] place) {
    int row = place[2] * op.dilation().height() + place[4] * op.stride().height();
    int column = place[3] * op.dilation().width() + place[5] * op.stride().width();
    return place[0] * strides[0] + place[1] * strides[1] + row * strides[2] + column * strides[3];
  }

  private static float gatheredAt(Rearrange.GatherNd op, Tensor in, Tensor indices, int[] place) {
    int outer = indices.shape().rank() - 1;
    int depth = indices.shape().dim(outer);
    int[] at = new int[in.shape().rank()];
    System.arraycopy(place, 0, at, 0, op.batch());
    int[] row = Arrays.copyOf(place, outer + 1);
    for (int k = 0; k < depth; k++) {
      row[outer] = k;
      at[op.batch() + k] = (int) indices.data()[Strides.index(row, Strides.of(indices.shape()))];
    }
    int inner = op.batch() + depth;
    System.arraycopy(place, outer, at, inner, at.length - inner);
    return element(in, at);
  }

  /** The element at a place, where an index below 0 counts from the end; NaN outside. */
  private static float element(Tensor in, int[] place) {
    for (int axis = 0; axis < place.length; axis++) {
      int extent = in.shape().dim(axis);
      place[axis] += place[axis] < 0 ? extent : 0;
      if (place[axis] < 0 || place[axis] >= extent) {
        return Float.NaN;
      }
    }
    return in.data()[Strides.index(place, Strides.of(in.shape()))];
  }

  private static int unshuffled(Rearrange.SpaceToDepth op, Shape in, int[] strides, int[] place) {
    int block = op.block();
    int area = block * block;
    int inBlock = op.channelOutermost() ? place[1] % area : place[1] / in.channels();
    int channel = op.channelOutermost() ? place[1] / area : place[1] % in.channels();
    return place[0] * strides[0]
        + channel * strides[1]
        + (place[2] * block + inBlock / block) * strides[2]
        + (place[3] * block + inBlock % block) * strides[3];
  }
}
