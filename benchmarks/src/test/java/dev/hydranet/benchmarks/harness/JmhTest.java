package dev.hydranet.benchmarks.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the command line of the benchmarks ends with. */
class JmhTest {
  private record Result(int exitCode, String output) {}

  @Test
  void endsWith0WhenAllThatCanBeMeasuredWasMeasured() throws Exception {
    // Winograd's algorithm does not apply to this stage.
    Result result =
        jmh(
            "stages.(Depthwise3x3|Winograd3x3).simd -p stage=S14_C576_DOWN -p data=CACHE"
                + " -p threads=1 -f 1 -bm ss -wi 0 -i 1");
    assertThat(result.output())
        .contains("Winograd's algorithm needs stride 1")
        .contains("Depthwise3x3.simd")
        .doesNotContain("ERROR");
    assertThat(result.exitCode()).isZero();
  }

  @Test
  void endsWith1WhenABenchmarkFailed() throws Exception {
    Result result = jmh("MaxPooling.scalar -p layer=crp1.0.1_maxpool -f 1 -jvmArgs -Xnonsense");
    assertThat(result.output())
        .contains("ERROR: failed: dev.hydranet.benchmarks.kernels.MaxPooling.scalar")
        .contains("ERROR: nothing was measured");
    assertThat(result.exitCode()).isEqualTo(1);
  }

  @Test
  void endsWith1WhenNothingIsMeasured() throws Exception {
    assertThat(jmh("NoSuchBenchmark").exitCode()).isEqualTo(1);
    Result absent = jmh("MaxPooling.scalar -p layer=nosuch -f 1");
    assertThat(absent.output())
        .contains("the network has no nosuch")
        .contains("ERROR: nothing was measured");
    assertThat(absent.exitCode()).isEqualTo(1);
  }

  @Test
  void listsBenchmarks() throws Exception {
    Result result = jmh("-l MaxPooling");
    assertThat(result.output()).contains("dev.hydranet.benchmarks.kernels.MaxPooling.simd512");
    assertThat(result.exitCode()).isZero();
  }

  private static Result jmh(String options) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "--add-modules",
                "jdk.incubator.vector",
                "-cp",
                System.getProperty("java.class.path"),
                Jmh.class.getName()));
    command.addAll(List.of(options.split(" ")));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Result(process.waitFor(), output);
  }
}
