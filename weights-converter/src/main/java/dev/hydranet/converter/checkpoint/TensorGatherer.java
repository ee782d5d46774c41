package dev.hydranet.converter.checkpoint;

import dev.hydranet.converter.pickle.Printable;
import dev.hydranet.engine.DamagedFileException;
import dev.hydranet.engine.UnsupportedFileException;
import dev.hydranet.engine.WeightsFormatException;
import dev.hydranet.engine.tensor.Shape;
import dev.hydranet.engine.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;

/** Finds the numbers of the strided views that a checkpoint holds. */
final class TensorGatherer {
  /** Elements converted at a time. */
  private static final int CHUNK = 1 << 14;

  private final Container container;
  private final MemoryBudget budget;

  TensorGatherer(Container container, MemoryBudget budget) {
    this.container = container;
    this.budget = budget;
  }

  /**
   * The numbers of a view as float32, row-major.
   *
   * @param name the tensor's name, for messages
   * @throws WeightsFormatException if the view does not lie within its storage, is of no real
   *     numbers, or is too large for a file of this size
   */
  Tensor gather(String name, TensorView view) throws WeightsFormatException {
    StridedTensor tensor = view(name, view, Float.BYTES);
    float[] data = new float[(int) tensor.shape().elementCount()];
    FloatBuffer numbers = FloatBuffer.wrap(data);
    ByteBuffer chunk =
        ByteBuffer.allocate(Math.min(CHUNK, data.length) * tensor.type().bytes())
            .order(ByteOrder.LITTLE_ENDIAN);
    while (numbers.hasRemaining()) {
      int count = Math.min(CHUNK, numbers.remaining());
      chunk.clear().limit(count * tensor.type().bytes());
      tensor.read(numbers.position(), chunk);
      tensor.type().decode(chunk.flip(), numbers);
    }
    return Tensor.of(tensor.shape(), data);
  }

  /**
   * A view in the type that it has.
   *
   * @param name the tensor's name, for messages
   * @throws WeightsFormatException as {@link #gather} does
   */
  StridedTensor stored(String name, TensorView view) throws WeightsFormatException {
    return view(name, view, view.type().size());
  }

  private StridedTensor view(String name, TensorView view, int elementSize)
      throws WeightsFormatException {
    String what = "tensor " + Printable.quoted(name) + " " + Arrays.toString(view.sizes());
    if (view.type().stored() == null) {
      throw new UnsupportedFileException(
          what + ": expected real numbers, found " + plain(view.type()));
    }
    Shape shape = shape(what, view.sizes());
    MemorySegment bytes = bytes(what, view);
    checkExtent(what, view, shape, bytes.byteSize() / view.type().size());
    budget.take(shape.elementCount(), elementSize, what);
    return new StridedTensor(
        view.type().stored(), shape, bytes, view.offset(), view.strides(), container.bigEndian());
  }

  /** What elements are, for readers who know no {@code torch.dtype}. */
  private static String plain(ElementType type) {
    String kind = type.name().startsWith("COMPLEX") ? "complex" : "quantized";
    return kind + " numbers (" + type.torchName() + ")";
  }

  private static Shape shape(String what, long[] sizes) throws WeightsFormatException {
    int[] dims = new int[sizes.length];
    for (int i = 0; i < dims.length; i++) {
      dims[i] = (int) Math.min(Integer.MAX_VALUE, sizes[i]);
      if (dims[i] != sizes[i]) {
        throw new DamagedFileException(what + " has an extent above " + Integer.MAX_VALUE);
      }
    }
    try {
      return Shape.of(dims);
    } catch (IllegalArgumentException e) {
      throw new DamagedFileException(what + ": " + e.getMessage(), e);
    }
  }

  private MemorySegment bytes(String what, TensorView view) throws WeightsFormatException {
    try {
      return container.bytes(view.storage());
    } catch (WeightsFormatException e) {
      throw new DamagedFileException(what + ": " + e.getMessage(), e);
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
      throw new DamagedFileException(
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
}
