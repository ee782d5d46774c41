package dev.hydranet.engine.weights;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;

/**
 * How a safetensors file can store the numbers of a tensor. All become float32, rounded to nearest
 * even where they have more digits; booleans become 0 and 1.
 */
public enum StoredType {
  /** Booleans, a byte each. */
  BOOL(1),
  /** Unsigned 8-bit integers. */
  U8(1),
  /** Signed 8-bit integers. */
  I8(1),
  /** 8-bit floating point: 5 bits of exponent, 2 of mantissa. */
  F8_E5M2(1),
  /** 8-bit floating point: 4 bits of exponent, 3 of mantissa, no infinities. */
  F8_E4M3(1),
  /** Unsigned 16-bit integers. */
  U16(2),
  /** Signed 16-bit integers. */
  I16(2),
  /** 16-bit floating point of IEEE 754. */
  F16(2),
  /** bfloat16: the upper half of a float32. */
  BF16(2),
  /** Unsigned 32-bit integers. */
  U32(4),
  /** Signed 32-bit integers. */
  I32(4),
  /** 32-bit floating point. */
  F32(4),
  /** Unsigned 64-bit integers. */
  U64(8),
  /** Signed 64-bit integers. */
  I64(8),
  /** 64-bit floating point. */
  F64(8);

  private final int bytes;

  StoredType(int bytes) {
    this.bytes = bytes;
  }

  /** {@return bytes an element} */
  public int bytes() {
    return bytes;
  }

  /**
   * Converts all that remains in a little-endian buffer, a whole number of elements.
   *
   * @param from the elements' bytes
   * @param to where they go, from its position on
   */
  public void decode(ByteBuffer from, FloatBuffer to) {
    if (this == F32) {
      to.put(from.asFloatBuffer());
      from.position(from.limit());
      return;
    }
    while (from.hasRemaining()) {
      to.put(next(from));
    }
  }

  private float next(ByteBuffer from) {
    return switch (this) {
      case BOOL -> from.get() == 0 ? 0 : 1;
      case U8 -> from.get() & 0xff;
      case I8 -> from.get();
      case F8_E5M2 -> Float.float16ToFloat((short) (from.get() << 8));
      case F8_E4M3 -> e4m3(from.get());
      case U16 -> from.getShort() & 0xffff;
      case I16 -> from.getShort();
      case F16 -> Float.float16ToFloat(from.getShort());
      case BF16 -> Float.intBitsToFloat(from.getShort() << 16);
      case U32 -> from.getInt() & 0xffff_ffffL;
      case I32 -> from.getInt();
      case F32 -> from.getFloat();
      case U64 -> unsigned(from.getLong());
      case I64 -> from.getLong();
      case F64 -> (float) from.getDouble();
    };
  }

  /** Sign, 4 bits of exponent with bias 7, 3 of mantissa; no infinities, one NaN of each sign. */
  private static float e4m3(byte bits) {
    int exponent = bits >> 3 & 0xf;
    int mantissa = bits & 7;
    if (exponent == 15 && mantissa == 7) {
      return Float.NaN;
    }
    float magnitude =
        exponent == 0
            ? Math.scalb((float) mantissa, -9)
            : Math.scalb((float) (8 + mantissa), exponent - 10);
    return bits < 0 ? -magnitude : magnitude;
  }

  /** Halved to fit a signed long, the lost bit kept where it can still decide the rounding. */
  private static float unsigned(long bits) {
    return bits >= 0 ? bits : (float) (bits >>> 1 | bits & 1) * 2;
  }
}
