package dev.hydranet;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/**
 * Weights in a separate artifact, found by {@link HydraNet#bundled()} as a service ({@link
 * java.util.ServiceLoader}) on the class path or module path.
 */
public interface BundledWeights {
  /**
   * {@return a new stream of a safetensors file, as {@link HydraNet#load} reads it}
   *
   * @throws IOException if it cannot be opened
   */
  InputStream open() throws IOException;

  /**
   * Writes the safetensors file.
   *
   * @param file where to; replaced if there is one
   * @throws IOException if it cannot be read or written
   */
  default void copyTo(Path file) throws IOException {
    try (InputStream in = open()) {
      Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /**
   * {@return the weights in the box, found through the thread's context class loader or the one
   * that loaded this class}
   *
   * @throws IllegalStateException if neither finds any
   */
  static BundledWeights find() {
    return search(Thread.currentThread().getContextClassLoader())
        .or(() -> search(BundledWeights.class.getClassLoader()))
        .orElseThrow(() -> missing("the class path or module path"));
  }

  /**
   * {@return the weights in the box that a class loader finds}
   *
   * @param loader null for the system's
   * @throws IllegalStateException if it finds none
   */
  @SuppressWarnings("exports") // compile-only
  static BundledWeights find(@Nullable ClassLoader loader) {
    return search(loader).orElseThrow(() -> missing("what the class loader " + loader + " sees"));
  }

  private static Optional<BundledWeights> search(@Nullable ClassLoader loader) {
    try {
      return ServiceLoader.load(BundledWeights.class, loader).findFirst();
    } catch (ServiceConfigurationError e) {
      // The loader finds weights for another copy of this class.
      return Optional.empty();
    }
  }

  private static IllegalStateException missing(String where) {
    return new IllegalStateException(
        "no weights in the box: the artifact dev.hydranet:hydranet-model is not on " + where);
  }
}
