package dev.hydranet.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.hydranet.HydraNet;
import dev.hydranet.engine.Engine;
import dev.hydranet.engine.testing.OtherJvm;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarInputStream;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the weights may lie, and who may see them. */
@Tag("once")
class ClassLoadersTest {
  @TempDir Path folder;

  /** Neither is the temporary folder there, nor may anything be written to it. */
  @Test
  void nothingIsWrittenAnywhere() throws Exception {
    assertThat(
            OtherJvm.runIn(
                folder,
                Loads.class,
                List.of(OtherJvm.VECTORS, "-Djava.io.tmpdir=" + folder.resolve("missing"))))
        .containsExactly("loaded");
    assertThat(folder).isEmptyDirectory();
  }

  /** Loads the model in the box. */
  static final class Loads {
    public static void main(String[] args) throws IOException {
      HydraNet.bundled();
      System.out.println("loaded");
    }
  }

  /** The library in a server's loader, the weights in the application's. */
  @Test
  void theContextLoaderOfTheApplicationIsAsked() throws Exception {
    ClassLoader platform = ClassLoader.getPlatformClassLoader();
    try (URLClassLoader shared = loader(platform, Engine.class, HydraNet.class);
        URLClassLoader application = loader(shared, StreetWeights.class)) {
      Class<?> type = shared.loadClass(HydraNet.class.getName());
      Thread.currentThread().setContextClassLoader(application);
      assertThat(type.getMethod("bundled").invoke(null)).isInstanceOf(type);
      Thread.currentThread().setContextClassLoader(platform);
      assertThat(type.getMethod("bundled", ClassLoader.class).invoke(null, application))
          .isInstanceOf(type);
    } finally {
      Thread.currentThread().setContextClassLoader(getClass().getClassLoader());
    }
  }

  @Test
  void aContextLoaderThatSeesAnotherCopyOfTheLibraryDoesNoHarm() throws Exception {
    ClassLoader platform = ClassLoader.getPlatformClassLoader();
    try (URLClassLoader other =
        loader(platform, Engine.class, HydraNet.class, StreetWeights.class)) {
      Thread.currentThread().setContextClassLoader(other);
      assertThat(HydraNet.bundled()).isNotNull();
    } finally {
      Thread.currentThread().setContextClassLoader(getClass().getClassLoader());
    }
  }

  @Test
  void aLoaderWithoutWeightsIsNamed() {
    ClassLoader platform = ClassLoader.getPlatformClassLoader();
    assertThatIllegalStateException()
        .isThrownBy(() -> HydraNet.bundled(platform))
        .withMessage(
            "no weights in the box: the artifact dev.hydranet:hydranet-model is not on what the"
                + " class loader "
                + platform
                + " sees");
  }

  /** As application servers and Spring Boot do: a jar in a jar, read as a stream. */
  @Test
  void aJarInAJarIsRead() throws Exception {
    Path outer = folder.resolve("application.jar");
    try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(outer))) {
      jar.putNextEntry(new JarEntry("lib/model.jar"));
      jar.write(jarOf(Path.of(OtherJvm.origin(StreetWeights.class))));
    }
    Map<String, byte[]> entries = new HashMap<>();
    try (JarInputStream jar = new JarInputStream(Files.newInputStream(outer))) {
      jar.getNextEntry();
      JarInputStream inner = new JarInputStream(new ByteArrayInputStream(jar.readAllBytes()));
      for (JarEntry e = inner.getNextJarEntry(); e != null; e = inner.getNextJarEntry()) {
        entries.put(e.getName(), inner.readAllBytes());
      }
    }
    assertThat(HydraNet.bundled(new InMemory(entries)).tasks()).hasSize(3);
    try (InputStream in = new ByteArrayInputStream(entries.get(RESOURCE))) {
      assertThat(HydraNet.load(in).tasks()).hasSize(3);
    }
    assertThat(HydraNet.load(entries.get(RESOURCE)).tasks()).hasSize(3);
  }

  private static final String RESOURCE = "dev/hydranet/model/hydranet.safetensors";

  private static byte[] jarOf(Path classes) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JarOutputStream jar = new JarOutputStream(bytes);
        Stream<Path> files = Files.walk(classes)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        jar.putNextEntry(new JarEntry(classes.relativize(file).toString().replace('\\', '/')));
        jar.write(Files.readAllBytes(file));
      }
    }
    return bytes.toByteArray();
  }

  private static URLClassLoader loader(ClassLoader parent, Class<?>... of) throws IOException {
    URL[] urls = new URL[of.length];
    for (int i = 0; i < of.length; i++) {
      urls[i] = Path.of(OtherJvm.origin(of[i])).toUri().toURL();
    }
    return new URLClassLoader(urls, parent);
  }

  /** Finds classes and resources in memory, and its own before those of the class path. */
  private static final class InMemory extends ClassLoader {
    private final Map<String, byte[]> entries;

    InMemory(Map<String, byte[]> entries) {
      super(HydraNet.class.getClassLoader());
      this.entries = entries;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      byte[] code = entries.get(name.replace('.', '/') + ".class");
      Class<?> loaded = findLoadedClass(name);
      if (code == null || loaded != null) {
        return loaded != null ? loaded : super.loadClass(name, resolve);
      }
      return defineClass(name, code, 0, code.length);
    }

    @Override
    public URL getResource(String name) {
      return entries.containsKey(name) ? url(name) : super.getResource(name);
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
      return entries.containsKey(name)
          ? Collections.enumeration(List.of(url(name)))
          : super.getResources(name);
    }

    private URL url(String name) {
      URLStreamHandler handler =
          new URLStreamHandler() {
            @Override
            protected URLConnection openConnection(URL url) {
              return new URLConnection(url) {
                @Override
                public void connect() {}

                @Override
                public InputStream getInputStream() {
                  return new ByteArrayInputStream(entries.get(name));
                }
              };
            }
          };
      try {
        return URL.of(URI.create("memory:/" + name), handler);
      } catch (IOException e) {
        throw new IllegalArgumentException(e);
      }
    }
  }
}
