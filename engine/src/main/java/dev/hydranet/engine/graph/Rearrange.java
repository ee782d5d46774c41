package dev.hydranet.engine.graph;

import dev.hydranet.engine.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/** Operators that move elements and compute nothing. */
public sealed interface Rearrange extends Op {

  /**
   * A tensor that belongs to the network, not to its input: the parameter {@code value}.
   *
   * @param shape of the tensor
   */
  record Constant(Shape shape) implements Rearrange {
    @Override
    public Shape outputShape(List<Shape> inputs) {
      Inputs.count(inputs, 0);
      return shape;
    }

    @Override
    public List<Parameter> parameters() {
      return List.of(new Parameter("value", shape, true));
    }
  }

  /**
   * The same elements, row-major, in another shape.
   *
   * @param dims extents of the output
   */
  record Reshape(List<Integer> dims) implements Rearrange {
    /** Copies the list. */
    public Reshape {
      dims = List.copyOf(dims);
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
      Shape in = Inputs.one(inputs);
      Shape out = Inputs.shape(dims);
      if (in.elementCount() != out.elementCount()) {
        throw new IllegalArgumentException(
            "expected " + out.elementCount() + " elements for shape " + out + ", found " + in);
      }
      return out;
    }
  }

  /**
   * The axes in another order.
   *
   * @param axes for each axis of the output, the axis of the input: each of them once
   */
  record Transpose(List<Integer> axes) implements Rearrange {
    /**
     * Copies the list.
     *
     * @throws IllegalArgumentException if it is no permutation
     */
    public Transpose {
      axes = List.copyOf(axes);
      for (int axis = 0; axis < axes.size(); axis++) {
        if (!axes.contains(axis)) {
          throw new IllegalArgumentException("expected a permutation of the axes, found " + axes);
        }
      }
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
      Shape in = Inputs.rank(Inputs.one(inputs), axes.size());
      return Shape.of(axes.stream().mapToInt(in::dim).toArray());
    }
  }

  /**
   * Along each axis {@code count} elements: the one at {@code begin}, that {@code step} further,
   * and so on.
   *
   * @param begins an index for each axis
   * @param counts how many elements for each axis, at least 0
   * @param steps for each axis, negative to go backwards, not 0
   */
  record Slice(List<Integer> begins, List<Integer> counts, List<Integer> steps)
      implements Rearrange {
    /**
     * Copies the lists.
     *
     * @throws IllegalArgumentException if their lengths differ, a count is negative or a step is 0
     */
    public Slice {
      begins = List.copyOf(begins);
      counts = List.copyOf(counts);
      steps = List.copyOf(steps);
      if (begins.size() != counts.size()
          || begins.size() != steps.size()
          || counts.stream().anyMatch(count -> count < 0)
          || steps.contains(0)) {
        throw new IllegalArgumentException(
            "expected a begin, a count and a step for each axis, found begins "
                + begins
                + ", counts "
                + counts
                + ", steps "
                + steps);
      }
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
      Shape in = Inputs.rank(Inputs.one(inputs), begins.size());
      for (int axis = 0; axis < begins.size(); axis++) {
        long first = begins.get(axis);
        long last = first + (counts.get(axis) - 1L) * steps.get(axis);
        if (counts.get(axis) > 0
            && (Math.min(first, last) < 0 || Math.max(first, last) >= in.dim(axis))) {
          throw new IllegalArgumentException(
              "axis " + axis + ": elements " + first + " to " + last + " are outside of " + in);
        }
      }
      return Inputs.shape(counts);
    }
  }

  /**
   * Elements added at the ends of each axis.
   *
   * @param mode what they are
   * @param before how many for each axis; a negative number removes elements
   * @param after how many for each axis; a negative number removes elements
   * @param value what is added in mode {@code CONSTANT}
   */
  record Pad(Mode mode, List<Integer> before, List<Integer> after, float value)
      implements Rearrange {
    /** What is added. */
    public enum Mode {
      /** The value. */
      CONSTANT,
      /** The outermost element. */
      EDGE,
      /** The elements mirrored at the outermost one, which is not repeated. */
      REFLECT,
      /** The elements of the other end. */
      WRAP
    }

    /**
     * Copies the lists.
     *
     * @throws IllegalArgumentException if their lengths differ
     */
    public Pad {
      before = List.copyOf(before);
      after = List.copyOf(after);
      if (before.size() != after.size()) {
        throw new IllegalArgumentException(
            "expected two numbers for each axis, found " + before + " and " + after);
      }
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
      Shape in = Inputs.rank(Inputs.one(inputs), before.size());
      int[] dims = in.toArray();
      for (int axis = 0; axis < dims.length; axis++) {
        long extent = (long) dims[axis] + before.get(axis) + after.get(axis);
        int most = Math.max(before.get(axis), after.get(axis));
        boolean able =
            switch (mode) {
              case CONSTANT -> true;
              case EDGE -> most <= 0 || dims[axis] > 0;
              case REFLECT -> most <= 0 || most < dims[axis];
              case WRAP -> most <= dims[axis];
            };
        if (extent < 0 || !able) {
          throw new IllegalArgumentException(
              "axis " + axis + " of " + in + " cannot be padded by " + before + " and " + after);
        }
        dims[axis] = Inputs.extent("axis " + axis, extent);
      }
      return Shape.of(dims);
    }
  }

