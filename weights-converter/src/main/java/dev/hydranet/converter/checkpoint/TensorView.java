package dev.hydranet.converter.checkpoint;

import dev.hydranet.converter.pickle.Attributed;
import dev.hydranet.converter.pickle.PyTuple;
import dev.hydranet.converter.pickle.Unpickler;
import dev.hydranet.engine.weights.WeightsFormatException;

/**
 * A tensor as a pickle describes it: a strided view into a storage. The numbers are the pickle's
 * word; {@link TensorGatherer} compares them with the file.
 *
 * @param storage where its numbers lie
 * @param type what its elements are
 * @param offset its first element, from the first of the storage's view
 * @param sizes its extents, outermost first
 * @param strides for each extent, how many elements to the next; 0 repeats one element
 */
record TensorView(
    StorageReference storage, ElementType type, long offset, long[] sizes, long[] strides)
    implements Attributed {
  private static final int MAX_RANK = 64;

  /**
   * Reads the arguments of {@code torch._utils._rebuild_tensor} and its later versions, which begin
   * with storage, offset, size and stride.
   */
  static TensorView of(PyTuple arguments) throws WeightsFormatException {
    if (arguments.size() < 4) {
      throw new WeightsFormatException("a tensor of " + arguments.size() + " arguments");
    }
    if (!(arguments.get(0) instanceof StorageReference storage)) {
      throw new WeightsFormatException(
          "a tensor's storage is " + Unpickler.describe(arguments.get(0)));
    }
    long offset = number("offset", arguments.get(1));
    long[] sizes = numbers("size", arguments.get(2));
    long[] strides = numbers("stride", arguments.get(3));
    if (sizes.length != strides.length) {
      throw new WeightsFormatException(
          "a tensor has " + sizes.length + " extents and " + strides.length + " strides");
    }
    return new TensorView(storage, storage.type(), offset, sizes, strides);
  }

  /** The same bytes read as another type; the storage is one of bytes. */
  TensorView as(ElementType other) {
    return new TensorView(storage, other, offset, sizes, strides);
  }

  private static long[] numbers(String what, Object value) throws WeightsFormatException {
    if (!(value instanceof PyTuple tuple)) {
      throw new WeightsFormatException("a tensor's " + what + " is " + Unpickler.describe(value));
    }
    if (tuple.size() > MAX_RANK) {
      throw new WeightsFormatException(
          "a tensor has %d dimensions, PyTorch's have %d at most"
              .formatted(tuple.size(), MAX_RANK));
    }
    long[] numbers = new long[tuple.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = number(what, tuple.get(i));
    }
    return numbers;
  }

  private static long number(String what, Object value) throws WeightsFormatException {
    if (value instanceof Long number && number >= 0) {
      return number;
    }
    throw new WeightsFormatException("a tensor's " + what + " is " + Unpickler.describe(value));
  }
}
