package dev.hydranet.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class EngineTest {
  private static final String MODULE = "--add-modules=jdk.incubator.vector";

  /** Without this, a silent fall-back would let every other test pass on the wrong kernels. */
  @Test
  void theseTestsRunOnTheKernelsTheyAreMeantFor() {
    int bits = Integer.getInteger("dev.hydranet.vectorBits", -1);
    Engine.Info info = Engine.info();
    if (bits == 0) {
      assertThat(info.simd()).as(info.reason()).isFalse();
      assertThat(info.vectorBits()).isZero();
    } else {
      assertThat(info.simd()).as(info.reason()).isTrue();
      assertThat(info.vectorBits()).isBetween(128, bits < 0 ? Integer.MAX_VALUE : bits);
    }
  }

  static Stream<Arguments> obstacles() {
    return Stream.of(
        Arguments.of(List.of(), "--add-modules jdk.incubator.vector"),
        Arguments.of(List.of(MODULE, "-Ddev.hydranet.vectorBits=0"), "-Ddev.hydranet.vectorBits=0"),
        Arguments.of(List.of(MODULE, "-Xint"), "no C2"),
        Arguments.of(List.of(MODULE, "-XX:TieredStopAtLevel=1"), "-XX:TieredStopAtLevel"),
        Arguments.of(List.of(MODULE, "-XX:CompilationMode=quick-only"), "-XX:CompilationMode"),
        Arguments.of(List.of(MODULE, "-XX:-UseCompiler"), "-XX:-UseCompiler"),
        Arguments.of(
            List.of(MODULE, "-XX:+UnlockExperimentalVMOptions", "-XX:-EnableVectorSupport"),
            "-XX:-EnableVectorSupport"),
        Arguments.of(List.of(MODULE, "-XX:-UseFMA"), "-XX:-UseFMA"));
  }

  @ParameterizedTest
  @MethodSource("obstacles")
  void scalarKernelsSayWhyAndWhatChangesIt(List<String> options, String reason) throws Exception {
    assertThat(infoOfJvm(options)).startsWith("false 0 scalar kernels: ").contains(reason);
  }

  @Test
  void nothingButTheModuleIsNeededForSimd() throws Exception {
    assertThat(infoOfJvm(List.of(MODULE))).startsWith("true ").contains(" SIMD kernels, ");
  }

  /** What {@link PrintInfo} prints in a JVM of its own. */
  private static String infoOfJvm(List<String> options) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), PrintInfo.class.getName()));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String output =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    assertThat(process.waitFor()).isZero();
    return output;
  }

  /** Prints what the engine runs on. */
  static final class PrintInfo {
    public static void main(String[] args) {
      Engine.Info info = Engine.info();
      System.out.println(info.simd() + " " + info.vectorBits() + " " + info.reason());
    }
  }
}
