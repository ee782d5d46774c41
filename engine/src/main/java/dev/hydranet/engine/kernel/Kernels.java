package dev.hydranet.engine.kernel;

import dev.hydranet.engine.kernel.scalar.ScalarKernels;
import java.util.Optional;

/** The choice between scalar and SIMD kernels, made once in a JVM. */
public final class Kernels {
  private static final String BITS = "dev.hydranet.vectorBits";
  private static final String LOGGER = "dev.hydranet.engine";

  private Kernels() {}

  /**
   * The kernels in use.
   *
   * @param vectorBits the width of their vectors; 0 when scalar
   * @param reason one line: which kernels and how wide, or why scalar and what changes it
   */
  public record Info(int vectorBits, String reason) {}

  /**
   * Made when first asked for; a log line says what it is: a warning if scalar was not asked for.
   */
  private static final class Choice {
    static final KernelProvider PROVIDER;
    static final Info INFO;

    static {
      Optional<String> obstacle = obstacle();
      KernelProvider provider = obstacle.isEmpty() ? simd() : new ScalarKernels();
      int bits = obstacle.isEmpty() ? provider.lanes() * Float.SIZE : 0;
      String reason =
          obstacle.map(why -> "scalar kernels: " + why).orElse("SIMD kernels, " + bits + " bits");
      PROVIDER = provider;
      INFO = new Info(bits, reason);
      boolean wished = bits > 0 || Integer.getInteger(BITS, -1) == 0;
      System.getLogger(LOGGER)
          .log(wished ? System.Logger.Level.DEBUG : System.Logger.Level.WARNING, reason);
    }
  }

  /** The kernels in use. */
  public static KernelProvider provider() {
    return Choice.PROVIDER;
  }

  /** Which they are, and why. */
  public static Info info() {
    return Choice.INFO;
  }

  private static Optional<String> obstacle() {
    if (Integer.getInteger(BITS, -1) == 0) {
      return Optional.of("asked for by -D" + BITS + "=0");
    }
    if (ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty()) {
      return Optional.of(
          "the Vector API is not there; start java with --add-modules jdk.incubator.vector");
    }
    String mode = System.getProperty("java.vm.info", "");
    if (!System.getProperty("java.vm.name").contains("Server VM")
        || mode.contains("interpreted mode")) {
      return Optional.of("this JVM has no C2 compiler to turn vectors into registers");
    }
    if (HotSpot.flagIs("TieredStopAtLevel", "0", "1", "2", "3")) {
      return Optional.of("C2 is off; remove -XX:TieredStopAtLevel");
    }
    if (mode.contains("emulated-client")) {
      return Optional.of(
          "C2 is off; remove -XX:CompilationMode=quick-only or -XX:+NeverActAsServerClassMachine");
    }
    if (HotSpot.flagIs("UseCompiler", "false")) {
      return Optional.of("C2 is off; remove -XX:-UseCompiler");
    }
    if (HotSpot.flagIs("EnableVectorSupport", "false")) {
      return Optional.of("C2 does not know vectors; remove -XX:-EnableVectorSupport");
    }
    if (HotSpot.flagIs("UseJVMCICompiler", "true")) {
      return Optional.of("a JVMCI compiler stands in for C2; remove -XX:+UseJVMCICompiler");
    }
    if (HotSpot.flagIs("UseFMA", "false")) {
      return Optional.of(
          "no fused multiply-add (the processor lacks it, or -XX:-UseFMA or -XX:UseAVX=0)");
    }
    return Optional.empty();
  }

  private static KernelProvider simd() {
    try {
      return (KernelProvider)
          Class.forName("dev.hydranet.engine.kernel.simd.SimdKernels")
              .getConstructor()
              .newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("the SIMD kernels do not load", e);
    }
  }
}
