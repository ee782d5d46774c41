package dev.hydranet.engine.kernel.simd.function;

/**
 * The constants of exp(t) = 2^n * exp(r), with n the whole number nearest to t / ln 2: r is small,
 * and a polynomial of degree 7 gives exp(r). They are those of {@code expf} in the Cephes library
 * (Moshier). Each loop spells the steps out, because a vector that crosses a call becomes an
 * object.
 */
final class Exp {
  static final float LOG2_E = 1.44269504088896341f;

  /** Adding it rounds to a whole number, whose bits are then the sum's lowest. */
  static final float ROUND = 12582912f;

  /** ln 2 in two parts: products of the first with small whole numbers are exact. */
  static final float LN2_HIGH = 0.693359375f;

  static final float LN2_LOW = -2.12194440e-4f;

  /** The coefficients of r^7 to r^2. */
  static final float P7 = 1.9875691500e-4f;

  static final float P6 = 1.3981999507e-3f;
  static final float P5 = 8.3334519073e-3f;
  static final float P4 = 4.1665795894e-2f;
  static final float P3 = 1.6666665459e-1f;
  static final float P2 = 5.0000001201e-1f;

  /** Below it exp is smaller than any normal number: computed as at it. */
  static final float LEAST = -87.33f;

  /** Above it 2^n is infinite, and so is exp: computed as at it. */
  static final float MOST = 88.8f;

  /** The bits of {@link #ROUND}. */
  static final int WHOLE = 0x4B400000;

  /** Where the exponent of a float begins. */
  static final int EXPONENT = 23;

  /** The bits of 1: what is added to n, shifted, for the bits of 2^n. */
  static final int ONE = 0x3F800000;

  private Exp() {}
}
