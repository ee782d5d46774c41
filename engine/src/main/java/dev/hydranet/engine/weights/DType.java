package dev.hydranet.engine.weights;

/** How numbers are stored in a file that this engine writes; in memory they are float32. */
public enum DType {
  /** 32-bit floating point, exact. */
  F32,
  /** 16-bit floating point, rounded to nearest even. */
  F16
}
