package dev.hydranet.cli.network;

import dev.hydranet.ImageSize;
import dev.hydranet.engine.network.Network;
import dev.hydranet.engine.tensor.Shape;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Shapes for a network's inputs, where no tensors say them. */
public final class InputShapes {
  /** For networks that take images of any size. */
  private static final ImageSize USUAL = new ImageSize(480, 640);

  /** Axes of an image. */
  private static final int RANK = 4;

  private InputShapes() {}

  /**
   * A shape for each input: one image or example.
   *
   * @param file of the model, for messages
   * @param size of images, or null for the one that the network was made for
   * @throws IOException if the network does not say enough of an input
   */
  public static Map<String, Shape> of(Model model, String file, ImageSize size) throws IOException {
    Map<String, Shape> shapes = new LinkedHashMap<>();
    for (String input : model.graph().inputs()) {
      List<Integer> dims = model.network().inputShapes().getOrDefault(input, List.of());
      shapes.put(input, shape(file + ": input '" + input + "'", dims, size));
    }
    return shapes;
  }

  /**
   * The network for inputs of these shapes, ready to be planned.
   *
   * @param file of the model, for messages
   * @throws IOException if the network does not take them
   */
  public static Network specialized(Model model, String file, Map<String, Shape> shapes)
      throws IOException {
    try {
      return model.specialized(shapes, model.graph().outputs());
    } catch (IllegalArgumentException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
  }

  private static Shape shape(String where, List<Integer> declared, ImageSize size)
      throws IOException {
    int[] dims = declared.stream().mapToInt(Integer::intValue).toArray();
    if (dims.length > 0 && dims[0] < 0) {
      dims[0] = 1;
    }
    if (dims.length == RANK) {
      ImageSize image = size == null ? USUAL : size;
      dims[2] = size == null && dims[2] > 0 ? dims[2] : image.height();
      dims[3] = size == null && dims[3] > 0 ? dims[3] : image.width();
    }
    for (int dim : dims) {
      if (dim < 0) {
        throw new IOException(where + ": the model leaves its extents open: " + declared);
      }
    }
    try {
      return Shape.of(dims);
    } catch (IllegalArgumentException e) {
      throw new IOException(where + ": " + e.getMessage(), e);
    }
  }
}
