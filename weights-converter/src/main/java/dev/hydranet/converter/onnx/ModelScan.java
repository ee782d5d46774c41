package dev.hydranet.converter.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.WireFormat;
import dev.hydranet.engine.file.FileKind;
import java.io.IOException;
import java.util.Arrays;

/**
 * Counts a model's fields before protobuf creates objects for them. Two bytes in a file may become
 * an object of a hundred bytes.
 */
final class ModelScan {
  /** Most fields of all messages together. Packed numbers and a tensor's bytes count as one. */
  private static final int MOST_FIELDS = 1 << 21;

  /** Most levels of nested messages. */
  static final int DEEPEST = 64;

  private final CodedInputStream in;
  private int fields;

  private ModelScan(CodedInputStream in) {
    this.in = in;
  }

  /**
   * Checks the limits.
   *
   * @throws IllegalArgumentException if the bytes are not a model or exceed a limit
   */
  static void check(byte[] bytes) {
    CodedInputStream in = CodedInputStream.newInstance(bytes);
    try {
      new ModelScan(in).message(ModelProto.getDescriptor(), DEEPEST);
    } catch (IOException e) {
      FileKind kind = FileKind.of(Arrays.copyOf(bytes, Math.min(bytes.length, FileKind.HEAD)));
      throw new IllegalArgumentException(
          kind == FileKind.UNKNOWN || kind == FileKind.ONNX
              ? "not an ONNX model, or a damaged one: truncated or corrupt at byte "
                  + in.getTotalBytesRead()
              : "expected an ONNX model, found " + kind.description(),
          e);
    }
  }

  private void message(Descriptor type, int levels) throws IOException {
    if (levels == 0) {
      throw new IllegalArgumentException(
          "not an ONNX model: more than " + DEEPEST + " levels of messages in each other");
    }
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (++fields > MOST_FIELDS) {
        throw new IllegalArgumentException("more than " + MOST_FIELDS + " fields");
      }
      FieldDescriptor field = type.findFieldByNumber(WireFormat.getTagFieldNumber(tag));
      int wire = WireFormat.getTagWireType(tag);
      boolean message = field != null && field.getJavaType() == FieldDescriptor.JavaType.MESSAGE;
      if (message && wire == WireFormat.WIRETYPE_LENGTH_DELIMITED) {
        int limit = in.pushLimit(in.readRawVarint32());
        message(field.getMessageType(), levels - 1);
        in.popLimit(limit);
      } else if (wire == WireFormat.WIRETYPE_START_GROUP || !in.skipField(tag)) {
        throw new IOException("a group");
      }
    }
  }
}
