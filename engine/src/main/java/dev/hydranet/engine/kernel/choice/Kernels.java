package dev.hydranet.engine.kernel.choice;

import dev.hydranet.engine.events.FlightRecorder;
import dev.hydranet.engine.kernel.KernelProvider;
import dev.hydranet.engine.kernel.scalar.ScalarKernels;
import java.lang.module.ModuleFinder;
import java.lang.reflect.InvocationTargetException;
import java.util.Optional;

/** The choice between scalar and SIMD kernels, made once in a JVM. */
public final class Kernels {
  /** Made by its name, so that nothing else links the incubator module. */
  private static final String SIMD = "dev.hydranet.engine.kernel.simd.SimdKernels";

  private static final String VECTOR_MODULE = "jdk.incubator.vector";

  private static Choice choice;

  private Kernels() {}

  /**
   * What was chosen.
   *
   * @param provider the kernels
   * @param vectorBits the width of their vectors; 0 when scalar
   * @param reason one line: which kernels, or why scalar and what changes it
   */
  public record Choice(KernelProvider provider, int vectorBits, String reason) {}

  /**
   * The kernels in use. A log line says which: a warning if scalar kernels were not asked for.
   *
   * @throws IllegalArgumentException if {@link VectorBits#OPTION} is not valid
   */
  public static synchronized Choice choice() {
    if (choice == null) {
      int requested = VectorBits.requested().orElse(-1);
      choice = choose(requested);
      boolean asRequested = choice.vectorBits() > 0 || requested == 0;
      System.getLogger("dev.hydranet.engine")
          .log(
              asRequested ? System.Logger.Level.DEBUG : System.Logger.Level.WARNING,
              choice.reason());
      FlightRecorder.kernelsChosen(choice.vectorBits(), choice.reason());
    }
    return choice;
  }

  /** The kernels in use; fails as {@link #choice} does. */
  public static KernelProvider provider() {
    return choice().provider();
  }

  private static Choice choose(int requestedBits) {
    if (requestedBits == 0) {
      return scalar("asked for by -D" + VectorBits.OPTION + "=0");
    }
    Optional<String> obstacle = obstacle();
    if (obstacle.isPresent()) {
      return scalar(obstacle.get());
    }
    try {
      return simd();
    } catch (ClassNotFoundException e) {
      return scalar("the class " + e.getMessage() + " is missing; keep it when shrinking jars");
    } catch (InvocationTargetException e) {
      return scalar(unusable(e.getCause()));
    } catch (ReflectiveOperationException | LinkageError | RuntimeException e) {
      return scalar(unusable(e));
    }
  }

  private static Choice scalar(String why) {
    return new Choice(new ScalarKernels(), 0, "scalar kernels: " + why);
  }

  private static Choice simd() throws ReflectiveOperationException {
    ModuleLayer.boot().findModule(VECTOR_MODULE).ifPresent(Kernels.class.getModule()::addReads);
    KernelProvider provider = (KernelProvider) Class.forName(SIMD).getConstructor().newInstance();
    int bits = provider.lanes() * Float.SIZE;
    return new Choice(provider, bits, "SIMD kernels, " + bits + " bits");
  }

  /** Why kernels that a JVM could run do not link. */
  private static String unusable(Throwable failure) {
    Throwable cause = failure instanceof ExceptionInInitializerError ? failure.getCause() : failure;
    String why =
        vectorsAreVisible()
            ? "the kernels do not fit the Vector API of Java " + Runtime.version().feature()
            : "this class loader or module layer hides "
                + VECTOR_MODULE
                + "; make the module visible to the engine";
    return why + " (" + cause.toString().lines().findFirst().orElse("") + ")";
  }

  private static boolean vectorsAreVisible() {
    try {
      Class.forName(VECTOR_MODULE + ".FloatVector", false, Kernels.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException | LinkageError e) {
      return false;
    }
  }

  private static Optional<String> obstacle() {
    // It may have been loaded later, into a layer above the boot layer.
    if (ModuleLayer.boot().findModule(VECTOR_MODULE).isEmpty() && !vectorsAreVisible()) {
      return Optional.of(
          ModuleFinder.ofSystem().find(VECTOR_MODULE).isPresent()
              ? "the Vector API is not there; start java with --add-modules " + VECTOR_MODULE
              : "this Java has no module " + VECTOR_MODULE + "; use one that has it");
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
}
