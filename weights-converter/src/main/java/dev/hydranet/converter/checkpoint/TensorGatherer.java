package dev.hydranet.converter.checkpoint;

import dev.hydranet.converter.pickle.Printable;
import dev.hydranet.engine.WeightsFormatException;
import dev.hydranet.engine.tensor.Shape;
import dev.hydranet.engine.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/** Makes dense float32 tensors of the strided views that a checkpoint holds. */
final class TensorGatherer {
  private final Container container;
  private final MemoryBudget budget;

  TensorGatherer(Container container, MemoryBudget budget) {
    this.container = container;
    this.budget = budget;
  }

  /**
   * The numbers of a view, row-major.
   *
   * @param name the tensor's name, for messages
   * @throws WeightsFormatException if the view does not lie within its storage, is of no real
   *     numbers, or is too large for a file of this size
   */
  Tensor gather(String name, TensorView view) throws WeightsFormatException {
    String what = "tensor " + Printable.quoted(name) + " " + Arrays.toString(view.sizes());
    if (!view.type().real()) {
      throw new WeightsFormatException(
          what + " is of " + view.type().torchName() + ", expected real numbers");
    }
    Shape shape = shape(what, view.sizes());
    MemorySegment bytes = bytes(what, view);
    checkExtent(what, view, shape, bytes.byteSize() / view.type().size());
    budget.take(shape.elementCount(), Float.BYTES, what);
    float[] data = new float[(int) shape.elementCount()];
    copy(view, bytes, data);
    return Tensor.of(shape, data);
  }

  private static Shape shape(String what, long[] sizes) throws WeightsFormatException {
    int[] dims = new int[sizes.length];
    for (int i = 0; i < dims.length; i++) {
      dims[i] = (int) Math.min(Integer.MAX_VALUE, sizes[i]);
      if (dims[i] != sizes[i]) {
        throw new WeightsFormatException(what + " has an extent above " + Integer.MAX_VALUE);
      }
    }
    try {
      return Shape.of(dims);
    } catch (IllegalArgumentException e) {
      throw new WeightsFormatException(what + ": " + e.getMessage(), e);
    }
  }

  private MemorySegment bytes(String what, TensorView view) throws WeightsFormatException {
    try {
      return container.bytes(view.storage());
    } catch (WeightsFormatException e) {
      throw new WeightsFormatException(what + ": " + e.getMessage(), e);
    }
  }

  private static void checkExtent(String what, TensorView view, Shape shape, long capacity)
      throws WeightsFormatException {
    if (shape.elementCount() == 0) {
      return;
    }
    long[] strides = view.strides();
    boolean within;
    try {
      long last = view.offset();
      for (int i = 0; i < shape.rank(); i++) {
        last = Math.addExact(last, Math.multiplyExact(shape.dim(i) - 1L, strides[i]));
      }
      within = last < capacity;
    } catch (ArithmeticException e) {
      within = false;
    }
    if (!within) {
      throw new WeightsFormatException(
          "%s with strides %s from element %d is outside of %s, which has %d elements of %s"
              .formatted(
                  what,
                  Arrays.toString(strides),
                  view.offset(),
                  view.storage().name(),
                  capacity,
                  view.type().torchName()));
    }
  }

  private void copy(TensorView view, MemorySegment bytes, float[] data) {
    long[] sizes = view.sizes();
    long[] strides = view.strides();
    long[] index = new long[sizes.length];
    long element = view.offset();
    for (int i = 0; i < data.length; i++) {
      data[i] = view.type().get(bytes, element, container.bigEndian());
      // On to the next index: the innermost that is not at its end, and those within it to 0.
      for (int d = sizes.length - 1; d >= 0; d--) {
        if (++index[d] < sizes[d]) {
          element += strides[d];
          break;
        }
        element -= (sizes[d] - 1) * strides[d];
        index[d] = 0;
      }
    }
  }
}
