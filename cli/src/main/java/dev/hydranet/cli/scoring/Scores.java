package dev.hydranet.cli.scoring;

import dev.hydranet.Scene;
import dev.hydranet.eval.ConfusionMatrix;
import dev.hydranet.eval.DepthErrors;
import dev.hydranet.eval.GroundTruth;
import dev.hydranet.eval.NormalErrors;
import dev.hydranet.network.Task;
import java.awt.image.BufferedImage;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/** How right a network was about some images, task by task. */
public final class Scores {
  private final Map<Task, Integer> images = new EnumMap<>(Task.class);
  private final ConfusionMatrix segmentation;
  private final DepthErrors depth = new DepthErrors();
  private final NormalErrors normals = new NormalErrors();

  /** Of no images. */
  public Scores(int classes) {
    segmentation = new ConfusionMatrix(classes);
  }

  /**
   * Counts an image.
   *
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

  /** Counts the images of others. */
  public void addAll(Scores other) {
    segmentation.addAll(other.segmentation);
    depth.addAll(other.depth);
    normals.addAll(other.normals);
    other.images.forEach((task, count) -> images.merge(task, count, Integer::sum));
  }

  /** How many images were counted for each task; tasks without any are not in it. */
  public Map<Task, Integer> images() {
    return Collections.unmodifiableMap(images);
  }

  public ConfusionMatrix segmentation() {
    return segmentation;
  }

  public DepthErrors depth() {
    return depth;
  }

  public NormalErrors normals() {
    return normals;
  }
}
