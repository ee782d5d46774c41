package dev.hydranet.engine.graph;

import dev.hydranet.engine.tensor.Shape;
import java.util.List;

/**
 * Resizing along any axes, one after the other, as ONNX's {@code Resize} defines it. See {@link
 * Upsample} for the ways that networks of PyTorch usually take.
 *
 * @param mode how values between elements are made
 * @param coordinates where an element of the output lies in the input
 * @param rounding which element is nearest, in mode {@code NEAREST}
 * @param cubic the constant a of mode {@code CUBIC}, usually -0.75 or -0.5
 * @param excludeOutside whether elements outside of the input have no weight, in mode {@code
 *     CUBIC}; otherwise they are the outermost ones
 * @param antialias whether elements of a smaller output are made of all that they stand for, in
 *     modes {@code LINEAR} and {@code CUBIC}
 * @param region in coordinates {@code TF_CROP_AND_RESIZE} the part that is resized, 0 and 1 being
 *     the outermost elements: for each axis its start, then for each its end; else empty
 * @param outside what elements are that lie outside of the input, in the same coordinates
 * @param dims extents of the output
 * @param scales for each axis, how many elements of the output lie along one of the input
 */
public record Resize(
    Mode mode,
    Coordinates coordinates,
    Rounding rounding,
    float cubic,
    boolean excludeOutside,
    boolean antialias,
    List<Float> region,
    float outside,
    List<Integer> dims,
    List<Float> scales)
    implements Op {
  /**
   * Coordinates are rounded to float32, in each runtime differently: that moves a blend as much as
   * the errors of this many terms move a sum.
   */
  private static final long COORDINATES = 4096;

  /** How values between elements are made. */
  public enum Mode {
    /** The nearest element. */
    NEAREST,
    /** A blend of two. */
    LINEAR,
    /** A blend of four (Keys, 1981). */
    CUBIC
  }

  /** Where element i of the output lies in the input. */
  public enum Coordinates {
    /** (i + 1/2) / scale - 1/2. */
    HALF_PIXEL,
    /** As {@code HALF_PIXEL} about the middle of the input, also where the extent was rounded. */
    HALF_PIXEL_SYMMETRIC,
    /** As {@code HALF_PIXEL}, but 0 where the output has one element. */
    PYTORCH_HALF_PIXEL,
    /** (i + 1/2) / scale. */
    TF_HALF_PIXEL_FOR_NN,
    /** i * (in - 1) / (out - 1). */
    ALIGN_CORNERS,
    /** i / scale. */
    ASYMMETRIC,
    /** As {@code ALIGN_CORNERS} in a part of the input. */
    TF_CROP_AND_RESIZE
  }

  /** Which element is nearest. */
  public enum Rounding {
    /** The nearer one, the lower of two. */
    ROUND_PREFER_FLOOR,
    /** The nearer one, the higher of two. */
    ROUND_PREFER_CEIL,
    /** The one below. */
    FLOOR,
    /** The one above. */
    CEIL
  }

  /**
   * What each element of the output is made of, along one axis.
   *
   * @param indices for each element of the output, elements of the input; none if it lies outside
   * @param weights for each of them, its weight
   */
  public record Taps(int[][] indices, float[][] weights) {}

  /**
   * Copies the lists.
   *
   * @throws IllegalArgumentException if their lengths differ or a scale is not positive and finite
   */
  public Resize {
    dims = List.copyOf(dims);
    scales = List.copyOf(scales);
    region = List.copyOf(region);
    boolean cropped = coordinates == Coordinates.TF_CROP_AND_RESIZE;
    if (region.size() != (cropped ? 2 * dims.size() : 0)) {
      throw new IllegalArgumentException("expected a region with the coordinates, found " + region);
    }
    if (dims.size() != scales.size()
        || !scales.stream().allMatch(scale -> scale > 0 && scale <= Float.MAX_VALUE)) {
      throw new IllegalArgumentException(
          "expected an extent and a positive scale for each axis, found extents "
              + dims
              + ", scales "
              + scales);
    }
  }

  /**
   * Without antialiasing, of the whole input.
   *
   * @param mode how values between elements are made
   * @param coordinates where an element of the output lies in the input
   * @param rounding which element is nearest
   * @param cubic the constant a of mode {@code CUBIC}
   * @param excludeOutside whether elements outside of the input have no weight
   * @param dims extents of the output
   * @param scales for each axis, how many elements of the output lie along one of the input
   */
  public Resize(
      Mode mode,
      Coordinates coordinates,
      Rounding rounding,
      float cubic,
      boolean excludeOutside,
      List<Integer> dims,
      List<Float> scales) {
    this(mode, coordinates, rounding, cubic, excludeOutside, false, List.of(), 0, dims, scales);
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    Shape in = Inputs.rank(Inputs.one(inputs), dims.size());
    Shape out = Inputs.shape(dims);
    if (in.elementCount() == 0 && out.elementCount() > 0) {
      throw new IllegalArgumentException("expected at least one element, found shape " + in);
    }
    return out;
  }

  @Override
  public long summands(List<Shape> inputs) {
    return mode == Mode.NEAREST ? 0 : COORDINATES;
  }

  /**
   * {@return whether an axis stays as it is}
   *
   * @param axis from 0
   * @param in extent of the input along it
   */
  public boolean keeps(int axis, int in) {
    boolean whole =
        region.isEmpty() || (region.get(axis) == 0 && region.get(dims.size() + axis) == 1);
    return dims.get(axis) == in && scales.get(axis) == 1 && whole;
  }

  /**
   * {@return what the output is made of along one axis}
   *
   * @param axis from 0
   * @param in extent of the input along it, at least 1
   */
  public Taps taps(int axis, int in) {
    int out = dims.get(axis);
    int[][] indices = new int[out][];
    float[][] weights = new float[out][];
    for (int i = 0; i < out; i++) {
      double at = source(i, in, out, axis);
      if (!region.isEmpty() && (at < 0 || at > in - 1)) {
        indices[i] = new int[0];
        weights[i] = new float[0];
        continue;
      }
      if (antialias && scales.get(axis) < 1 && mode != Mode.NEAREST) {
        smooth(at, in, scales.get(axis), indices, weights, i);
        continue;
      }
      switch (mode) {
        case NEAREST -> {
          indices[i] = new int[] {clamp(nearest(at), in)};
          weights[i] = new float[] {1};
        }
        case LINEAR -> {
          double inside = Math.clamp(at, 0, in - 1);
          int low = (int) inside;
          indices[i] = new int[] {low, Math.min(low + 1, in - 1)};
          weights[i] = new float[] {(float) (1 - (inside - low)), (float) (inside - low)};
        }
        case CUBIC -> cubicTap(at, in, indices, weights, i);
      }
    }
    return new Taps(indices, weights);
  }

  private double source(int i, int in, int out, int axis) {
    float scale = scales.get(axis);
    // ONNX Runtime computes in float32; which element is nearest can hang on its rounding.
    return switch (coordinates) {
      case HALF_PIXEL -> (i + 0.5f) / scale - 0.5f;
      case HALF_PIXEL_SYMMETRIC -> {
        float adjustment = out / (scale * in);
        float centre = in / 2f;
        yield centre * (1 - adjustment) + (i + 0.5f) / scale - 0.5f;
      }
      case PYTORCH_HALF_PIXEL -> out > 1 ? (i + 0.5f) / scale - 0.5f : 0;
      case TF_HALF_PIXEL_FOR_NN -> (i + 0.5f) / scale;
      case ALIGN_CORNERS -> out == 1 ? 0 : (float) i * (in - 1) / (out - 1);
      case ASYMMETRIC -> i / scale;
      case TF_CROP_AND_RESIZE -> {
        float start = region.get(axis);
        float end = region.get(dims.size() + axis);
        yield out > 1
            ? start * (in - 1) + i * (end - start) * (in - 1) / (out - 1)
            : 0.5f * (start + end) * (in - 1);
      }
    };
  }

  private int nearest(double at) {
    return switch (rounding) {
      case ROUND_PREFER_FLOOR -> (int) Math.ceil(at - 0.5);
      case ROUND_PREFER_CEIL -> (int) Math.floor(at + 0.5);
      case FLOOR -> (int) Math.floor(at);
      case CEIL -> (int) Math.ceil(at);
    };
  }

  private void cubicTap(double at, int in, int[][] indices, float[][] weights, int i) {
    int low = (int) Math.floor(at);
    double fraction = at - low;
    double[] weight = {
      outer(fraction + 1), inner(fraction), inner(1 - fraction), outer(2 - fraction)
    };
    indices[i] = new int[4];
    double sum = 0;
    for (int k = 0; k < 4; k++) {
      int index = low - 1 + k;
      if (excludeOutside && (index < 0 || index >= in)) {
        weight[k] = 0;
      }
      sum += weight[k];
      indices[i][k] = clamp(index, in);
    }
    weights[i] = new float[4];
    for (int k = 0; k < 4; k++) {
      weights[i][k] = (float) (excludeOutside ? weight[k] / sum : weight[k]);
    }
  }

  /** All elements that an element of a smaller output stands for, by the filter made as wide. */
  private void smooth(double at, int in, float scale, int[][] indices, float[][] weights, int i) {
    int reach = mode == Mode.LINEAR ? 1 : 2;
    int low = (int) Math.ceil(at) - 1;
    int first = low + (int) Math.floor(-reach / scale) + 1;
    int last = 2 * low + 1 - first;
    double[] weight = new double[last - first + 1];
    double sum = 0;
    for (int k = 0; k < weight.length; k++) {
      int index = first + k;
      boolean none = excludeOutside && (index < 0 || index >= in);
      weight[k] = none ? 0 : filter(Math.abs(index - at) * scale);
      sum += weight[k];
    }
    indices[i] = new int[weight.length];
    weights[i] = new float[weight.length];
    for (int k = 0; k < weight.length; k++) {
      indices[i][k] = clamp(first + k, in);
      weights[i][k] = (float) (weight[k] / sum);
    }
  }

  private double filter(double x) {
    if (mode == Mode.LINEAR) {
      return Math.max(0, 1 - x);
    }
    return x <= 1 ? inner(x) : x < 2 ? outer(x) : 0;
  }

  /** The weight of an element at most 1 away. */
  private double inner(double x) {
    return ((cubic + 2) * x - (cubic + 3)) * x * x + 1;
  }

  /** The weight of an element 1 to 2 away. */
  private double outer(double x) {
    return ((cubic * x - 5 * cubic) * x + 8 * cubic) * x - 4 * cubic;
  }

  private static int clamp(int index, int extent) {
    return Math.clamp(index, 0, extent - 1);
  }
}
