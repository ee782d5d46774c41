package dev.hydranet.spark;

import dev.hydranet.Scene;
import dev.hydranet.network.Task;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/** A field of the struct that {@link HydraNetTransformer} makes of an image. */
public enum SceneOutput {
  /**
   * {@code map<string, double>}: the share of the pixels of each class, by its name; together 1.
   */
  SHARES(
      "shares",
      Task.SEGM,
      DataTypes.createMapType(DataTypes.StringType, DataTypes.DoubleType, false),
      (image, scene) -> SceneNumbers.shares(scene.segmentation())),

  /**
   * {@code struct<min, max, mean, median: double>}: metres, over all pixels whose depth is finite;
   * null if there is none.
   */
  DEPTH_STATISTICS(
      "depthStatistics",
      Task.DEPTH,
      SceneNumbers.STATISTICS,
      (image, scene) -> SceneNumbers.statistics(scene.depth().metres())),

  /** {@code binary}: the class of each pixel, row by row, one byte a pixel. */
  LABELS(
      "labels",
      Task.SEGM,
      DataTypes.BinaryType,
      (image, scene) -> SceneNumbers.bytes(scene.segmentation().labels())),

  /** {@code binary}: a PNG of 8-bit grey levels, the class of each pixel. */
  LABELS_PNG(
      "labelsPng",
      Task.SEGM,
      DataTypes.BinaryType,
      (image, scene) -> PngPictures.labels(scene.segmentation())),

  /**
   * {@code binary}: the depth of each pixel in metres, row by row, 32-bit floating-point numbers,
   * the least significant byte first.
   */
  DEPTH(
      "depth",
      Task.DEPTH,
      DataTypes.BinaryType,
      (image, scene) -> SceneNumbers.bytes(scene.depth().metres())),

  /**
   * {@code binary}: a PNG of 16-bit grey levels, 256 times the depth in metres, rounded; at least 1
   * and at most 65535; 0 where the depth is NaN.
   */
  DEPTH_PNG(
      "depthPng",
      Task.DEPTH,
      DataTypes.BinaryType,
      (image, scene) -> PngPictures.depth(scene.depth())),

  /** {@code binary}: a PNG of the surface normals as {@code hydranet predict} paints them. */
  NORMALS_PNG(
      "normalsPng",
      Task.NORMAL,
      DataTypes.BinaryType,
      (image, scene) -> PngPictures.encode(scene.normals().toImage())),

  /** {@code binary}: a PNG of the image with the colours of its classes laid over it. */
  OVERLAY_PNG(
      "overlayPng",
      Task.SEGM,
      DataTypes.BinaryType,
      (image, scene) -> PngPictures.overlay(image, scene.segmentation()));

  /** How a field's value follows from a scene. */
  private interface Value {
    Object of(BufferedImage image, Scene scene) throws IOException;
  }

  private final String field;
  private final Task task;
  private final DataType type;
  private final Value value;

  SceneOutput(String field, Task task, DataType type, Value value) {
    this.field = field;
    this.task = task;
    this.type = type;
    this.value = value;
  }

  /** {@return the field's name} */
  public String field() {
    return field;
  }

  /** {@return the task that answers it} */
  public Task task() {
    return task;
  }

  /** {@return the field's type} */
  public DataType type() {
    return type;
  }

  /** {@return whether it is a picture} */
  public boolean isPicture() {
    return field.endsWith("Png");
  }

  /** The field's value, as Spark takes it. */
  Object of(BufferedImage image, Scene scene) throws IOException {
    return value.of(image, scene);
  }

  /** {@return the output of a field's name, if there is one} */
  static Optional<SceneOutput> named(String field) {
    return Arrays.stream(values()).filter(output -> output.field.equals(field)).findFirst();
  }

  @Override
  public String toString() {
    return field;
  }
}
