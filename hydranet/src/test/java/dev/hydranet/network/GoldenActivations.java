package dev.hydranet.network;

import dev.hydranet.engine.tensor.Shape;
import dev.hydranet.engine.tensor.Tensor;
import dev.hydranet.engine.weights.Safetensors;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What PyTorch computed; {@code proof/validation/activations.py} tells the format. */
record GoldenActivations(Map<String, Tensor> tensors) {
  private static final String SAMPLE = "@sample";
  private static final String FLOAT64 = "@float64";
  private static final long STEP = 1000003;

  static GoldenActivations read(String name) throws IOException {
    String resource = "/golden/networks/" + name + ".safetensors";
    return new GoldenActivations(
        Safetensors.read(
                Path.of(URI.create(GoldenActivations.class.getResource(resource).toString())))
            .tensors());
  }

  /**
   * Of a network on an input of some shape, which is part of the file's name: {@code 1x3x33x33}.
   */
  static GoldenActivations read(String network, Shape shape) throws IOException {
    return read(
        network
            + IntStream.of(shape.toArray())
                .mapToObj(String::valueOf)
                .collect(Collectors.joining("x", "-", "")));
  }

  /** The values that it has, without those in float64. */
  List<String> names() {
    return tensors.keySet().stream()
        .filter(name -> !name.endsWith(FLOAT64))
        .map(name -> name.replace(SAMPLE, ""))
        .toList();
  }

  /** The whole value or a sample of it. */
  Tensor expected(String name) {
    Tensor whole = tensors.get(name);
    return whole != null ? whole : tensors.get(name + SAMPLE);
  }

  /** The same elements as {@link #expected}, computed in float64. */
  Tensor exact(String name) {
    return tensors.get(name + FLOAT64);
  }

  /** Those elements of a whole value that {@link #expected} has. */
  Tensor select(String name, Tensor value) {
    if (tensors.containsKey(name)) {
      return value;
    }
    int count = (int) expected(name).shape().elementCount();
    float[] sample = new float[count];
    for (int k = 0; k < count; k++) {
      sample[k] = value.data()[(int) (k * STEP % value.data().length)];
    }
    return Tensor.of(Shape.of(count), sample);
  }
}
