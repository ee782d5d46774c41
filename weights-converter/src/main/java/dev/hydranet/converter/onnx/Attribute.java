package dev.hydranet.converter.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import com.google.protobuf.ByteString;
import dev.hydranet.engine.graph.Size;
import java.util.List;

/** The attributes of an ONNX node. */
final class Attribute {
  private Attribute() {}

  static AttributeProto of(String name, long value) {
    return named(name, AttributeProto.AttributeType.INT).setI(value).build();
  }

  static AttributeProto of(String name, float value) {
    return named(name, AttributeProto.AttributeType.FLOAT).setF(value).build();
  }

  static AttributeProto of(String name, String value) {
    return named(name, AttributeProto.AttributeType.STRING)
        .setS(ByteString.copyFromUtf8(value))
        .build();
  }

  /** Height, width. */
  static AttributeProto of(String name, Size size) {
    return named(name, AttributeProto.AttributeType.INTS)
        .addInts(size.height())
        .addInts(size.width())
        .build();
  }

  /** Whole numbers. */
  static AttributeProto of(String name, List<Integer> values) {
    AttributeProto.Builder attribute = named(name, AttributeProto.AttributeType.INTS);
    values.forEach(attribute::addInts);
    return attribute.build();
  }

  /** Padding before and after: top, left, bottom, right. */
  static AttributeProto pads(Size before, Size after) {
    return of("pads", before).toBuilder().addInts(after.height()).addInts(after.width()).build();
  }

  private static AttributeProto.Builder named(String name, AttributeProto.AttributeType type) {
    return AttributeProto.newBuilder().setName(name).setType(type);
  }
}
