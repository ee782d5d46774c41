package dev.hydranet;

import dev.hydranet.drawing.FontLettering;
import dev.hydranet.engine.tensor.Shape;
import dev.hydranet.engine.tensor.Tensor;
import dev.hydranet.network.Task;
import java.awt.image.BufferedImage;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a network sees in one image: an answer for each of its tasks, all of the image's size. As
 * safe to share between threads as the arrays that the answers hand out.
 */
public final class Scene {
  private final int height;
  private final int width;
  private final ImageSize computedSize;
  private final Segmentation segmentation;
  private final DepthMap depth;
  private final NormalMap normals;

  /**
   * Resizes heads to an image; tasks without one are left out.
   *
   * @param heads by the tasks' labels, {@code [1, channels, h, w]}; kept, not copied
   * @param computedSize of the input that they were computed from
   */
  Scene(
      Map<String, Tensor> heads, int height, int width, ImageSize computedSize, Metadata metadata) {
    this.height = height;
    this.width = width;
    this.computedSize = computedSize;
    Tensor logits = heads.get(Task.SEGM.label());
    this.segmentation =
        logits == null
            ? null
            : new Segmentation(logits, height, width, metadata.classNames(), metadata.palette());
    Tensor depths = heads.get(Task.DEPTH.label());
    this.depth = depths == null ? null : new DepthMap(depths, height, width, metadata.depthRange());
    Tensor vectors = heads.get(Task.NORMAL.label());
    this.normals = vectors == null ? null : new NormalMap(vectors, height, width);
  }

  /**
   * What the answers to heads take, and the resizing of them.
   *
   * @param heads their shapes by the tasks' labels, {@code [1, channels, h, w]}
   */
  static long bytes(Map<String, Shape> heads, int height, int width) {
    long numbers = 0; // of 4 bytes a pixel
    long resizing = 0;
    for (Map.Entry<String, Shape> head : heads.entrySet()) {
      numbers += head.getKey().equals(Task.NORMAL.label()) ? 3 : 1;
      resizing = Math.max(resizing, CubicResize.bytes(head.getValue().channels(), height, width));
    }
    return numbers * Float.BYTES * height * width + resizing;
  }

  /** {@return the image's height} */
  public int height() {
    return height;
  }

  /** {@return the image's width} */
  public int width() {
    return width;
  }

  /**
   * {@return the size at which the network saw the image: the image's own, or less if it was shrunk
   * first}
   */
  public ImageSize computedSize() {
    return computedSize;
  }

  /** {@return the tasks that were answered} */
  public Set<Task> tasks() {
    Set<Task> tasks = new TreeSet<>();
    if (segmentation != null) {
      tasks.add(Task.SEGM);
    }
    if (depth != null) {
      tasks.add(Task.DEPTH);
    }
    if (normals != null) {
      tasks.add(Task.NORMAL);
    }
    return tasks;
  }

  /**
   * {@return the class of each pixel}
   *
   * @throws IllegalStateException if the network has no such task
   */
  public Segmentation segmentation() {
    return answered(segmentation, Task.SEGM);
  }

  /**
   * {@return the distance of each pixel}
   *
   * @throws IllegalStateException if the network has no such task
   */
  public DepthMap depth() {
    return answered(depth, Task.DEPTH);
  }

  /**
   * {@return the surface normal of each pixel}
   *
   * @throws IllegalStateException if the network has no such task
   */
  public NormalMap normals() {
    return answered(normals, Task.NORMAL);
  }

  /**
   * {@return all answers in one picture: the image, the classes laid over it with a legend, the
   * depth with a scale in metres, the normals} Small images are enlarged and large ones shrunk, by
   * whole numbers.
   *
   * @param image that the scene was predicted from
   * @throws IllegalArgumentException if it is not of the scene's size
   */
  public BufferedImage toOverview(BufferedImage image) {
    return SceneOverview.draw(image, this, FontLettering.orPixels());
  }

  private <T> T answered(T answer, Task task) {
    if (answer == null) {
      throw new IllegalStateException(
          "the scene has no " + task + ": the network was asked for " + tasks());
    }
    return answer;
  }
}
