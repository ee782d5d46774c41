package dev.hydranet.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hydranet.engine.testing.OtherJvm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  /** How class files name the packages of the incubator module. */
  private static final String INCUBATOR = "jdk/incubator/vector";

  /** Methods that take the machine's locale where they are given none. */
  private static final Pattern LOCALISED =
      Pattern.compile(
          "java/lang/String\\.(format\\(Ljava/lang/String;|formatted|to(Low|Upp)erCase\\(\\))"
              + "|java/io/Print.*\\.(format|printf)\\(Ljava/lang/String;");

  /** So that the engine links without the module, and falls back to scalar kernels. */
  @Test
  void onlyTheSimdPackageUsesTheVectorApi() throws Exception {
    Path classes = Path.of(OtherJvm.origin(Engine.class));
    Path simd = classes.resolve("dev/hydranet/engine/kernel/simd");
    try (Stream<Path> files = Files.walk(classes)) {
      List<Path> users =
          files.filter(file -> file.toString().endsWith(".class")).filter(this::usesIt).toList();
      assertThat(users).isNotEmpty().allMatch(file -> file.startsWith(simd));
    }
  }

  /** Else a message has Arabic digits, or an i without a dot, where the machine is set up so. */
  @Test
  void noTextDependsOnTheMachinesLocale() throws Exception {
    Path classes = Path.of(OtherJvm.origin(Engine.class));
    Set<String> calls = new TreeSet<>();
    try (Stream<Path> files = Files.walk(classes)) {
      for (Path file : files.filter(file -> file.toString().endsWith(".class")).toList()) {
        for (PoolEntry entry : ClassFile.of().parse(file).constantPool()) {
          if (entry instanceof MemberRefEntry member) {
            String owner = member.owner().asInternalName();
            calls.add(owner + "." + member.name().stringValue() + member.type().stringValue());
          }
        }
      }
    }
    assertThat(calls).anyMatch(call -> call.contains("java/lang/String.format"));
    assertThat(calls).noneMatch(call -> LOCALISED.matcher(call).find());
  }

  private boolean usesIt(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(INCUBATOR);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
