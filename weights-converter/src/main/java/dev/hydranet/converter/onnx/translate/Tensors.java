package dev.hydranet.converter.onnx.translate;

import ai.onnx.proto.OnnxMl.TensorProto;
import dev.hydranet.engine.tensor.Shape;
import dev.hydranet.engine.tensor.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** Tensors as ONNX stores them, as float32. */
public final class Tensors {
  private static final int MOST_AXES = 64;

  private Tensors() {}

  /** Which kind of numbers an element type is. */
  static Operand.Kind kind(int type) {
    return switch (TensorProto.DataType.forNumber(type)) {
      case FLOAT, FLOAT16, BFLOAT16, DOUBLE -> Operand.Kind.FLOAT;
      case INT8, INT16, INT32, INT64, UINT8, UINT16, UINT32, UINT64 -> Operand.Kind.WHOLE;
      case BOOL -> Operand.Kind.TRUTH;
      case null -> throw new UnsupportedModelException("element type number " + type);
      default ->
          throw new UnsupportedModelException(
              "element type " + TensorProto.DataType.forNumber(type));
    };
  }

  /** A constant of a tensor whose numbers stand in the model itself. */
  static Operand operand(String name, TensorProto proto) {
    return Operand.constant(
        tensor(name, proto, proto.getRawData().asReadOnlyByteBuffer()),
        name,
        kind(proto.getDataType()));
  }

  /**
   * {@return the numbers of a tensor}
   *
   * @param name of the tensor, for messages
   * @param proto its type and shape
   * @param raw its bytes, if it has any; else its numbers stand in the fields of the message
   * @throws IllegalArgumentException if there are not as many as its shape has
   */
  public static Tensor tensor(String name, TensorProto proto, ByteBuffer raw) {
    TensorProto.DataType type = TensorProto.DataType.forNumber(proto.getDataType());
    kind(proto.getDataType());
    Shape shape = shape(name, proto.getDimsList());
    boolean inFields = !proto.hasRawData() && !raw.hasRemaining();
    long found = inFields ? fields(proto, type) : raw.remaining() / bytes(type);
    boolean whole = inFields || raw.remaining() % bytes(type) == 0;
    if (found != shape.elementCount() || !whole) {
      throw mismatch(name, shape, found);
    }
    float[] data = new float[(int) found];
    ByteBuffer bytes = raw.slice().order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < data.length; i++) {
      data[i] = inFields ? field(proto, type, i) : number(bytes, type);
    }
    return Tensor.of(shape, data);
  }

  /**
   * Checks bytes that have not been read yet.
   *
   * @param name of the tensor, for messages
   * @param proto its type and shape
   * @param bytes how many there are
   * @throws IllegalArgumentException if they are not those of its shape
   */
  public static void checkSize(String name, TensorProto proto, long bytes) {
    TensorProto.DataType type = TensorProto.DataType.forNumber(proto.getDataType());
    kind(proto.getDataType());
    Shape shape = shape(name, proto.getDimsList());
    if (bytes % bytes(type) != 0
        || bytes / bytes(type) != shape.elementCount()
        || bytes > Integer.MAX_VALUE - 8) {
      throw mismatch(name, shape, bytes / bytes(type));
    }
  }

  private static IllegalArgumentException mismatch(String name, Shape shape, long found) {
    return new IllegalArgumentException(
        "tensor '"
            + name
            + "': expected "
            + shape.elementCount()
            + " numbers for shape "
            + shape
            + ", found "
            + found);
  }

  private static Shape shape(String name, List<Long> dims) {
    if (dims.size() > MOST_AXES) {
      throw new IllegalArgumentException(
          "tensor '"
              + name
              + "': expected at most "
              + MOST_AXES
              + " dimensions, found "
              + dims.size());
    }
    int[] extents = new int[dims.size()];
    for (int i = 0; i < extents.length; i++) {
      if (dims.get(i) < 0 || dims.get(i) > Integer.MAX_VALUE) {
        throw new IllegalArgumentException("tensor '" + name + "': impossible shape " + dims);
      }
      extents[i] = dims.get(i).intValue();
    }
    try {
      return Shape.of(extents);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("tensor '" + name + "': " + e.getMessage(), e);
    }
  }

  private static int bytes(TensorProto.DataType type) {
    return switch (type) {
      case BOOL, INT8, UINT8 -> 1;
      case FLOAT16, BFLOAT16, INT16, UINT16 -> 2;
      case FLOAT, INT32, UINT32 -> 4;
      default -> 8;
    };
  }

  private static float number(ByteBuffer bytes, TensorProto.DataType type) {
    return switch (type) {
      case BOOL -> bytes.get() == 0 ? 0 : 1;
      case INT8 -> bytes.get();
      case UINT8 -> Byte.toUnsignedInt(bytes.get());
      case INT16 -> bytes.getShort();
      case UINT16 -> Short.toUnsignedInt(bytes.getShort());
      case FLOAT16 -> Float.float16ToFloat(bytes.getShort());
      case BFLOAT16 -> Float.intBitsToFloat(bytes.getShort() << 16);
      case FLOAT -> bytes.getFloat();
      case INT32 -> bytes.getInt();
      case UINT32 -> Integer.toUnsignedLong(bytes.getInt());
      case DOUBLE -> (float) bytes.getDouble();
      default -> bytes.getLong();
    };
  }

  private static long fields(TensorProto proto, TensorProto.DataType type) {
    return switch (type) {
      case FLOAT -> proto.getFloatDataCount();
      case DOUBLE -> proto.getDoubleDataCount();
      case INT64 -> proto.getInt64DataCount();
      case UINT32, UINT64 -> proto.getUint64DataCount();
      default -> proto.getInt32DataCount();
    };
  }

  private static float field(TensorProto proto, TensorProto.DataType type, int i) {
    return switch (type) {
      case FLOAT -> proto.getFloatData(i);
      case DOUBLE -> (float) proto.getDoubleData(i);
      case INT64 -> proto.getInt64Data(i);
      case UINT32, UINT64 -> proto.getUint64Data(i);
      case FLOAT16 -> Float.float16ToFloat((short) proto.getInt32Data(i));
      case BFLOAT16 -> Float.intBitsToFloat(proto.getInt32Data(i) << 16);
      default -> proto.getInt32Data(i);
    };
  }
}
