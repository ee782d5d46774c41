package dev.hydranet.eval;

import dev.hydranet.Scene;
import dev.hydranet.network.Task;
import java.awt.image.BufferedImage;
import java.io.Serializable;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * How right a network was about some images, task by task. Scores of parts of a data set, wherever
 * they were computed, add up to the scores of the whole, to the last digit and in any order. Not
 * safe for use by several threads.
 */
public final class Scores implements Serializable {
  private static final long serialVersionUID = 1;

  private final EnumMap<Task, Integer> images = new EnumMap<>(Task.class);
  private final ConfusionMatrix segmentation;
  private final DepthErrors depth = new DepthErrors();
  private final NormalErrors normals = new NormalErrors();

  /**
   * Without images.
   *
   * @param classes of the network; 0 if it has none
   * @throws IllegalArgumentException if the number is out of range
   */
  public Scores(int classes) {
    segmentation = new ConfusionMatrix(classes);
  }

  /**
   * Counts an image.
   *
   * @param task which of the scene's answers
   * @param truth the picture of what is right, of the scene's size
   * @param depthScale what a metre is in it
   * @param scene what the network saw
   * @throws IllegalArgumentException if the picture is not of the kind that the task's have to be,
   *     or has a label that is not the network's
   */
  public void add(Task task, BufferedImage truth, double depthScale, Scene scene) {
    switch (task) {
      case SEGM -> segmentation.add(GroundTruth.labels(truth), scene.segmentation().labels());
      case DEPTH -> depth.add(GroundTruth.metres(truth, depthScale), scene.depth().metres());
      case NORMAL -> normals.add(GroundTruth.normals(truth), scene.normals().components().data());
    }
    images.merge(task, 1, Integer::sum);
  }

  /**
   * Counts the images of others.
   *
   * @param other of a network with as many classes
   */
  public void addAll(Scores other) {
    segmentation.addAll(other.segmentation);
    depth.addAll(other.depth);
    normals.addAll(other.normals);
    other.images.forEach((task, count) -> images.merge(task, count, Integer::sum));
  }

  /** {@return how many images were counted for each task; tasks without any are absent} */
  public Map<Task, Integer> images() {
    return Collections.unmodifiableMap(images);
  }

  /** {@return the classes' pixels} */
  public ConfusionMatrix segmentation() {
    return segmentation;
  }

  /** {@return the errors of the depths} */
  public DepthErrors depth() {
    return depth;
  }

  /** {@return the angles between the normals} */
  public NormalErrors normals() {
    return normals;
  }
}
