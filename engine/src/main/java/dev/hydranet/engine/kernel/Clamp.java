package dev.hydranet.engine.kernel;

/**
 * The activation that closes a fused step: values below {@code low} become {@code low}, those above
 * {@code high} become {@code high}, NaN stays NaN.
 */
public record Clamp(float low, float high) {
  /** No activation. */
  public static final Clamp NONE = new Clamp(Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY);

  /** max(x, 0). */
  public static final Clamp RELU = new Clamp(0, Float.POSITIVE_INFINITY);

  /** min(max(x, 0), 6). */
  public static final Clamp RELU6 = new Clamp(0, 6);

  /** The clamped value. */
  public float apply(float x) {
    return x < low ? low : x > high ? high : x;
  }
}
