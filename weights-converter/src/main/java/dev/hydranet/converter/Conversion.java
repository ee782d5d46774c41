package dev.hydranet.converter;

import dev.hydranet.Metadata;
import dev.hydranet.converter.checkpoint.Checkpoint;
import dev.hydranet.converter.checkpoint.StateDictChoice;
import dev.hydranet.converter.pickle.Printable;
import dev.hydranet.engine.NetworkMismatchException;
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
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A checkpoint that has been read and found to be the weights of a network, ready to be written as
 * safetensors. Immutable.
 *
 * <p>Reading and writing are apart so that a caller can look at the {@link #findings} in between: a
 * network of NaN weights is a network, but hardly one that anybody wants.
 *
 * @param weights every tensor that the network needs, as float32
 * @param metadata what the written file says about itself
 * @param notes what was done to find the weights that a reader may not expect, each a short phrase:
 *     the key they were under, the prefix that was left out of their names
 */
public record Conversion(Map<String, Tensor> weights, Metadata metadata, List<String> notes) {
  /** Asks for the network to be recognised by its tensors. */
  public static final String AUTO = "auto";

  /**
   * The name of MobileNetV2 as the ImageNet classifier, in addition to those of the {@link
   * Variant}s.
   */
  public static final String MOBILENET_V2 = "mobilenetv2";

  /** What training counts for itself; no network needs it. */
  private static final String COUNTER = ".num_batches_tracked";

  /** Enough names to tell what a file is of. */
  private static final int NAMED = 4;

  /** Copies the map and the list; the tensors share their arrays. */
  public Conversion {
    weights = Collections.unmodifiableMap(new LinkedHashMap<>(weights));
    notes = List.copyOf(notes);
  }

  /**
   * Reads a checkpoint, of any form that {@link Checkpoint#read(Path)} takes, as the weights of a
   * network.
   *
   * @param file the checkpoint
   * @param variant {@value #AUTO}, {@value #MOBILENET_V2} (any width and number of classes) or the
   *     id of a {@link Variant}; {@value #AUTO} also takes a HydraNet of other classes, tasks or
   *     widths
   * @return the weights and what network they are of
   * @throws WeightsFormatException as {@link #read(Path, String, Optional)} does
   * @throws IllegalArgumentException if there is no such variant
   */
  public static Conversion read(Path file, String variant) throws IOException {
    return read(file, variant, Optional.empty());
  }

  /**
   * The same of one of several dicts of tensors.
   *
   * @param file the checkpoint
   * @param variant as for {@link #read(Path, String)}
   * @param key where the weights are in the checkpoint: the keys that lead to them, with dots
   *     between them; none to look for the only dict that is of a known network
   * @return the weights and what network they are of
   * @throws WeightsFormatException if the file is no checkpoint
   * @throws NetworkMismatchException if it is not of that network: the one-line message lists the
   *     first tensors that are missing, unexpected or of another shape, and the cause is a {@link
   *     WeightsMismatchException} that lists all
   * @throws IllegalArgumentException if there is no such variant
   */
  public static Conversion read(Path file, String variant, Optional<String> key)
      throws IOException {
    if (!variant.equals(AUTO) && !variant.equals(MOBILENET_V2)) {
      Variant.named(variant);
    }
    Checkpoint checkpoint =
        Checkpoint.read(file, new StateDictChoice(key, KnownNetwork::recognises));
    try {
      return of(checkpoint, variant);
    } catch (WeightsMismatchException e) {
      throw new NetworkMismatchException(
          file + ": " + String.join("; ", explained(e, checkpoint)), e);
    } catch (IllegalArgumentException e) {
      throw new NetworkMismatchException(file + ": " + e.getMessage(), e);
    }
  }

  /**
   * The same of a checkpoint that has been read. A prefix of all names of a known network is left
   * out, and so are tensors that have no such prefix, such as a loss's.
   *
   * @param checkpoint as {@link Checkpoint#read(Path)} gives it
   * @param variant as for {@link #read(Path, String)}
   * @return the weights and what network they are of
   * @throws WeightsMismatchException listing every tensor that is missing, unexpected or of another
   *     shape
   * @throws IllegalArgumentException if there is no such variant, or the checkpoint's metadata
   *     contradicts its tensors
   */
  public static Conversion of(Checkpoint checkpoint, String variant) {
    String prefix = KnownNetwork.prefix(checkpoint.tensors().keySet()).orElse("");
    Map<String, Tensor> weights = new LinkedHashMap<>();
    List<String> outside = new ArrayList<>();
    checkpoint
        .tensors()
        .forEach(
            (name, tensor) -> {
              if (!name.startsWith(prefix)) {
                outside.add(name);
              } else if (!name.endsWith(COUNTER)) {
                weights.put(name.substring(prefix.length()), tensor);
              }
            });
    Metadata metadata = metadata(weights, checkpoint.metadata(), variant);
    return new Conversion(
        weights,
        metadata.withSourceSha256(checkpoint.sha256()),
        notes(checkpoint, prefix, outside));
  }

  private static List<String> notes(Checkpoint checkpoint, String prefix, List<String> outside) {
    List<String> notes = new ArrayList<>(checkpoint.notes());
    if (!prefix.isEmpty()) {
      notes.add("prefix " + Printable.quoted(prefix) + " left out of the names");
    }
    if (!outside.isEmpty()) {
      notes.add("left out, as they lack it: " + quoted(outside));
    }
    return notes;
  }

  /** What is wrong, with what tells a reader what the file is instead. */
  private static List<String> explained(WeightsMismatchException mismatch, Checkpoint checkpoint) {
    List<String> parts = new ArrayList<>(List.of(mismatch.getMessage()));
    Optional<String> prefix = KnownNetwork.prefix(checkpoint.tensors().keySet());
    if (prefix.isPresent() && !prefix.get().isEmpty()) {
      parts.add("the prefix " + Printable.quoted(prefix.get()) + " was left out");
    }
    if (!checkpoint.skipped().isEmpty()) {
      String first =
          checkpoint.skipped().entrySet().stream()
              .limit(NAMED)
              .map(one -> Printable.quoted(one.getKey()) + " is " + one.getValue())
              .collect(Collectors.joining(", "));
      parts.add("beside the tensors, " + first);
    }
    if (prefix.isPresent() && mismatch.unlisted() > 0) {
      parts.add(
          "found "
              + checkpoint.tensors().size()
              + " tensors: "
              + quoted(checkpoint.tensors().keySet()));
    }
    if (prefix.isEmpty() || mismatch.unlisted() > 0) {
      parts.add("known networks: " + KnownNetwork.names());
      parts.add("`convert --raw` writes the tensors of any");
    }
    return parts;
  }

  private static String quoted(Collection<String> names) {
    String first =
        names.stream().limit(NAMED).map(Printable::quoted).collect(Collectors.joining(", "));
    return names.size() <= NAMED ? first : first + ", ...";
  }

  private static Metadata metadata(
      Map<String, Tensor> weights, Map<String, String> known, String variant) {
    boolean classifier = MobileNetV2.recognises(weights::containsKey);
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
    return new Conversion(weights, metadata.withClassNames(names), notes);
  }

  /**
   * {@return the same for weights that were trained for images of some height; no checkpoint says
   * so}
   *
   * @param rows as for {@link Metadata#withHeight}
   * @throws IllegalArgumentException if it is no height
   */
  public Conversion withHeight(int rows) {
    return new Conversion(weights, metadata.withHeight(rows), notes);
  }

  /**
   * {@return what is wrong with the weights' numbers, see {@link Findings#of}}
   *
   * @param dtype in which they are written
   */
  public List<String> findings(DType dtype) {
    return Findings.of(weights, dtype);
  }

  /**
   * Writes the weights with their metadata, whole or not at all, whatever the {@link #findings}.
   *
   * @param file the file to write
   * @param dtype in which they are written
   * @throws IllegalArgumentException if a finite number is too large for {@code dtype}
   * @throws IOException if the file cannot be written
   */
  public void write(Path file, DType dtype) throws IOException {
    Safetensors.write(file, weights, metadata.toMap(), dtype);
  }
}
