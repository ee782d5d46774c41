package dev.hydranet.engine;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hydranet.engine.graph.Conv2d;
import dev.hydranet.engine.graph.GraphBuilder;
import dev.hydranet.engine.plan.Planner;
import dev.hydranet.engine.plan.Session;
import dev.hydranet.engine.tensor.Shape;
import dev.hydranet.engine.testing.OtherJvm;
import dev.hydranet.engine.testing.SeededTensors;
import java.io.File;
import java.lang.classfile.ClassFile;
import java.lang.constant.ClassDesc;
import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The engine where something of what its SIMD kernels need is not to be had. */
@Tag("once")
class KernelChoiceTest {
  private static final String VECTORS = "jdk.incubator.vector.";

  /** Runs a small network; gives what the engine says of its kernels. */
  public static final class RunNetwork implements Supplier<String> {
    public static void main(String[] args) {
      System.out.println(new RunNetwork().get());
    }

    @Override
    public String get() {
      GraphBuilder g = new GraphBuilder();
      g.output("out", g.conv2d("conv", g.input("input"), Conv2d.of(3, 5, 3).withPadding(1)));
      var graph = g.build();
      Shape shape = Shape.of(1, 3, 8, 9);
      Session session =
          Planner.plan(graph, SeededTensors.parameters(graph, 1)).newSession(shape, Threads.of(1));
      session.run(Map.of("input", SeededTensors.uniform("input", shape, 1)), session.newOutputs());
      return Engine.info().reason();
    }
  }

  /** Loads the engine once more, and hides packages from it. */
  private static class Hiding extends URLClassLoader {
    private final List<String> hidden;

    Hiding(List<String> hidden) {
      super(
          new URL[] {url(OtherJvm.origin(Engine.class)), url(OtherJvm.origin(RunNetwork.class))},
          new ClassLoader(ClassLoader.getPlatformClassLoader()) {
            @Override
            protected Class<?> loadClass(String name, boolean resolve)
                throws ClassNotFoundException {
              if (hidden.stream().anyMatch(name::startsWith)) {
                throw new ClassNotFoundException(name);
              }
              return super.loadClass(name, resolve);
            }
          });
      this.hidden = hidden;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      if (hidden.stream().anyMatch(name::startsWith)) {
        throw new ClassNotFoundException(name);
      }
      return super.findClass(name);
    }

    private static URL url(String path) {
      try {
        return new File(path).toURI().toURL();
      } catch (MalformedURLException e) {
        throw new AssertionError(e);
      }
    }
  }

  private static String reason(ClassLoader loader) throws Exception {
    Object network = loader.loadClass(RunNetwork.class.getName()).getConstructor().newInstance();
    return (String) ((Supplier<?>) network).get();
  }

  @Test
  void aClassLoaderThatHidesVectorsGetsScalarKernelsAndTheReason() throws Exception {
    assumeTrue(Engine.info().simd());
    try (Hiding loader = new Hiding(List.of(VECTORS, "com.sun.management."))) {
      assertThat(reason(loader))
          .startsWith("scalar kernels: this class loader or module layer hides jdk.incubator")
          .contains("make the module visible")
          .isEqualTo(reason(loader));
    }
  }

  @Test
  void aClassLoaderThatHidesTheCountOfAllocationsStillGetsVectors() throws Exception {
    assumeTrue(Engine.info().simd());
    try (Hiding loader = new Hiding(List.of("com.sun.management.", "java.lang.management."))) {
      assertThat(reason(loader)).isEqualTo(Engine.info().reason());
    }
  }

  @Test
  void kernelsThatWereShrunkAwayAreNamed() throws Exception {
    assumeTrue(Engine.info().simd());
    try (Hiding loader = new Hiding(List.of("dev.hydranet.engine.kernel.simd."))) {
      assertThat(reason(loader))
          .startsWith("scalar kernels: the class dev.hydranet.engine.kernel.simd.SimdKernels is")
          .contains("keep it when shrinking");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"FloatVector", "IntVector", "VectorOperators"})
  void anotherVectorApiIsNotUsed(String changed) throws Exception {
    assumeTrue(Engine.info().simd());
    byte[] empty = ClassFile.of().build(ClassDesc.of(VECTORS + changed), type -> {});
    try (Hiding loader =
        new Hiding(List.of()) {
          @Override
          protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(name)) {
              Class<?> loaded = findLoadedClass(name);
              if (loaded == null && name.equals(VECTORS + changed)) {
                loaded = defineClass(name, empty, 0, empty.length);
              }
              return loaded != null ? loaded : super.loadClass(name, resolve);
            }
          }
        }) {
      assertThat(reason(loader))
          .startsWith("scalar kernels: the kernels do not fit the Vector API of Java ")
          .hasLineCount(1);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aModuleLayerGetsVectorsUnlessItHidesThem(boolean hides) throws Exception {
    assumeTrue(Engine.info().simd());
    ModuleFinder finder = ModuleFinder.of(Path.of(OtherJvm.origin(Engine.class)));
    assumeTrue(finder.find("dev.hydranet.engine").isPresent(), "compiled without a descriptor");
    Configuration configuration =
        ModuleLayer.boot()
            .configuration()
            .resolve(finder, ModuleFinder.of(), Set.of("dev.hydranet.engine"));
    try (Hiding loader = new Hiding(hides ? List.of(VECTORS) : List.of())) {
      ModuleLayer layer = ModuleLayer.boot().defineModules(configuration, name -> loader);
      Class<?> engine = layer.findLoader("dev.hydranet.engine").loadClass(Engine.class.getName());
      assertThat(engine.getModule().getName()).isEqualTo("dev.hydranet.engine");
      Object info = engine.getMethod("info").invoke(null);
      assertThat(info.toString())
          .contains(hides ? "scalar kernels: this class loader or module" : "SIMD kernels, ");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"java.base", "java.base,java.management"})
  void anImageOfFewModulesStillGetsVectors(String modules) throws Exception {
    assumeTrue(Engine.info().simd());
    List<String> options =
        List.of(OtherJvm.VECTORS, "--limit-modules=jdk.incubator.vector," + modules);
    assertThat(OtherJvm.run(RunNetwork.class, options))
        .singleElement(as(STRING))
        .startsWith("SIMD kernels, ");
  }

  @Test
  void anImageWithoutVectorsSaysSo() throws Exception {
    assertThat(OtherJvm.run(RunNetwork.class, List.of("--limit-modules=java.base")))
        .singleElement(as(STRING))
        .startsWith("scalar kernels: the Vector API is not there");
  }

  @ParameterizedTest
  @ValueSource(strings = {"abc", "64", "-5", "300"})
  void aWidthThatIsNoneIsAnErrorThatListsThem(String bits) throws Exception {
    String option = "-Ddev.hydranet.vectorBits=" + bits;
    assertThat(OtherJvm.run(PrintError.class, List.of(OtherJvm.VECTORS, option)))
        .hasSize(2)
        .allMatch(
            line ->
                line.equals(
                    "dev.hydranet.vectorBits: expected one of 0, 128, 256, 512; found '"
                        + bits
                        + "'"));
  }

  /** Prints what is wrong, each time that it is asked. */
  static final class PrintError {
    public static void main(String[] args) {
      for (int i = 0; i < 2; i++) {
        try {
          System.out.println(Engine.info());
        } catch (IllegalArgumentException e) {
          System.out.println(e.getMessage());
        }
      }
    }
  }
}
