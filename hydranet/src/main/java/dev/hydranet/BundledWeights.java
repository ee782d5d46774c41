package dev.hydranet;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ServiceLoader;

/**
 * Weights in an artifact of their own, found by {@link HydraNet#bundled()} as a service ({@link
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
   * {@return the weights in the box}
   *
   * @throws IllegalStateException if there are none on the class path or module path
   */
  static BundledWeights find() {
    return ServiceLoader.load(BundledWeights.class, BundledWeights.class.getClassLoader())
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "no weights in the box: the artifact dev.hydranet:hydranet-model is not on"
                        + " the class path or module path"));
  }
}