  /**
   * The input broadcast, as NumPy does it, to a shape.
   *
   * @param dims extents of the output; where the input has 1 element, it is repeated
   */
  record Expand(List<Integer> dims) implements Rearrange {
    /** Copies the list. */
    public Expand {
      dims = List.copyOf(dims);
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
      Shape in = Inputs.one(inputs);
      Shape out = Inputs.shape(dims);
      if (!Inputs.broadcast(List.of(in, out)).equals(out)) {
        throw new IllegalArgumentException("shape " + in + " cannot be broadcast to " + out);
      }
      return out;
    }
  }

  /**
   * The input as often as asked along each axis.
   *
   * @param repeats how often for each axis, at least 0
   */
  record Tile(List<Integer> repeats) implements Rearrange {
    /** Copies the list. */
    public Tile {
      repeats = List.copyOf(repeats);
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
      int[] dims = Inputs.rank(Inputs.one(inputs), repeats.size()).toArray();
      for (int axis = 0; axis < dims.length; axis++) {
        dims[axis] = Inputs.extent("axis " + axis, (long) dims[axis] * repeats.get(axis));
      }
      return Shape.of(dims);
    }
  }

  /**
   * Elements of the first input at the indices in the second: the axis is replaced by the indices'
   * axes. An index below 0 counts from the end; one outside of the axis gives NaN.
   *
   * @param axis of the first input; one below 0 counts from the end
   */
  record Gather(int axis) implements Rearrange {
    @Override
    public Shape outputShape(List<Shape> inputs) {
      Inputs.count(inputs, 2);
      Shape data = inputs.get(0);
      int at = Inputs.axis(axis, data);
      List<Integer> dims = new ArrayList<>();
      for (int i = 0; i < data.rank(); i++) {
        if (i == at) {
          for (int extent : inputs.get(1).toArray()) {
            dims.add(extent);
          }
        } else {
          dims.add(data.dim(i));
        }
      }
      return Inputs.shape(dims);
    }
  }

  /**
   * Channels as blocks of pixels: {@code [N, C * block^2, H, W]} to {@code [N, C, H * block, W *
   * block]}; PyTorch's {@code pixel_shuffle} has the channel outermost.
   *
   * @param block side of a block in pixels, at least 1
   * @param channelOutermost whether a channel's pixels follow each other; otherwise those of one
   *     place in the block do
   */
  record DepthToSpace(int block, boolean channelOutermost) implements Rearrange {
    /**
     * Checks the block.
     *
     * @throws IllegalArgumentException if it is less than 1
     */
    public DepthToSpace {
      if (block < 1) {
        throw new IllegalArgumentException("a block must be at least 1, found " + block);
      }
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
      Shape in = Inputs.image(Inputs.one(inputs));
      long area = (long) block * block;
      if (in.channels() % area != 0) {
        throw new IllegalArgumentException(
            "expected a multiple of " + area + " channels, found shape " + in);
      }
      return Shape.of(
          in.batch(),
          (int) (in.channels() / area),
          Inputs.extent("height", (long) in.height() * block),
          Inputs.extent("width", (long) in.width() * block));
    }
  }

  /**
   * Blocks of pixels as channels: {@code [N, C, H * block, W * block]} to {@code [N, block^2 * C,
   * H, W]}; PyTorch's {@code pixel_unshuffle} has the channel outermost.
   *
   * @param block side of a block in pixels, at least 1
   * @param channelOutermost whether a channel's pixels follow each other; otherwise those of one
   *     place in the block do
   */
  record SpaceToDepth(int block, boolean channelOutermost) implements Rearrange {
    /**
     * Checks the block.
     *
     * @throws IllegalArgumentException if it is less than 1
     */
    public SpaceToDepth {
      if (block < 1) {
        throw new IllegalArgumentException("a block must be at least 1, found " + block);
      }
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
      Shape in = Inputs.image(Inputs.one(inputs));
      if (in.height() % block != 0 || in.width() % block != 0) {
        throw new IllegalArgumentException(
            "expected extents that are multiples of " + block + ", found shape " + in);
      }
      return Shape.of(
          in.batch(),
          Inputs.extent("channels", (long) in.channels() * block * block),
          in.height() / block,
          in.width() / block);
    }
  }

