package dev.hydranet.converter.checkpoint;

import dev.hydranet.engine.weights.StoredType;

/** What a PyTorch storage holds, by the name of its {@code torch.dtype}. */
enum ElementType {
  FLOAT16("float16", "HalfStorage", StoredType.F16),
  BFLOAT16("bfloat16", "BFloat16Storage", StoredType.BF16),
  FLOAT32("float32", "FloatStorage", StoredType.F32),
  FLOAT64("float64", "DoubleStorage", StoredType.F64),
  BOOL("bool", "BoolStorage", StoredType.BOOL),
  UINT8("uint8", "ByteStorage", StoredType.U8),
  INT8("int8", "CharStorage", StoredType.I8),
  INT16("int16", "ShortStorage", StoredType.I16),
  INT32("int32", "IntStorage", StoredType.I32),
  INT64("int64", "LongStorage", StoredType.I64),
  // These lie in storages of bytes.
  UINT16("uint16", null, StoredType.U16),
  UINT32("uint32", null, StoredType.U32),
  UINT64("uint64", null, StoredType.U64),
  FLOAT8_E4M3FN("float8_e4m3fn", null, StoredType.F8_E4M3),
  FLOAT8_E5M2("float8_e5m2", null, StoredType.F8_E5M2),
  COMPLEX64("complex64", "ComplexFloatStorage", 8),
  COMPLEX128("complex128", "ComplexDoubleStorage", 16),
  QINT8("qint8", "QInt8Storage", 1),
  QUINT8("quint8", "QUInt8Storage", 1),
  QINT32("qint32", "QInt32Storage", 4),
  QUINT4X2("quint4x2", "QUInt4x2Storage", 1),
  QUINT2X4("quint2x4", "QUInt2x4Storage", 1);

  private final String torchName;
  private final String storageName;
  private final int size;
  private final StoredType stored;

  ElementType(String torchName, String storageName, int size) {
    this(torchName, storageName, size, null);
  }

  ElementType(String torchName, String storageName, StoredType stored) {
    this(torchName, storageName, stored.bytes(), stored);
  }

  ElementType(String torchName, String storageName, int size, StoredType stored) {
    this.torchName = torchName;
    this.storageName = storageName;
    this.size = size;
    this.stored = stored;
  }

  /** The name of its {@code torch.dtype}. */
  String torchName() {
    return torchName;
  }

  /** The name of the PyTorch class of its storages; null if it has none. */
  String storageName() {
    return storageName;
  }

  /** The bytes of one element. */
  int size() {
    return size;
  }

  /** How safetensors store it; null if they cannot, as its elements are no single real numbers. */
  StoredType stored() {
    return stored;
  }
}
