package dev.hydranet.engine.testing;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs a test's main class in another JVM with its own options, on the class path of this one. */
public final class OtherJvm {
  /** What every JVM needs for SIMD kernels. */
  public static final String VECTORS = "--add-modules=jdk.incubator.vector";

  private OtherJvm() {}

  /** The options that have the other JVM choose the same kernels as this one. */
  public static List<String> sameKernels() {
    List<String> options = new ArrayList<>();
    for (String option : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
      if (option.startsWith("--add-modules=")
          || option.startsWith("-XX:")
          || option.startsWith("-Ddev.hydranet.vectorBits=")) {
        options.add(option);
      }
    }
    return options;
  }

  /**
   * What a class prints.
   *
   * @param main has a {@code main} method
   * @param options of the JVM; a class path among them ({@code -cp}) takes the place of this JVM's
   * @return its lines on the output stream
   * @throws AssertionError if the JVM does not end with 0, with what both streams say
   */
  public static List<String> run(Class<?> main, List<String> options, String... arguments)
      throws IOException, InterruptedException {
    return runIn(Path.of(""), main, options, arguments);
  }

  /** The same in a given folder, where its relative paths begin. */
  public static List<String> runIn(
      Path folder, Class<?> main, List<String> options, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    if (!options.contains("-cp")) {
      command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    }
    command.add(main.getName());
    command.addAll(List.of(arguments));
    Path errors = Files.createTempFile("other-jvm", ".err");
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(folder.toAbsolutePath().toFile())
              .redirectError(errors.toFile())
              .start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      int exitCode = process.waitFor();
      if (exitCode != 0) {
        throw new AssertionError(
            String.format(
                "%s ended with %d%n%s%n%s", command, exitCode, output, Files.readString(errors)));
      }
      return output.lines().toList();
    } finally {
      Files.delete(errors);
    }
  }

  /** The folder or jar that a class was loaded from. */
  public static String origin(Class<?> loaded) {
    try {
      return new File(loaded.getProtectionDomain().getCodeSource().getLocation().toURI()).getPath();
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }
}
