package dev.hydranet.converter.checkpoint;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** What a PyTorch storage holds, by the name of its {@code torch.dtype}. */
enum ElementType {
  FLOAT16("float16", "HalfStorage", 2),
  BFLOAT16("bfloat16", "BFloat16Storage", 2),
  FLOAT32("float32", "FloatStorage", 4),
  FLOAT64("float64", "DoubleStorage", 8),
  BOOL("bool", "BoolStorage", 1),
  UINT8("uint8", "ByteStorage", 1),
  INT8("int8", "CharStorage", 1),
  INT16("int16", "ShortStorage", 2),
  INT32("int32", "IntStorage", 4),
  INT64("int64", "LongStorage", 8),
  COMPLEX64("complex64", "ComplexFloatStorage", 8),
  COMPLEX128("complex128", "ComplexDoubleStorage", 16),
  QINT8("qint8", "QInt8Storage", 1),
  QUINT8("quint8", "QUInt8Storage", 1),
  QINT32("qint32", "QInt32Storage", 4),
  QUINT4X2("quint4x2", "QUInt4x2Storage", 1),
  QUINT2X4("quint2x4", "QUInt2x4Storage", 1);

  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final String torchName;
  private final String storageName;
  private final int size;

  ElementType(String torchName, String storageName, int size) {
    this.torchName = torchName;
    this.storageName = storageName;
    this.size = size;
  }

  /** The name of its {@code torch.dtype}. */
  String torchName() {
    return torchName;
  }

  /** The name of the PyTorch class of its storages. */
  String storageName() {
    return storageName;
  }

  /** The bytes of one element. */
  int size() {
    return size;
  }

  /** Whether its elements are single real numbers. */
  boolean real() {
    return compareTo(INT64) <= 0;
  }

  /**
   * One element as float32, rounded to nearest.
   *
   * @param swapped whether the bytes are most significant first
   * @throws IndexOutOfBoundsException if the bytes have no such element
   * @throws IllegalStateException if the type is not {@link #real}
   */
  float get(MemorySegment bytes, long index, boolean swapped) {
    long at = index * size;
    return switch (this) {
      case FLOAT16 -> Float.float16ToFloat(int16(bytes, at, swapped));
      case BFLOAT16 -> Float.intBitsToFloat(int16(bytes, at, swapped) << 16);
      case FLOAT32 -> Float.intBitsToFloat(int32(bytes, at, swapped));
      case FLOAT64 -> (float) Double.longBitsToDouble(int64(bytes, at, swapped));
      case BOOL -> bytes.get(ValueLayout.JAVA_BYTE, at) != 0 ? 1 : 0;
      case UINT8 -> bytes.get(ValueLayout.JAVA_BYTE, at) & 0xff;
      case INT8 -> bytes.get(ValueLayout.JAVA_BYTE, at);
      case INT16 -> int16(bytes, at, swapped);
      case INT32 -> int32(bytes, at, swapped);
      case INT64 -> int64(bytes, at, swapped);
      case COMPLEX64, COMPLEX128, QINT8, QUINT8, QINT32, QUINT4X2, QUINT2X4 ->
          throw new IllegalStateException(torchName + " is not a real number");
    };
  }

  private static short int16(MemorySegment bytes, long at, boolean swapped) {
    short value = bytes.get(SHORT, at);
    return swapped ? Short.reverseBytes(value) : value;
  }

  private static int int32(MemorySegment bytes, long at, boolean swapped) {
    int value = bytes.get(INT, at);
    return swapped ? Integer.reverseBytes(value) : value;
  }

  private static long int64(MemorySegment bytes, long at, boolean swapped) {
    long value = bytes.get(LONG, at);
    return swapped ? Long.reverseBytes(value) : value;
  }
}
