package dev.hydranet.converter.checkpoint;

import dev.hydranet.converter.pickle.Attributed;
import dev.hydranet.converter.pickle.PyTuple;
import dev.hydranet.converter.pickle.Unpickler;
import dev.hydranet.engine.DamagedFileException;
import dev.hydranet.engine.WeightsFormatException;

/**
 * A tensor as a pickle describes it: a strided view into a storage. The numbers are the pickle's
 * word; {@link TensorGatherer} compares them with the file.
 *
 * <p>It keeps the pickle's own tuples, which many tensors may share: a few bytes of a pickle make a
 * tensor of 64 dimensions, and make it again and again.
 *
 * @param storage where its numbers lie
 * @param type what its elements are
 * @param offset its first element, from the first of the storage's view
 * @param size its extents, outermost first
 * @param stride for each extent, how many elements to the next; 0 repeats one element
 */
record TensorView(
    StorageReference storage, ElementType type, long offset, PyTuple size, PyTuple stride)
    implements Attributed {
  private static final int MAX_RANK = 64;

  /**
   * Reads the arguments of {@code torch._utils._rebuild_tensor} and its later versions, which begin
   * with storage, offset, size and stride.
   */
  static TensorView of(PyTuple arguments) throws WeightsFormatException {
    if (arguments.size() < 4) {
      throw new DamagedFileException("a tensor of " + arguments.size() + " arguments");
    }
    if (!(arguments.get(0) instanceof StorageReference storage)) {
      throw new DamagedFileException(
          "a tensor's storage is " + Unpickler.describe(arguments.get(0)));
    }
    long offset = number("offset", arguments.get(1));
    PyTuple size = numbers("size", arguments.get(2));
    PyTuple stride = numbers("stride", arguments.get(3));
    if (size.size() != stride.size()) {
      throw new DamagedFileException(
          "a tensor has " + size.size() + " extents and " + stride.size() + " strides");
    }
    return new TensorView(storage, storage.type(), offset, size, stride);
  }

  /** The extents, outermost first. */
  long[] sizes() {
    return array(size);
  }

  /** For each extent, how many elements to the next. */
  long[] strides() {
    return array(stride);
  }

  private static long[] array(PyTuple numbers) {
    long[] array = new long[numbers.size()];
    for (int i = 0; i < array.length; i++) {
      array[i] = (Long) numbers.get(i);
    }
    return array;
  }

  /** The same bytes read as another type; the storage is one of bytes. */
  TensorView as(ElementType other) {
    return new TensorView(storage, other, offset, size, stride);
  }

  private static PyTuple numbers(String what, Object value) throws WeightsFormatException {
    if (!(value instanceof PyTuple tuple)) {
      throw new DamagedFileException("a tensor's " + what + " is " + Unpickler.describe(value));
    }
    if (tuple.size() > MAX_RANK) {
      throw new DamagedFileException(
          "a tensor has %d dimensions, PyTorch's have %d at most"
              .formatted(tuple.size(), MAX_RANK));
    }
    for (int i = 0; i < tuple.size(); i++) {
      number(what, tuple.get(i));
    }
    return tuple;
  }

  private static long number(String what, Object value) throws WeightsFormatException {
    if (value instanceof Long number && number >= 0) {
      return number;
    }
    throw new DamagedFileException("a tensor's " + what + " is " + Unpickler.describe(value));
  }
}
