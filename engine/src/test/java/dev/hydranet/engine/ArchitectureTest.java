package dev.hydranet.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  /** How class files name the packages of the incubator module. */
  private static final String INCUBATOR = "jdk/incubator/vector";

  /** So that the engine links without the module, and falls back to scalar kernels. */
  @Test
  void onlyTheSimdPackageUsesTheVectorApi() throws Exception {
    Path classes =
        Path.of(Engine.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    Path simd = classes.resolve("dev/hydranet/engine/kernel/simd");
    try (Stream<Path> files = Files.walk(classes)) {
      List<Path> users =
          files.filter(file -> file.toString().endsWith(".class")).filter(this::usesIt).toList();
      assertThat(users).isNotEmpty().allMatch(file -> file.startsWith(simd));
    }
  }

  private boolean usesIt(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(INCUBATOR);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
