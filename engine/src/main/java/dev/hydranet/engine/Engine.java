package dev.hydranet.engine;

import dev.hydranet.engine.kernel.Kernels;

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
   * Begins to have the kernels compiled, in the background, if that has not begun. Planning does so
   * too; it pays to call this where something else comes before, such as reading weights.
   */
  public static void warmUp() {
    Kernels.provider().warmUp();
  }

  /** {@return which kernels are in use, how wide, and if scalar, why and what changes it} */
  public static Info info() {
    Kernels.Info kernels = Kernels.info();
    return new Info(kernels.vectorBits() > 0, kernels.vectorBits(), kernels.reason());
  }
}
