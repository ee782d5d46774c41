package dev.hydranet.cli;

import dev.hydranet.Metadata;
import dev.hydranet.engine.graph.Graph;
import dev.hydranet.engine.tensor.Shape;
import dev.hydranet.engine.tensor.Tensor;
import dev.hydranet.engine.testing.SeededTensors;
import dev.hydranet.engine.weights.DType;
import dev.hydranet.engine.weights.Safetensors;
import dev.hydranet.network.HydraNetwork;
import dev.hydranet.network.Task;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import javax.imageio.ImageIO;

/** A narrow network of three tasks with seeded weights. */
final class SmallNetwork {
  static final HydraNetwork NETWORK = HydraNetwork.of(5, EnumSet.allOf(Task.class)).scaled(0.1);
  static final Graph GRAPH = NETWORK.graph();
  static final Map<String, Tensor> WEIGHTS = SeededTensors.parameters(GRAPH, 4);

  private SmallNetwork() {}

  /** Writes the weights as the converter does. */
  static Path write(Path file) throws IOException {
    Safetensors.write(file, WEIGHTS, Metadata.of(NETWORK).toMap(), DType.F32);
    return file;
  }

  /** The same without some task. */
  static void writeWithout(Path file, Task task) throws IOException {
    Map<String, Tensor> weights = new HashMap<>(WEIGHTS);
    weights
        .keySet()
        .removeIf(
            name -> name.startsWith(task.label() + ".") || name.startsWith("pre_" + task.label()));
    Safetensors.write(file, weights, Map.of(), DType.F32);
  }

  /** The same with names for its five classes. */
  static Path write(Path file, String... classNames) throws IOException {
    Map<String, String> metadata = new HashMap<>(Metadata.of(NETWORK).toMap());
    metadata.put("hydranet.classes", String.join("\n", classNames));
    Safetensors.write(file, WEIGHTS, metadata, DType.F32);
    return file;
  }

  /** A photograph of nothing, as PNG: slopes, stripes and a disc. */
  static Path writePicture(Path file, int height, int width) throws IOException {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        boolean disc = Math.hypot(x - width / 3.0, y - height / 2.0) < height / 4.0;
        int red = disc ? 220 : 255 * x / width;
        int green = (x / 16 + y / 16) % 2 == 0 ? 90 : 150;
        int blue = 255 * y / height;
        image.setRGB(x, y, red << 16 | green << 8 | blue);
      }
    }
    ImageIO.write(image, "png", file.toFile());
    return file;
  }

  static Tensor input(int... shape) {
    return SeededTensors.picture("input", Shape.of(shape), 2);
  }

  /** Writes an input, and other tensors beside it. */
  static Path writeInput(Path file, Tensor input, Map<String, Tensor> others) throws IOException {
    Map<String, Tensor> tensors = new HashMap<>(others);
    tensors.put("input", input);
    Safetensors.write(file, tensors, Map.of(), DType.F32);
    return file;
  }
}
