package dev.hydranet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hydranet.engine.testing.OtherJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command in a JVM as the launcher starts it, but on the class path of this test. */
class MainTest {
  @TempDir private Path folder;

  @Test
  void vectorsAreThereWithoutAnOptionAndWithoutAWarning() throws Exception {
    List<String> withOption = OtherJvm.run(Main.class, List.of(OtherJvm.VECTORS), "info");
    Cli.Result result = run("info");
    assertThat(result.out().lines()).containsExactlyElementsOf(withOption);
    assertThat(result.err()).isEmpty();
    assertThat(result.exitCode()).isZero();
  }

  @Test
  void theOnnxLibraryMakesTheJvmPrintNoWarning() throws Exception {
    Path weights = SmallNetwork.write(folder.resolve("small.safetensors"));
    Path out = folder.resolve("small.onnx");
    Cli.Result result = run("export", "--weights", weights.toString(), out.toString());
    assertThat(result.err()).isEmpty();
    assertThat(out).isNotEmptyFile();
  }

  private Cli.Result run(String... arguments) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-exports=java.base/jdk.internal.module=ALL-UNNAMED",
                "-Dsun.misc.unsafe.memory.access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
    command.addAll(List.of(arguments));
    Path errors = folder.resolve("errors");
    Process process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
    String out = new String(process.getInputStream().readAllBytes());
    return new Cli.Result(process.waitFor(), out, Files.readString(errors));
  }
}
