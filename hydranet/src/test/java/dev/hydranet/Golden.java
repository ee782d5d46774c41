package dev.hydranet;

import dev.hydranet.engine.tensor.Tensor;
import dev.hydranet.engine.weights.Safetensors;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Map;

/** The committed files that the scripts in proof/validation/ make. */
final class Golden {
  private Golden() {}

  static Path file(String name) {
    try {
      return Path.of(Golden.class.getResource("/golden/" + name).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(name, e);
    }
  }

  static Map<String, Tensor> tensors(String name) {
    try {
      return Safetensors.read(file(name)).tensors();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
