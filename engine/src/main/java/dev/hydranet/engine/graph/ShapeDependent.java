package dev.hydranet.engine.graph;

import dev.hydranet.engine.tensor.Shape;
import dev.hydranet.engine.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Operators whose form depends on their input's shape, or on numbers that other operators compute
 * from shapes. They stand in the graph of a network for inputs of any shape; once the input's shape
 * is known, {@link #resolve} gives the operator that computes.
 *
 * <p>The first input is the data; all others are whole numbers that must be known by then.
 */
public sealed interface ShapeDependent extends Op {
  /** Of a tensor whose shape is computed. */
  int MOST_AXES = 64;

  /**
   * {@return the operator for inputs of known shapes; it reads the first input only}
   *
   * @param data shape of the first input
   * @param numbers values of the other inputs, in order
   * @throws IllegalArgumentException if there is no such operator
   */
  Op resolve(Shape data, List<long[]> numbers);

  /**
   * {@return the same for inputs that may have fractions}
   *
   * @param data shape of the first input
   * @param known the other inputs, in order
   * @throws IllegalArgumentException if there is no such operator
   */
  default Op resolveKnown(Shape data, List<Tensor> known) {
    return resolve(data, known.stream().map(ShapeDependent::longs).toList());
  }

  /** {@return nothing: the shape is that of the operator that {@link #resolve} gives} */
  @Override
  default Shape outputShape(List<Shape> inputs) {
    throw new IllegalArgumentException("is resolved when the shapes of the inputs are known");
  }

  /**
   * The extents of the input, as a tensor of rank 1.
   *
   * @param begin the first axis; one below 0 counts from the end
   * @param end the axis after the last; likewise, and one beyond the rank stands for the rank
   */
  record ShapeOf(int begin, int end) implements ShapeDependent {
    /**
     * {@return the extents}
     *
     * @param data shape of the input
     */
    public Tensor of(Shape data) {
      int from = clamp(begin, data.rank());
      int to = Math.max(from, clamp(end, data.rank()));
      float[] extents = new float[to - from];
      for (int i = 0; i < extents.length; i++) {
        extents[i] = data.dim(from + i);
      }
      return Tensor.of(Shape.of(extents.length), extents);
    }

    private static int clamp(int axis, int rank) {
      return Math.clamp(axis < 0 ? axis + rank : axis, 0, rank);
    }

    @Override
    public Op resolve(Shape data, List<long[]> numbers) {
      return new Rearrange.Constant(of(data).shape());
    }
  }

  /**
   * To the shape in the second input, where -1 stands for what is left.
   *
   * @param allowZero whether 0 is an extent; otherwise it stands for the input's
   */
  record ReshapeTo(boolean allowZero) implements ShapeDependent {
    @Override
    public Op resolve(Shape data, List<long[]> numbers) {
      long[] dims = numbers.get(0).clone();
      int open = -1;
      long known = 1;
      for (int i = 0; i < dims.length; i++) {
        if (dims[i] == 0 && !allowZero) {
          dims[i] = data.dim(Inputs.axis(i, data));
        }
        if (dims[i] == -1) {
          if (open >= 0) {
            throw new IllegalArgumentException("expected -1 once, found it twice");
          }
          open = i;
        } else {
          known = Math.multiplyExact(known, dims[i]);
        }
      }
      if (open >= 0) {
        dims[open] = known == 0 ? 0 : data.elementCount() / known;
      }
      return new Rearrange.Reshape(ints(dims));
    }
  }

  /**
   * To two axes.
   *
   * @param axis the first axis of those that become the second; one below 0 counts from the end
   */
  record FlattenAt(int axis) implements ShapeDependent {
    @Override
    public Op resolve(Shape data, List<long[]> numbers) {
      int at = axis == data.rank() ? axis : Inputs.axis(axis, data);
      long outer = IntStream.range(0, at).mapToLong(data::dim).reduce(1, Math::multiplyExact);
      long inner =
          IntStream.range(at, data.rank()).mapToLong(data::dim).reduce(1, Math::multiplyExact);
      return new Rearrange.Reshape(ints(outer, inner));
    }
  }

  /**
   * Without axes of one element: those in the second input, or all.
   *
   * @param all whether there is no second input
   */
  record Squeeze(boolean all) implements ShapeDependent {
    @Override
    public Op resolve(Shape data, List<long[]> numbers) {
      List<Integer> gone = all ? List.of() : axesOf(numbers.get(0), data.rank());
      List<Integer> dims = new ArrayList<>();
      for (int axis = 0; axis < data.rank(); axis++) {
        boolean goes = all ? data.dim(axis) == 1 : gone.contains(axis);
        if (!goes) {
          dims.add(data.dim(axis));
        }
      }
      return new Rearrange.Reshape(dims);
    }
  }

  /** With new axes of one element, which are in the second input. */
  record Unsqueeze() implements ShapeDependent {
    @Override
    public Op resolve(Shape data, List<long[]> numbers) {
      int rank = data.rank() + numbers.get(0).length;
      List<Integer> added = axesOf(numbers.get(0), rank);
      List<Integer> dims = new ArrayList<>();
      int next = 0;
      for (int axis = 0; axis < rank; axis++) {
        dims.add(added.contains(axis) ? 1 : data.dim(next++));
      }
      return new Rearrange.Reshape(dims);
    }
  }

  /** Broadcast together with the shape in the second input. */
  record ExpandTo() implements ShapeDependent {
    @Override
    public Op resolve(Shape data, List<long[]> numbers) {
      Shape asked = Inputs.shape(ints(numbers.get(0)));
      Shape out = Inputs.broadcast(List.of(data, asked));
      return new Rearrange.Expand(IntStream.of(out.toArray()).boxed().toList());
    }
  }

  /** As often along each axis as the second input says. */
  record TileBy() implements ShapeDependent {
    @Override
    public Op resolve(Shape data, List<long[]> numbers) {
      return new Rearrange.Tile(ints(numbers.get(0)));
    }
  }

  /**
   * From the begins in the second input to the ends in the third, as NumPy's slices.
   *
   * @param axes whether the fourth input names the axes; otherwise they are the first ones
   * @param steps whether the last input has the steps; otherwise they are 1
   */
  record SliceBy(boolean axes, boolean steps) implements ShapeDependent {
    @Override
    public Op resolve(Shape data, List<long[]> numbers) {
      long[] from = numbers.get(0);
      long[] to = numbers.get(1);
      int rank = data.rank();
      List<Integer> begins = new ArrayList<>(Collections.nCopies(rank, 0));
      List<Integer> counts = new ArrayList<>(IntStream.of(data.toArray()).boxed().toList());
      List<Integer> strides = new ArrayList<>(Collections.nCopies(rank, 1));
      for (int i = 0; i < from.length; i++) {
        int axis = axes ? axesOf(numbers.get(2), rank).get(i) : i;
        long step = steps ? numbers.get(numbers.size() - 1)[i] : 1;
        long extent = data.dim(axis);
        long begin = from[i] < 0 ? from[i] + extent : from[i];
        long end = to[i] < 0 ? to[i] + extent : to[i];
        if (step > 0) {
          begin = Math.clamp(begin, 0, extent);
          end = Math.clamp(end, 0, extent);
        } else {
          begin = Math.clamp(begin, -1, extent - 1);
          end = Math.clamp(end, -1, extent - 1);
        }
        long count = step == 0 ? 0 : Math.max(0, Math.ceilDiv(end - begin, step));
        begins.set(axis, Math.toIntExact(count == 0 ? 0 : begin));
        counts.set(axis, Math.toIntExact(count));
        strides.set(axis, Math.clamp(step, Integer.MIN_VALUE, Integer.MAX_VALUE));
      }
      return new Rearrange.Slice(begins, counts, strides);
    }
  }

  /**
   * One of the parts that an axis is split into.
   *
   * @param axis that is split; one below 0 counts from the end
   * @param part from 0
   * @param parts how many there are
   * @param sized whether the second input has their extents; otherwise they are equal, but for the
   *     last, which may be smaller
   */
  record SplitPart(int axis, int part, int parts, boolean sized) implements ShapeDependent {
    @Override
    public Op resolve(Shape data, List<long[]> numbers) {
      int at = Inputs.axis(axis, data);
      long extent = data.dim(at);
      long begin = 0;
      long count;
      if (sized) {
        long[] sizes = numbers.get(0);
        for (int i = 0; i < part; i++) {
          begin += sizes[i];
        }
        count = sizes[part];
      } else {
        long size = Math.ceilDiv(extent, parts);
        begin = Math.min(extent, part * size);
        count = Math.min(size, extent - begin);
      }
      int rank = data.rank();
      List<Integer> begins = new ArrayList<>(Collections.nCopies(rank, 0));
      List<Integer> counts = new ArrayList<>(IntStream.of(data.toArray()).boxed().toList());
      begins.set(at, Math.toIntExact(begin));
      counts.set(at, Math.toIntExact(count));
      return new Rearrange.Slice(begins, counts, Collections.nCopies(rank, 1));
    }
  }

  /**
   * Padded by the numbers in the second input: those before each axis, then those after.
   *
   * @param mode what is added
   * @param valued whether the third input is what is added in mode {@code CONSTANT}; otherwise 0
   * @param axes whether the last input names the axes; otherwise they are all
   */
  record PadBy(Rearrange.Pad.Mode mode, boolean valued, boolean axes) implements ShapeDependent {
    @Override
    public Op resolve(Shape data, List<long[]> numbers) {
      return resolve(data, numbers, 0);
    }

    @Override
    public Op resolveKnown(Shape data, List<Tensor> known) {
      float[] value = valued ? known.get(1).data() : new float[1];
      if (value.length != 1) {
        throw new IllegalArgumentException(
            "expected one number to pad with, found " + value.length);
      }
      return resolve(data, known.stream().map(ShapeDependent::longs).toList(), value[0]);
    }

    private Op resolve(Shape data, List<long[]> numbers, float value) {
      long[] pads = numbers.get(0);
      int rank = data.rank();
      List<Integer> at =
          axes
              ? axesOf(numbers.get(numbers.size() - 1), rank)
              : IntStream.range(0, rank).boxed().toList();
      if (pads.length != 2 * at.size()) {
        throw new IllegalArgumentException(
            "expected " + 2 * at.size() + " pads, found " + pads.length);
      }
      List<Integer> before = new ArrayList<>(Collections.nCopies(rank, 0));
      List<Integer> after = new ArrayList<>(Collections.nCopies(rank, 0));
      for (int i = 0; i < at.size(); i++) {
        before.set(at.get(i), Math.toIntExact(pads[i]));
        after.set(at.get(i), Math.toIntExact(pads[at.size() + i]));
      }
      return new Rearrange.Pad(mode, before, after, value);
    }
  }

  /**
   * Resized, see {@link Resize}: the second input has the factors or the extents, and with {@code
   * TF_CROP_AND_RESIZE} the third the part of the input that is resized: where it starts along each
   * axis, then where it ends.
   *
   * @param mode as in {@link Resize}
   * @param coordinates as in {@link Resize}
   * @param rounding as in {@link Resize}
   * @param cubic as in {@link Resize}
   * @param excludeOutside as in {@link Resize}
   * @param antialias as in {@link Resize}
   * @param outside as in {@link Resize}
   * @param scaled whether the second input has factors; otherwise extents
   * @param axes which axes are meant; empty for all
   * @param policy what becomes of the aspect where extents are given
   */
  record ResizeTo(
      Resize.Mode mode,
      Resize.Coordinates coordinates,
      Resize.Rounding rounding,
      float cubic,
      boolean excludeOutside,
      boolean antialias,
      float outside,
      boolean scaled,
      List<Integer> axes,
      Policy policy)
      implements ShapeDependent {
    /** What becomes of the aspect where extents are given. */
    public enum Policy {
      /** The extents are those given. */
      STRETCH,
      /** One factor for all axes, so that no extent is above those given. */
      NOT_LARGER,
      /** One factor for all axes, so that no extent is below those given. */
      NOT_SMALLER
    }

    /** Copies the list. */
    public ResizeTo {
      axes = List.copyOf(axes);
    }

    @Override
    public Op resolve(Shape data, List<long[]> numbers) {
      throw new IllegalArgumentException("expected factors, which may have fractions");
    }

    @Override
    public Op resolveKnown(Shape data, List<Tensor> known) {
      int rank = data.rank();
      List<Integer> at =
          axes.isEmpty()
              ? IntStream.range(0, rank).boxed().toList()
              : axes.stream().map(axis -> Inputs.axis(axis, data)).toList();
      List<Integer> dims = new ArrayList<>(IntStream.of(data.toArray()).boxed().toList());
      List<Float> factors = new ArrayList<>(Collections.nCopies(rank, 1f));
      float[] target = known.get(0).data();
      if (target.length != at.size()) {
        throw new IllegalArgumentException(
            "expected a number for each of " + at.size() + " axes, found " + target.length);
      }
      float common = scaled ? 1 : common(data, at, target);
      for (int i = 0; i < at.size(); i++) {
        int axis = at.get(i);
        int extent = data.dim(axis);
        if (scaled) {
          factors.set(axis, target[i]);
          dims.set(axis, Math.toIntExact((long) Math.floor(extent * target[i])));
        } else if (policy == Policy.STRETCH) {
          dims.set(axis, Math.toIntExact((long) target[i]));
          factors.set(axis, extent == 0 ? 1 : target[i] / extent);
        } else {
          dims.set(axis, Math.toIntExact(Math.round((double) common * extent)));
          factors.set(axis, common);
        }
      }
      List<Float> region = region(rank, at, known);
      return new Resize(
          mode,
          coordinates,
          rounding,
          cubic,
          excludeOutside,
          antialias,
          region,
          outside,
          dims,
          factors);
    }

    /** The part that is resized: for each axis its start, then for each its end. */
    private List<Float> region(int rank, List<Integer> at, List<Tensor> known) {
      if (coordinates != Resize.Coordinates.TF_CROP_AND_RESIZE) {
        return List.of();
      }
      float[] given = known.get(1).data();
      if (given.length != 2 * at.size()) {
        throw new IllegalArgumentException(
            "expected a region of " + 2 * at.size() + " numbers, found " + given.length);
      }
      List<Float> region = new ArrayList<>(Collections.nCopies(2 * rank, 0f));
      Collections.fill(region.subList(rank, 2 * rank), 1f);
      for (int i = 0; i < at.size(); i++) {
        region.set(at.get(i), given[i]);
        region.set(rank + at.get(i), given[at.size() + i]);
      }
      return region;
    }

    private float common(Shape data, List<Integer> at, float[] sizes) {
      float common = policy == Policy.NOT_LARGER ? Float.MAX_VALUE : 0;
      for (int i = 0; i < at.size(); i++) {
        float factor = sizes[i] / data.dim(at.get(i));
        common = policy == Policy.NOT_LARGER ? Math.min(common, factor) : Math.max(common, factor);
      }
      return common;
    }
  }

  /**
   * Padded so that a window with this stride has ceil(extent / stride) places along each axis of
   * the image: ONNX's {@code auto_pad}.
   *
   * @param kernel of the window that follows
   * @param stride of the window that follows
   * @param dilation of the window that follows
   * @param lower whether the odd element goes to the top and left, not the bottom and right
   * @param value what is added
   */
  record PadSame(Size kernel, Size stride, Size dilation, boolean lower, float value)
      implements ShapeDependent {
    @Override
    public Op resolve(Shape data, List<long[]> numbers) {
      Shape in = Inputs.image(data);
      Size total = total(in, kernel, stride, dilation);
      Size before = half(total, lower);
      return new Rearrange.Pad(
          Rearrange.Pad.Mode.CONSTANT,
          List.of(0, 0, before.height(), before.width()),
          List.of(0, 0, total.height() - before.height(), total.width() - before.width()),
          value);
    }

    private static Size half(Size total, boolean lower) {
      return lower
          ? new Size(Math.ceilDiv(total.height(), 2), Math.ceilDiv(total.width(), 2))
          : new Size(total.height() / 2, total.width() / 2);
    }

    private static Size total(Shape in, Size kernel, Size stride, Size dilation) {
      Size span = Inputs.span(kernel, dilation);
      return new Size(
          total(in.height(), span.height(), stride.height()),
          total(in.width(), span.width(), stride.width()));
    }

    private static int total(int extent, int span, int stride) {
      long covered = (Math.ceilDiv(extent, stride) - 1L) * stride + span;
      return Math.toIntExact(Math.max(0, covered - extent));
    }
  }

  /**
   * An average pool padded as {@link PadSame} does it.
   *
   * @param kernel the window
   * @param stride from one window to the next
   * @param dilation pixels from one tap to the next
   * @param lower whether the odd element of padding goes to the top and left
   * @param countIncludePad whether the zeros of the padding count
   */
  record AvgPoolSame(
      Size kernel, Size stride, Size dilation, boolean lower, boolean countIncludePad)
      implements ShapeDependent {
    @Override
    public Op resolve(Shape data, List<long[]> numbers) {
      Size total = PadSame.total(Inputs.image(data), kernel, stride, dilation);
      Size before = PadSame.half(total, lower);
      Size after = new Size(total.height() - before.height(), total.width() - before.width());
      return new AvgPool2d(kernel, stride, before, after, dilation, false, countIncludePad);
    }
  }

  /**
   * What a transposed convolution without padding gives, cut to the extents that were asked for.
   *
   * @param target height and width; empty for the input's times the stride
   * @param stride of the convolution
   * @param extra by how much the convolution's output is longer than its input times the stride
   * @param upper whether the odd row and column go at the bottom and right
   */
  record CropTo(List<Integer> target, Size stride, Size extra, boolean upper)
      implements ShapeDependent {
    /** Copies the list. */
    public CropTo {
      target = List.copyOf(target);
    }

    @Override
    public Op resolve(Shape data, List<long[]> numbers) {
      Shape in = Inputs.image(data);
      int height = target.isEmpty() ? in.height() - extra.height() : target.get(0);
      int width = target.isEmpty() ? in.width() - extra.width() : target.get(1);
      Size total = new Size(in.height() - height, in.width() - width);
      Size begin =
          upper
              ? new Size(Math.floorDiv(total.height(), 2), Math.floorDiv(total.width(), 2))
              : new Size(Math.ceilDiv(total.height(), 2), Math.ceilDiv(total.width(), 2));
      return new Rearrange.Pad(
          Rearrange.Pad.Mode.CONSTANT,
          List.of(0, 0, -begin.height(), -begin.width()),
          List.of(0, 0, begin.height() - total.height(), begin.width() - total.width()),
          0);
    }
  }

  /**
   * The elements that come first along an axis, as many as the second input says.
   *
   * @param axis as in {@link ArgMax.Largest}
   * @param smallest as in {@link ArgMax.Largest}
   * @param places as in {@link ArgMax.Largest}
   */
  record LargestOf(int axis, boolean smallest, boolean places) implements ShapeDependent {
    @Override
    public Op resolve(Shape data, List<long[]> numbers) {
      long[] count = numbers.get(0);
      if (count.length != 1) {
        throw new IllegalArgumentException("expected one number, found " + count.length);
      }
      return new ArgMax.Largest(axis, Math.toIntExact(count[0]), smallest, places);
    }
  }

  /**
   * Sums up to each element along the axis in the second input.
   *
   * @param exclusive as in {@link Reduce.Cumulative}
   * @param reverse as in {@link Reduce.Cumulative}
   */
  record CumulativeAlong(boolean exclusive, boolean reverse) implements ShapeDependent {
    @Override
    public Op resolve(Shape data, List<long[]> numbers) {
      if (numbers.get(0).length != 1) {
        throw new IllegalArgumentException("expected one axis, found " + numbers.get(0).length);
      }
      int axis = axesOf(numbers.get(0), data.rank()).get(0);
      return new Reduce.Cumulative(axis, exclusive, reverse);
    }
  }

  /** The axes in the opposite order. */
  record Reversed() implements ShapeDependent {
    @Override
    public Op resolve(Shape data, List<long[]> numbers) {
      List<Integer> axes = IntStream.range(0, data.rank()).boxed().toList();
      return new Rearrange.Transpose(axes.reversed());
    }
  }

  /**
   * Reduced along all axes from one on, which stay with extent 1.
   *
   * @param function as in {@link Reduce}
   * @param axis the first one; one below 0 counts from the end
   */
  record ReduceFrom(Reduce.Function function, int axis) implements ShapeDependent {
    @Override
    public Op resolve(Shape data, List<long[]> numbers) {
      int first = Inputs.axis(axis, data);
      return new Reduce(function, IntStream.range(first, data.rank()).boxed().toList(), true);
    }
  }

  /**
   * A tensor of one number, of the shape in the first input.
   *
   * @param value the number
   */
  record Fill(float value) implements ShapeDependent {
    @Override
    public Op resolve(Shape data, List<long[]> numbers) {
      return new Rearrange.Constant(Inputs.shape(ints(numbers.get(0))));
    }
  }

  /** The numbers from the first input up to the second, exclusive, the third apart. */
  record Range() implements ShapeDependent {
    /**
     * {@return the numbers}
     *
     * @param start the first
     * @param limit behind the last
     * @param delta from one to the next, not 0
     */
    public Tensor of(double start, double limit, double delta) {
      double count = Math.max(0, Math.ceil((limit - start) / delta));
      if (!(count <= 1 << 24)) {
        throw new IllegalArgumentException("a range of " + count + " numbers");
      }
      float[] range = new float[(int) count];
      for (int i = 0; i < range.length; i++) {
        range[i] = (float) (start + i * delta);
      }
      return Tensor.of(Shape.of(range.length), range);
    }

    @Override
    public Op resolve(Shape data, List<long[]> numbers) {
      throw new IllegalArgumentException("expected a range of numbers known beforehand");
    }
  }

  /**
   * Reduced along the axes in the second input.
   *
   * @param function as in {@link Reduce}
   * @param keepDims as in {@link Reduce}
   * @param given whether there is a second input; without one, or with an empty one, all axes
   * @param noneIfEmpty whether an empty second input stands for no axis
   */
  record ReduceOver(Reduce.Function function, boolean keepDims, boolean given, boolean noneIfEmpty)
      implements ShapeDependent {
    @Override
    public Op resolve(Shape data, List<long[]> numbers) {
      List<Integer> axes = given ? axesOf(numbers.get(0), data.rank()) : List.of();
      boolean all = axes.isEmpty() && !(given && noneIfEmpty);
      return new Reduce(
          function, all ? IntStream.range(0, data.rank()).boxed().toList() : axes, keepDims);
    }
  }

  private static long[] longs(Tensor tensor) {
    long[] numbers = new long[tensor.data().length];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = (long) tensor.data()[i];
    }
    return numbers;
  }

  private static List<Integer> ints(long... numbers) {
    axes(numbers.length);
    List<Integer> ints = new ArrayList<>();
    for (long number : numbers) {
      ints.add(Math.toIntExact(number));
    }
    return ints;
  }

  /** No more axes than any tensor has: what is done for each of them may look at all. */
  private static void axes(int count) {
    if (count > MOST_AXES) {
      throw new IllegalArgumentException("expected at most " + MOST_AXES + " axes, found " + count);
    }
  }

  private static List<Integer> axesOf(long[] axes, int rank) {
    axes(Math.max(axes.length, rank));
    List<Integer> result = new ArrayList<>();
    for (long axis : axes) {
      long at = axis < 0 ? axis + rank : axis;
      if (at < 0 || at >= rank) {
        throw new IllegalArgumentException("no axis " + axis + " among " + rank);
      }
      result.add((int) at);
    }
    return result;
  }
}
