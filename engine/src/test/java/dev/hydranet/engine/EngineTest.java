package dev.hydranet.engine;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.HotSpotDiagnosticMXBean;
import dev.hydranet.engine.testing.OtherJvm;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class EngineTest {
  /**
   * Without this, a silent fall-back would let every other test pass on the wrong kernels: where
   * the machine has fused multiply-adds, there must be SIMD kernels, unless scalar ones were asked
   * for.
   */
  @Test
  void theseTestsRunOnTheKernelsTheyAreMeantFor() {
    int bits = Integer.getInteger("dev.hydranet.vectorBits", -1);
    Engine.Info info = Engine.info();
    if (bits == 0) {
      assertThat(info.simd()).as(info.reason()).isFalse();
    } else if (machineIsAbleToFuse()) {
      assertThat(info.simd()).as(info.reason()).isTrue();
    }
    if (info.simd()) {
      assertThat(info.vectorBits()).isBetween(128, bits < 0 ? Integer.MAX_VALUE : bits);
      assertThat(info.reason()).isEqualTo("SIMD kernels, " + info.vectorBits() + " bits");
    } else {
      assertThat(info.vectorBits()).isZero();
      assertThat(info.reason()).startsWith("scalar kernels: ");
    }
  }

  /** What the engine must not get wrong, found out in another way than the engine's. */
  private static boolean machineIsAbleToFuse() {
    return switch (System.getProperty("os.arch")) {
      case "aarch64" -> true;
      // HotSpot lowers this flag to what the processor has.
      case "amd64", "x86_64" ->
          Integer.parseInt(
                  ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                      .getVMOption("UseAVX")
                      .getValue())
              >= 2;
      default -> false;
    };
  }

  static Stream<Arguments> obstacles() {
    return Stream.of(
        Arguments.of(List.of(), "--add-modules jdk.incubator.vector"),
        Arguments.of(
            List.of(OtherJvm.VECTORS, "-Ddev.hydranet.vectorBits=0"),
            "-Ddev.hydranet.vectorBits=0"),
        Arguments.of(List.of(OtherJvm.VECTORS, "-Xint"), "no C2"),
        Arguments.of(List.of(OtherJvm.VECTORS, "-XX:TieredStopAtLevel=1"), "-XX:TieredStopAtLevel"),
        Arguments.of(
            List.of(OtherJvm.VECTORS, "-XX:CompilationMode=quick-only"), "-XX:CompilationMode"),
        Arguments.of(List.of(OtherJvm.VECTORS, "-XX:-UseCompiler"), "-XX:-UseCompiler"),
        Arguments.of(
            List.of(
                OtherJvm.VECTORS, "-XX:+UnlockExperimentalVMOptions", "-XX:-EnableVectorSupport"),
            "-XX:-EnableVectorSupport"),
        Arguments.of(List.of(OtherJvm.VECTORS, "-XX:-UseFMA"), "-XX:-UseFMA"));
  }

  @ParameterizedTest
  @MethodSource("obstacles")
  void scalarKernelsSayWhyAndWhatChangesIt(List<String> options, String reason) throws Exception {
    assertThat(OtherJvm.run(PrintInfo.class, options))
        .singleElement(as(InstanceOfAssertFactories.STRING))
        .startsWith("false 0 scalar kernels: ")
        .contains(reason);
  }

  @Test
  void nothingButTheModuleIsNeededForSimd() throws Exception {
    assumeTrue(machineIsAbleToFuse());
    assertThat(OtherJvm.run(PrintInfo.class, List.of(OtherJvm.VECTORS)))
        .singleElement(as(InstanceOfAssertFactories.STRING))
        .startsWith("true ")
        .contains(" SIMD kernels, ");
  }

  @Test
  void aServiceThatRequiresSimdDoesNotStartWithout() throws Exception {
    assertThat(OtherJvm.run(Requires.class, List.of(OtherJvm.VECTORS, "-XX:-UseFMA")))
        .containsExactly(
            "SIMD kernels are required, found scalar kernels: no fused multiply-add (the processor"
                + " lacks it, or -XX:-UseFMA or -XX:UseAVX=0)");
    assumeTrue(machineIsAbleToFuse());
    assertThat(OtherJvm.run(Requires.class, List.of(OtherJvm.VECTORS))).containsExactly("starts");
  }

  /** Starts, or says why not. */
  static final class Requires {
    public static void main(String[] args) {
      try {
        Engine.requireSimd();
        System.out.println("starts");
      } catch (IllegalStateException e) {
        System.out.println(e.getMessage());
      }
    }
  }

  /** Prints what the engine runs on. */
  static final class PrintInfo {
    public static void main(String[] args) {
      Engine.Info info = Engine.info();
      System.out.println(info.simd() + " " + info.vectorBits() + " " + info.reason());
    }
  }
}
