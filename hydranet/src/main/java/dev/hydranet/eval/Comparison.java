package dev.hydranet.eval;

import dev.hydranet.HydraNet;
import dev.hydranet.PredictOptions;
import dev.hydranet.Scene;
import dev.hydranet.images.Images;
import dev.hydranet.network.Task;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;

/**
 * A network's answers for a sample, and the sample's ground truth.
 *
 * @param sample where the pictures are
 * @param image the sample's
 * @param truth a picture of the image's size for each task with ground truth
 * @param scene what the network sees
 * @param milliseconds that the network took
 */
public record Comparison(
    Dataset.Sample sample,
    BufferedImage image,
    Map<Task, BufferedImage> truth,
    Scene scene,
    double milliseconds) {
  /**
   * Reads a sample and looks at its image.
   *
   * @param net the network
   * @param sample where the pictures are
   * @param options at which height the network sees the image
   * @return both, of the image's size
   * @throws IOException if a picture cannot be read, or is not of the image's size; the message
   *     names its file
   */
  public static Comparison of(HydraNet net, Dataset.Sample sample, PredictOptions options)
      throws IOException {
    BufferedImage image = Images.read(sample.image());
    Map<Task, BufferedImage> truth = new EnumMap<>(Task.class);
    for (Map.Entry<Task, Path> entry : sample.truth().entrySet()) {
      BufferedImage picture = Images.read(entry.getValue());
      if (picture.getWidth() != image.getWidth() || picture.getHeight() != image.getHeight()) {
        throw new IOException(
            entry.getValue()
                + ": expected "
                + size(image)
                + " as "
                + sample.image()
                + " has, found "
                + size(picture));
      }
      truth.put(entry.getKey(), picture);
    }
    long start = System.nanoTime();
    Scene scene = net.predict(image, options);
    return new Comparison(sample, image, truth, scene, (System.nanoTime() - start) / 1e6);
  }

  private static String size(BufferedImage image) {
    return image.getWidth() + " x " + image.getHeight() + " pixels";
  }

  /**
   * Scores this image.
   *
   * @param classes of the network; 0 if it has none
   * @param depthScale what a metre is in the picture of depth
   * @return how right the network is about it
   * @throws IOException if a picture of the truth is not of its task's kind, or has labels that are
   *     not the network's; the message names its file
   */
  public Scores scores(int classes, double depthScale) throws IOException {
    Scores scores = new Scores(classes);
    for (Map.Entry<Task, BufferedImage> entry : truth.entrySet()) {
      Task task = entry.getKey();
      try {
        scores.add(task, entry.getValue(), depthScale, scene);
      } catch (IllegalArgumentException e) {
        throw new IOException(sample.truth().get(task) + ": " + e.getMessage(), e);
      }
    }
    return scores;
  }
}
