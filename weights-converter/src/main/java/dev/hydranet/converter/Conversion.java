package dev.hydranet.converter;

import dev.hydranet.Metadata;
import dev.hydranet.converter.checkpoint.Checkpoint;
import dev.hydranet.engine.WeightsFormatException;
import dev.hydranet.engine.graph.WeightsMismatchException;
import dev.hydranet.engine.tensor.Tensor;
import dev.hydranet.engine.weights.DType;
import dev.hydranet.engine.weights.Safetensors;
import dev.hydranet.network.HydraNetwork;
import dev.hydranet.network.MobileNetV2;
import dev.hydranet.network.Variant;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A checkpoint that has been read and found to be the weights of a network, ready to be written as
 * safetensors. Immutable.
 *
 * <p>Reading and writing are apart so that a caller can look at the {@link #findings} in between: a
 * network of NaN weights is a network, but hardly one that anybody wants.
 *
 * @param weights every tensor that the network needs, as float32
 * @param metadata what the written file says about itself
 */
public record Conversion(Map<String, Tensor> weights, Metadata metadata) {
  /** Asks for the network to be recognised by its tensors. */
  public static final String AUTO = "auto";

  /** The name of MobileNetV2 as the ImageNet classifier, beside those of the {@link Variant}s. */
  public static final String MOBILENET_V2 = "mobilenetv2";

  /** What training counts for itself; no network needs it. */
  private static final String COUNTER = ".num_batches_tracked";

  /** Copies the map; the tensors share their arrays. */
  public Conversion {
    weights = Collections.unmodifiableMap(new LinkedHashMap<>(weights));
  }

  /**
   * Reads a checkpoint, of any form that {@link Checkpoint#read} takes, as the weights of a
   * network.
   *
   * @param file the checkpoint
   * @param variant {@value #AUTO}, {@value #MOBILENET_V2} (any width and number of classes) or the
   *     id of a {@link Variant}; {@value #AUTO} also takes a HydraNet of other classes, tasks or
   *     widths
   * @return the weights and what network they are of
   * @throws WeightsFormatException if the file is no checkpoint, or not of that network; then the
   *     one-line message lists every tensor that is missing, unexpected or of another shape
   * @throws IllegalArgumentException if there is no such variant
   */
  public static Conversion read(Path file, String variant) throws IOException {
    if (!variant.equals(AUTO) && !variant.equals(MOBILENET_V2)) {
      Variant.named(variant);
    }
    Checkpoint checkpoint = Checkpoint.read(file);
    try {
      return of(checkpoint, variant);
    } catch (IllegalArgumentException e) {
      throw new WeightsFormatException(file + ": " + e.getMessage(), e);
    }
  }

  /**
   * The same of a checkpoint that has been read.
   *
   * @param checkpoint as {@link Checkpoint#read} gives it
   * @param variant as for {@link #read}
   * @return the weights and what network they are of
   * @throws WeightsMismatchException listing every tensor that is missing, unexpected or of another
   *     shape
   * @throws IllegalArgumentException if there is no such variant, or the checkpoint's metadata
   *     contradicts its tensors
   */
  public static Conversion of(Checkpoint checkpoint, String variant) {
    Map<String, Tensor> weights = new LinkedHashMap<>(checkpoint.tensors());
    weights.keySet().removeIf(name -> name.endsWith(COUNTER));
    Metadata metadata = metadata(weights, checkpoint.metadata(), variant);
    return new Conversion(weights, metadata.withSourceSha256(checkpoint.sha256()));
  }

  private static Metadata metadata(
      Map<String, Tensor> weights, Map<String, String> known, String variant) {
    boolean classifier = weights.containsKey("features.0.0.weight");
    if (variant.equals(MOBILENET_V2) || variant.equals(AUTO) && classifier) {
      MobileNetV2.of(weights);
      return Metadata.ofClassifier();
    }
    if (variant.equals(AUTO)) {
      return Metadata.of(known, HydraNetwork.of(weights));
    }
    Variant published = Variant.named(variant);
    published.network().graph().checkWeights(weights);
    return Metadata.of(published);
  }

  /**
   * {@return the same with names for the classes, which no checkpoint has}
   *
   * @param names as for {@link Metadata#withClassNames}
   * @throws IllegalArgumentException if they are not the network's
   */
  public Conversion withClassNames(List<String> names) {
    return new Conversion(weights, metadata.withClassNames(names));
  }

  /**
   * {@return the same for weights that were trained for images of some height; no checkpoint says
   * so}
   *
   * @param rows as for {@link Metadata#withHeight}
   * @throws IllegalArgumentException if it is no height
   */
  public Conversion withHeight(int rows) {
    return new Conversion(weights, metadata.withHeight(rows));
  }

  /**
   * {@return what is wrong with the weights' numbers, see {@link Findings#of}}
   *
   * @param dtype in which they are to be written
   */
  public List<String> findings(DType dtype) {
    return Findings.of(weights, dtype);
  }

  /**
   * Writes the weights with their metadata, whole or not at all, whatever the {@link #findings}.
   *
   * @param file where they are to be
   * @param dtype in which they are written
   * @throws IllegalArgumentException if a finite number is too large for {@code dtype}
   * @throws IOException if the file cannot be written
   */
  public void write(Path file, DType dtype) throws IOException {
    Safetensors.write(file, weights, metadata.toMap(), dtype);
  }
}
