package dev.hydranet.engine.kernel.general;

import dev.hydranet.engine.graph.Normalize;
import dev.hydranet.engine.kernel.Kernel;
import dev.hydranet.engine.kernel.Parts;

/** Each line less its mean, over its standard deviation, times weights plus biases. */
public final class NormalizeLines implements Kernel {
  private final View in;
  private final View out;
  private final Lines from;
  private final Lines to;
  private final double eps;
  private final float[] weight;
  private final float[] bias;
  private final int[] weightOfLine;
  private final int[] weightOfElement;
  private final Parts parts;

  private NormalizeLines(
      View in,
      View out,
      boolean[] along,
      double eps,
      float[] weight,
      float[] bias,
      View weightIndices) {
    this.in = in;
    this.out = out;
    this.from = Lines.of(in, along);
    this.to = Lines.of(out, along);
    this.eps = eps;
    this.weight = weight;
    this.bias = bias;
    Lines weights = Lines.of(weightIndices, along);
    this.weightOfLine = weights.starts();
    this.weightOfElement = weights.offsets();
    this.parts = Parts.of(from.starts().length, from.starts().length, 1);
  }

  /** Layer normalisation: the lines are the last axes, each element has its weight. */
  public static NormalizeLines layer(
      Normalize.Layer op, float[] weight, float[] bias, View in, View out) {
    int rank = in.rank();
    boolean[] along = new boolean[rank];
    int[] strides = new int[rank];
    int stride = 1;
    for (int axis = rank - 1; axis >= rank - op.dims().size(); axis--) {
      along[axis] = true;
      strides[axis] = stride;
      stride *= in.dims()[axis];
    }
    View indices = new View(weight, 0, in.dims(), strides);
    return new NormalizeLines(in, out, along, op.eps(), weight, bias, indices);
  }

  /**
   * Group normalisation: the lines are a group's channels and pixels, each channel has a weight.
   */
  public static NormalizeLines group(
      Normalize.Group op, float[] weight, float[] bias, View in, View out) {
    int channels = op.channels() / op.groups();
    int rank = in.rank() + 1;
    boolean[] along = new boolean[rank];
    for (int axis = 2; axis < rank; axis++) {
      along[axis] = true;
    }
    int[] strides = new int[rank];
    strides[1] = channels;
    strides[2] = 1;
    View indices = new View(weight, 0, grouped(in, op.groups(), channels).dims(), strides);
    return new NormalizeLines(
        grouped(in, op.groups(), channels),
        grouped(out, op.groups(), channels),
        along,
        op.eps(),
        weight,
        bias,
        indices);
  }

  /** {@code [N, C, ...]} as {@code [N, groups, channels, ...]}. */
  private static View grouped(View view, int groups, int channels) {
    int rank = view.rank() + 1;
    int[] dims = new int[rank];
    int[] strides = new int[rank];
    for (int axis = 0; axis < view.rank(); axis++) {
      int to = axis < 2 ? axis : axis + 1;
      dims[to] = view.dims()[axis];
      strides[to] = view.strides()[axis];
    }
    dims[1] = groups;
    dims[2] = channels;
    strides[2] = view.strides()[1];
    strides[1] = channels * view.strides()[1];
    return new View(view.data(), view.offset(), dims, strides);
  }

  @Override
  public int parts() {
    return parts.count();
  }

  @Override
  public void run(int part, float[] scratch) {
    for (int line = parts.begin(part); line < parts.end(part); line++) {
      line(in.offset() + from.starts()[line], out.offset() + to.starts()[line], weightOfLine[line]);
    }
  }

  private void line(int a, int c, int w) {
    double sum = 0;
    for (int offset : from.offsets()) {
      sum += in.data()[a + offset];
    }
    int length = from.offsets().length;
    double mean = sum / length;
    double squares = 0;
    for (int offset : from.offsets()) {
      double x = in.data()[a + offset] - mean;
      squares += x * x;
    }
    double scale = 1 / Math.sqrt(squares / length + eps);
    for (int i = 0; i < length; i++) {
      double x = (in.data()[a + from.offsets()[i]] - mean) * scale;
      int at = w + weightOfElement[i];
      out.data()[c + to.offsets()[i]] = (float) (x * weight[at] + bias[at]);
    }
  }
}
