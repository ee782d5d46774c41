package dev.hydranet.benchmarks.peers;

import com.google.flatbuffers.FlatBufferBuilder;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A TensorFlow Lite model in the making, as its <a
 * href="https://github.com/tensorflow/tensorflow/blob/master/tensorflow/compiler/mlir/lite/schema/schema.fbs">schema</a>
 * has it: fields of a table are counted from 0 in the order in which they stand there.
 */
final class TfLiteModel {
  private static final String FILE_IDENTIFIER = "TFL3";
  private static final int SCHEMA_VERSION = 3;
  private static final int BUFFER_ALIGNMENT = 16;
  private static final byte FLOAT32 = 0;
  private static final byte INT32 = 2;

  /** The operators that a HydraNet needs. */
  enum Operator {
    ADD(0, 1, 11),
    CONV_2D(3, 1, 1),
    DEPTHWISE_CONV_2D(4, 1, 2),
    MAX_POOL_2D(17, 1, 5),
    RELU6(21, 1, 0),
    /** Version 3 has half-pixel centres. */
    RESIZE_BILINEAR(23, 3, 15),
    PAD(34, 1, 22);

    /** Its number among BuiltinOperator. */
    private final int code;

    private final int version;

    /** The number of its table among BuiltinOptions. */
    private final byte options;

    Operator(int code, int version, int options) {
      this.code = code;
      this.version = version;
      this.options = (byte) options;
    }
  }

  /** Writes an operator's options; returns the table's offset, 0 for none. */
  interface Options {
    int write(FlatBufferBuilder b);
  }

  private final FlatBufferBuilder b = new FlatBufferBuilder(1 << 24);
  private final List<Integer> tensors = new ArrayList<>();
  private final List<Integer> buffers = new ArrayList<>();
  private final List<Integer> operators = new ArrayList<>();
  private final Map<Operator, Integer> codes = new LinkedHashMap<>();

  /** A model whose buffer 0 is the empty one of all tensors that are computed. */
  TfLiteModel() {
    b.startTable(1);
    buffers.add(b.endTable());
  }

  /** Declares a tensor that is computed or given; returns its index. */
  int tensor(String name, int... shape) {
    return tensor(name, FLOAT32, 0, shape);
  }

  /** Adds a tensor of constant numbers; returns its index. */
  int constant(String name, float[] values, int... shape) {
    ByteBuffer bytes = ByteBuffer.allocate(values.length * 4).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return tensor(name, FLOAT32, buffer(bytes), shape);
  }

  /** Adds a tensor of constant integers; returns its index. */
  int constant(String name, int[] values, int... shape) {
    ByteBuffer bytes = ByteBuffer.allocate(values.length * 4).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asIntBuffer().put(values);
    return tensor(name, INT32, buffer(bytes), shape);
  }

  /** Appends an operator. */
  void operator(Operator operator, Options options, int output, int... inputs) {
    int code = codes.computeIfAbsent(operator, o -> codes.size());
    int table = options.write(b);
    int in = integers(inputs);
    int out = integers(output);
    b.startTable(5);
    b.addInt(0, code, 0);
    b.addOffset(1, in, 0);
    b.addOffset(2, out, 0);
    if (table != 0) {
      b.addByte(3, operator.options, (byte) 0);
      b.addOffset(4, table, 0);
    }
    operators.add(b.endTable());
  }

  /** The file's bytes; nothing can be added after. */
  ByteBuffer finish(int[] inputs, int[] outputs) {
    List<Integer> operatorCodes = new ArrayList<>();
    for (Operator operator : codes.keySet()) {
      b.startTable(4);
      b.addByte(0, (byte) operator.code, (byte) 0);
      b.addInt(2, operator.version, 1);
      b.addInt(3, operator.code, 0);
      operatorCodes.add(b.endTable());
    }
    int tensorVector = tables(tensors);
    int inputVector = integers(inputs);
    int outputVector = integers(outputs);
    int operatorVector = tables(operators);
    b.startTable(4);
    b.addOffset(0, tensorVector, 0);
    b.addOffset(1, inputVector, 0);
    b.addOffset(2, outputVector, 0);
    b.addOffset(3, operatorVector, 0);
    int graphs = tables(List.of(b.endTable()));
    int codeVector = tables(operatorCodes);
    int bufferVector = tables(buffers);
    b.startTable(5);
    b.addInt(0, SCHEMA_VERSION, 0);
    b.addOffset(1, codeVector, 0);
    b.addOffset(2, graphs, 0);
    b.addOffset(4, bufferVector, 0);
    b.finish(b.endTable(), FILE_IDENTIFIER);
    return b.dataBuffer();
  }

  private int tensor(String name, byte type, int buffer, int... shape) {
    int nameOffset = b.createString(name);
    int shapeOffset = integers(shape);
    b.startTable(4);
    b.addOffset(0, shapeOffset, 0);
    b.addByte(1, type, (byte) 0);
    b.addInt(2, buffer, 0);
    b.addOffset(3, nameOffset, 0);
    tensors.add(b.endTable());
    return tensors.size() - 1;
  }

  private int buffer(ByteBuffer bytes) {
    b.createUnintializedVector(1, bytes.capacity(), BUFFER_ALIGNMENT).put(bytes.array());
    int data = b.endVector();
    b.startTable(1);
    b.addOffset(0, data, 0);
    buffers.add(b.endTable());
    return buffers.size() - 1;
  }

  private int integers(int... values) {
    b.createUnintializedVector(Integer.BYTES, values.length, Integer.BYTES)
        .asIntBuffer()
        .put(values);
    return b.endVector();
  }

  private int tables(List<Integer> offsets) {
    return b.createVectorOfTables(offsets.stream().mapToInt(Integer::intValue).toArray());
  }
}