  /**
   * The pixels under each window of an image that is not padded: {@code [N, C, H, W]} to {@code [N,
   * C, kernel.height, kernel.width, H', W']}. A convolution is a matrix product with them.
   *
   * @param kernel the window, at least 1 each way
   * @param stride from one window to the next, at least 1
   * @param dilation pixels from one tap to the next, at least 1
   */
  record Windows(Size kernel, Size stride, Size dilation) implements Rearrange {
    /**
     * Checks the extents.
     *
     * @throws IllegalArgumentException if one is less than 1
     */
    public Windows {
      Inputs.positive("kernel", kernel);
      Inputs.positive("stride", stride);
      Inputs.positive("dilation", dilation);
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
      Shape in = Inputs.image(Inputs.one(inputs));
      return Shape.of(
          in.batch(),
          in.channels(),
          kernel.height(),
          kernel.width(),
          Inputs.windows(
              "height", in.height(), kernel.height(), stride.height(), 0, dilation.height(), false),
          Inputs.windows(
              "width", in.width(), kernel.width(), stride.width(), 0, dilation.width(), false));
    }
  }

  /**
   * Elements of the first input, one for each index in the second: the place of the index, with the
   * index along the axis. An index below 0 counts from the end; one outside of the axis gives NaN.
   *
   * @param axis of both inputs; one below 0 counts from the end
   */
  record GatherElements(int axis) implements Rearrange {
    @Override
    public Shape outputShape(List<Shape> inputs) {
      Inputs.count(inputs, 2);
      return Inputs.within(inputs.get(1), inputs.get(0), axis);
    }
  }

  /**
   * Slices of the first input at the places in the second, whose last axis holds a place's index
   * along each of the axes from {@code batch} on. An index below 0 counts from the end; a place
   * outside of the input gives NaN.
   *
   * @param batch how many outer axes both inputs share
   */
  record GatherNd(int batch) implements Rearrange {
    @Override
    public Shape outputShape(List<Shape> inputs) {
      Inputs.count(inputs, 2);
      Shape data = inputs.get(0);
      Shape indices = inputs.get(1);
      int depth = Inputs.depth(data, indices, batch);
      List<Integer> dims = new ArrayList<>();
      for (int axis = 0; axis < indices.rank() - 1; axis++) {
        dims.add(indices.dim(axis));
      }
      for (int axis = batch + depth; axis < data.rank(); axis++) {
        dims.add(data.dim(axis));
      }
      return Inputs.shape(dims);
    }
  }

  /**
   * The first input with elements or slices replaced: the second input has their places, the third
   * what is put there. An index below 0 counts from the end; a place outside of the input is passed
   * over. Of several updates of one place the last one wins.
   *
   * @param elements whether each index is an update of one element, at the place of the index with
   *     the index along the axis, see {@link GatherElements}; otherwise the last axis of the second
   *     input holds the places of slices, see {@link GatherNd}
   * @param axis of {@code elements}; one below 0 counts from the end
   * @param function what becomes of the element that was there
   */
  record Scatter(boolean elements, int axis, Function function) implements Rearrange {
    /** What becomes of x, the element that was there, and y, the update. */
    public enum Function {
      /** y. */
      REPLACE,
      /** x + y. */
      ADD,
      /** x * y. */
      MUL,
      /** The larger one. */
      MAX,
      /** The smaller one. */
      MIN;

      /**
       * {@return the new element}
       *
       * @param x the element that was there
       * @param y the update
       */
      public float of(float x, float y) {
        return switch (this) {
          case REPLACE -> y;
          case ADD -> x + y;
          case MUL -> x * y;
          case MAX -> Math.max(x, y);
          case MIN -> Math.min(x, y);
        };
      }
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
      Inputs.count(inputs, 3);
      Shape data = inputs.get(0);
      Shape indices = inputs.get(1);
      Shape expected =
          elements
              ? Inputs.within(indices, data, axis)
              : new GatherNd(0).outputShape(List.of(data, indices));
      if (!inputs.get(2).equals(expected)) {
        throw new IllegalArgumentException(
            "expected updates of shape " + expected + ", found " + inputs.get(2));
      }
      return data;
    }

    @Override
    public long summands(List<Shape> inputs) {
      return function == Function.ADD || function == Function.MUL
          ? inputs.get(1).elementCount()
          : 0;
    }
  }
}
