package dev.hydranet.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hydranet.HydraNet;
import dev.hydranet.engine.Engine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The smallest runtime image that the library runs in, as docs/embedding.md makes it. */
class RuntimeImageTest {
  @TempDir Path folder;

  /** Prints which kernels are in use, and how many tasks the model in the box has. */
  static final class Program {
    public static void main(String[] args) throws IOException {
      System.out.println(Engine.info().simd() + " " + HydraNet.bundled().tasks().size());
    }
  }

  @Test
  void theLibraryRunsInAnImageOfFourModules() throws Exception {
    Path jlink = Path.of(System.getProperty("java.home"), "bin", "jlink");
    Assumptions.assumeTrue(Files.exists(jlink));
    Path image = folder.resolve("image");
    run(
        jlink.toString(),
        "--add-modules",
        "java.desktop,java.management,jdk.management,jdk.incubator.vector",
        "--output",
        image.toString());
    String output =
        run(
            image.resolve("bin").resolve("java").toString(),
            "--add-modules",
            "jdk.incubator.vector",
            "-cp",
            System.getProperty("java.class.path"),
            Program.class.getName());
    assertThat(output.lines().toList()).endsWith(Engine.info().simd() + " 3");
  }

  private static String run(String... command) throws Exception {
    Process process = new ProcessBuilder(List.of(command)).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }
}
