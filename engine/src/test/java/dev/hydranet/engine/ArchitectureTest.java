package dev.hydranet.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How packages depend on each other, in every module of the project. */
@Tag("once")
class ArchitectureTest {
  /** How class files name the packages of the incubator module. */
  private static final String INCUBATOR = "jdk/incubator/vector";

  private static final int MOST_FILES = 30;

  private static final Pattern PACKAGE = Pattern.compile("(?m)^package (.*);");
  private static final Pattern IMPORT =
      Pattern.compile("(?m)^import (?:static )?(dev\\.hydranet(?:\\.[a-z0-9]+)*)\\.[A-Z]");

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

  @Test
  void noPackageIsLarge() throws IOException {
    Map<String, List<Path>> packages = new TreeMap<>();
    for (Path file : sources()) {
      packages.computeIfAbsent(packageOf(read(file)), p -> new ArrayList<>()).add(file);
    }
    assertThat(packages).containsKey("dev.hydranet.engine.graph");
    packages.forEach(
        (name, files) -> assertThat(files.size()).as(name).isLessThanOrEqualTo(MOST_FILES));
  }

  @Test
  void packagesDoNotDependOnEachOtherInACircle() throws IOException {
    Map<String, Set<String>> uses = new TreeMap<>();
    for (Path file : sources()) {
      String source = read(file);
      String user = packageOf(source);
      Matcher imported = IMPORT.matcher(source);
      while (imported.find()) {
        if (!imported.group(1).equals(user)) {
          uses.computeIfAbsent(user, p -> new TreeSet<>()).add(imported.group(1));
        }
      }
    }
    assertThat(uses).containsKey("dev.hydranet.engine.plan");
    Set<String> done = new HashSet<>();
    for (String name : uses.keySet()) {
      assertThat(circle(name, uses, new ArrayList<>(), done)).as("a circle of packages").isEmpty();
    }
  }

  /** A circle that is met from a package on; empty where there is none. */
  private static List<String> circle(
      String name, Map<String, Set<String>> uses, List<String> path, Set<String> done) {
    if (path.contains(name)) {
      return List.copyOf(path.subList(path.indexOf(name), path.size()));
    }
    if (done.contains(name)) {
      return List.of();
    }
    path.add(name);
    for (String used : uses.getOrDefault(name, Set.of())) {
      List<String> found = circle(used, uses, path, done);
      if (!found.isEmpty()) {
        return found;
      }
    }
    path.removeLast();
    done.add(name);
    return List.of();
  }

  /** All production sources of the checkout. */
  private static List<Path> sources() throws IOException {
    Path root = Path.of("..").toRealPath();
    Path production = Path.of("src", "main", "java");
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> root.relativize(file).toString().contains(production.toString()))
          .filter(file -> !file.endsWith("module-info.java") && !file.endsWith("package-info.java"))
          .toList();
    }
  }

  private static String read(Path file) throws IOException {
    return Files.readString(file);
  }

  private static String packageOf(String source) {
    Matcher matcher = PACKAGE.matcher(source);
    assertThat(matcher.find()).isTrue();
    return matcher.group(1);
  }
}
