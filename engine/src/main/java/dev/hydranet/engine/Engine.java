package dev.hydranet.engine;

import dev.hydranet.engine.kernel.choice.Kernels;

/** What the engine runs on in this JVM. */
public final class Engine {
  private Engine() {}

  /**
   * The kernels in use.
   *
   * @param simd whether they are SIMD kernels on the Vector API, not scalar ones
   * @param vectorBits the width of their vectors in bits; 0 when scalar
   * @param reason one line: which kernels and how wide, or why scalar and what changes it
   */
  public record Info(boolean simd, int vectorBits, String reason) {}

  /**
   * Begins to compile the kernels of most networks in the background, unless that has begun.
   * Planning does so too. Call this first if something slow comes before, such as reading weights.
   *
   * @throws IllegalArgumentException if the system property {@code dev.hydranet.vectorBits} is set
   *     to anything other than 0, 128, 256 or 512
   */
  public static void warmUp() {
    Kernels.provider().warmUp();
  }

  /**
   * Fails unless SIMD kernels are in use: for a service that should not start rather than be slow.
   *
   * @throws IllegalStateException if kernels are scalar; the message says why and what changes it
   * @throws IllegalArgumentException as {@link #warmUp} does
   */
  public static void requireSimd() {
    Info info = info();
    if (!info.simd()) {
      throw new IllegalStateException("SIMD kernels are required, found " + info.reason());
    }
  }

  /**
   * {@return which kernels are in use, how wide, and if scalar, why and what changes it}
   *
   * @throws IllegalArgumentException as {@link #warmUp} does
   */
  public static Info info() {
    Kernels.Choice choice = Kernels.choice();
    return new Info(choice.vectorBits() > 0, choice.vectorBits(), choice.reason());
  }
}
