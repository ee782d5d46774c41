package dev.hydranet.engine.kernel.simd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hydranet.engine.testing.OtherJvm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.DirectMethodHandleDesc;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the class files of the SIMD kernels say about their methods. */
@Tag("once")
class VectorMethodsTest {
  private static final String API = "jdk/incubator/vector/";
  private static final String PACKAGE = "dev/hydranet/engine/kernel/simd/";
  private static final String CHECK = PACKAGE + "vector/VectorApi.check()V";

  /** What each method of the SIMD kernels refers to: methods, fields, and bodies of lambdas. */
  private static final Map<String, Set<String>> REFERENCES = new HashMap<>();

  @BeforeAll
  static void read() throws IOException {
    Path classes = Path.of(OtherJvm.origin(SimdKernels.class)).resolve(PACKAGE);
    try (Stream<Path> files = Files.walk(classes)) {
      files.filter(file -> file.toString().endsWith(".class")).forEach(VectorMethodsTest::read);
    }
  }

  private static void read(Path file) {
    try {
      var model = ClassFile.of().parse(file);
      String owner = model.thisClass().asInternalName();
      for (var method : model.methods()) {
        Set<String> references = new TreeSet<>();
        method
            .code()
            .map(CodeModel::elementStream)
            .orElse(Stream.empty())
            .forEach(element -> add(element, references));
        String type = method.methodType().stringValue();
        REFERENCES.put(owner + "." + method.methodName().stringValue() + type, references);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void add(CodeElement element, Set<String> references) {
    switch (element) {
      case InvokeInstruction call -> references.add(name(call.method()));
      case FieldInstruction field -> references.add(name(field.field()));
      case InvokeDynamicInstruction lambda ->
          lambda.bootstrapArgs().stream()
              .filter(DirectMethodHandleDesc.class::isInstance)
              .map(DirectMethodHandleDesc.class::cast)
              .map(VectorMethodsTest::name)
              .forEach(references::add);
      default -> {}
    }
  }

  private static String name(MemberRefEntry member) {
    return member.owner().asInternalName()
        + "."
        + member.name().stringValue()
        + member.type().stringValue();
  }

  private static String name(DirectMethodHandleDesc method) {
    String owner = method.owner().descriptorString();
    return owner.substring(1, owner.length() - 1)
        + "."
        + method.methodName()
        + method.lookupDescriptor();
  }

  private static boolean usesVectors(String method) {
    return REFERENCES.get(method).stream()
        .anyMatch(name -> name.startsWith(API) && name.contains("(") && !isOfSpecies(name));
  }

  private static boolean isOfSpecies(String name) {
    return name.startsWith(API + "VectorSpecies.");
  }

  /** A loop that is not warmed up makes an object of every vector in the first run. */
  @Test
  void everyMethodThatUsesVectorsIsAmongTheHotLoops() {
    Set<String> warm = new TreeSet<>();
    Deque<String> next = new ArrayDeque<>();
    next.add(PACKAGE + "SimdKernels.hotLoops(I)Ljava/util/List;");
    while (!next.isEmpty()) {
      String method = next.remove();
      if (REFERENCES.containsKey(method) && warm.add(method)) {
        next.addAll(REFERENCES.get(method));
      }
    }
    Set<String> users = new TreeSet<>(REFERENCES.keySet());
    users.removeIf(method -> !usesVectors(method) || method.equals(CHECK));
    assertThat(users).hasSizeGreaterThan(20);
    assertThat(users).isSubsetOf(warm);
  }

  /** Else a version of Java without it would fail in the middle of a run. */
  @Test
  void everyOperationOnVectorsIsCheckedBeforeTheKernelsAreChosen() {
    Set<String> used = new TreeSet<>();
    REFERENCES.values().forEach(used::addAll);
    used.removeIf(name -> !name.startsWith(API) || isOfSpecies(name) || name.contains(".SPECIES_"));
    assertThat(REFERENCES.get(CHECK)).containsAll(used);
  }
}
