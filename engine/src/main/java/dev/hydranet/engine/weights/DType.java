package dev.hydranet.engine.weights;

/** How numbers are stored in a file that this engine writes; in memory they are float32. */
public enum DType {
  /** 32-bit floating point, exact. */
  F32(Float.BYTES),
  /** 16-bit floating point, rounded to nearest even. */
  F16(Float.BYTES / 2);

  private final int bytes;

  DType(int bytes) {
    this.bytes = bytes;
  }

  /** {@return bytes a number} */
  public int bytes() {
    return bytes;
  }
}
