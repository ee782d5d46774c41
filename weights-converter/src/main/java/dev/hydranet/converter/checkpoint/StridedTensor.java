package dev.hydranet.converter.checkpoint;

import dev.hydranet.engine.tensor.Shape;
import dev.hydranet.engine.weights.RawTensor;
import dev.hydranet.engine.weights.StoredType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;

/**
 * A strided view into a storage, which is known to lie within it.
 *
 * @param bytes the storage
 * @param offset the view's first element, counted in elements
 * @param strides for each extent, how many elements to the next
 * @param swapped whether the storage has the most significant byte first
 */
record StridedTensor(
    StoredType type, Shape shape, MemorySegment bytes, long offset, long[] strides, boolean swapped)
    implements RawTensor {
  private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED;
  private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED;
  private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED;

  @Override
  public void read(long index, ByteBuffer to) {
    MemorySegment target = MemorySegment.ofBuffer(to);
    if (dense()) {
      long start = (offset + index) * type.bytes();
      MemorySegment.copy(bytes, start, target, 0, target.byteSize());
    } else {
      gather(index, target);
    }
    if (swapped) {
      reverse(target);
    }
    to.position(to.limit());
  }

  /** Whether the elements lie one after the other. */
  private boolean dense() {
    long expected = 1;
    for (int d = shape.rank() - 1; d >= 0; d--) {
      if (shape.dim(d) != 1 && strides[d] != expected) {
        return false;
      }
      expected *= shape.dim(d);
    }
    return true;
  }

  private void gather(long index, MemorySegment target) {
    int rank = shape.rank();
    long[] at = new long[rank];
    long element = offset;
    long rest = index;
    for (int d = rank - 1; d >= 0; d--) {
      at[d] = rest % shape.dim(d);
      rest /= shape.dim(d);
      element += at[d] * strides[d];
    }
    int size = type.bytes();
    for (long to = 0; to < target.byteSize(); to += size) {
      copy(element * size, target, to);
      // On to the next index: the innermost that is not at its end, and those within it to 0.
      for (int d = rank - 1; d >= 0; d--) {
        if (++at[d] < shape.dim(d)) {
          element += strides[d];
          break;
        }
        element -= (shape.dim(d) - 1) * strides[d];
        at[d] = 0;
      }
    }
  }

  private void copy(long from, MemorySegment target, long to) {
    switch (type.bytes()) {
      case Byte.BYTES ->
          target.set(ValueLayout.JAVA_BYTE, to, bytes.get(ValueLayout.JAVA_BYTE, from));
      case Short.BYTES -> target.set(SHORT, to, bytes.get(SHORT, from));
      case Integer.BYTES -> target.set(INT, to, bytes.get(INT, from));
      default -> target.set(LONG, to, bytes.get(LONG, from));
    }
  }

  private void reverse(MemorySegment elements) {
    int size = type.bytes();
    for (long at = 0; size > 1 && at < elements.byteSize(); at += size) {
      switch (size) {
        case Short.BYTES -> elements.set(SHORT, at, Short.reverseBytes(elements.get(SHORT, at)));
        case Integer.BYTES -> elements.set(INT, at, Integer.reverseBytes(elements.get(INT, at)));
        default -> elements.set(LONG, at, Long.reverseBytes(elements.get(LONG, at)));
      }
    }
  }
}
