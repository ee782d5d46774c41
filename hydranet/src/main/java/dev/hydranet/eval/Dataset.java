package dev.hydranet.eval;

import dev.hydranet.images.Images;
import dev.hydranet.network.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A folder of images and their ground truth: the images in {@code images/}, and for each, under its
 * name, a PNG in {@code labels/}, {@code depth/} or {@code normals/}, any of these three.
 * Immutable.
 *
 * @param folder where it is
 * @param description what the folder says about itself
 * @param samples the images, sorted
 * @param unmatched by the task, files among the ground truth that belong to no image; tasks without
 *     any are absent
 */
public record Dataset(
    Path folder,
    DatasetDescription description,
    List<Sample> samples,
    Map<Task, List<Path>> unmatched) {
  private static final String IMAGES = "images";
  private static final String SUFFIX = ".png";

  /**
   * An image.
   *
   * @param image its file
   * @param truth the pictures of its ground truth, by the task; empty if there are none
   */
  public record Sample(Path image, Map<Task, Path> truth) {
    /** Copies the map. */
    public Sample {
      truth = unmodifiable(truth);
    }
  }

  /** Copies the collections. */
  public Dataset {
    samples = List.copyOf(samples);
    unmatched = unmodifiable(unmatched);
  }

  private static <T> Map<Task, T> unmodifiable(Map<Task, T> map) {
    Map<Task, T> copy = new EnumMap<>(Task.class);
    copy.putAll(map);
    return Collections.unmodifiableMap(copy);
  }

  /**
   * Finds out what is in a folder; reads no picture.
   *
   * @param folder the data set
   * @return what is in it
   * @throws IOException if it has no images, or two of one name, or its description is wrong; the
   *     message names the file
   */
  public static Dataset read(Path folder) throws IOException {
    Path images = folder.resolve(IMAGES);
    if (!Files.isDirectory(images)) {
      throw new IOException(
          folder
              + ": expected a data set, with its pictures in the folder "
              + images
              + ", found no such directory");
    }
    List<Sample> samples = new ArrayList<>();
    Map<String, Path> taken = new HashMap<>();
    for (Path image : files(images)) {
      if (Images.isNamedAsImage(image)) {
        Path other = taken.put(baseName(image), image);
        if (other != null) {
          throw new IOException(
              image + ": has the same ground truth as " + other + "; rename one of them");
        }
        samples.add(new Sample(image, truth(folder, image)));
      }
    }
    if (samples.isEmpty()) {
      throw new IOException(images + ": no image in this folder");
    }
    return new Dataset(
        folder, DatasetDescription.read(folder), samples, unmatched(folder, samples));
  }

  /** The files in a folder, sorted; none if there is no such folder. */
  private static List<Path> files(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .filter(file -> !file.getFileName().toString().startsWith("."))
          .filter(file -> !Files.isDirectory(file))
          .sorted()
          .toList();
    }
  }

  private static String baseName(Path file) {
    String name = file.getFileName().toString();
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }

  private static Map<Task, Path> truth(Path folder, Path image) {
    Map<Task, Path> truth = new EnumMap<>(Task.class);
    for (Task task : Task.values()) {
      Path file = truthFile(folder, task, image);
      if (Files.exists(file)) {
        truth.put(task, file);
      }
    }
    return truth;
  }

  private static Map<Task, List<Path>> unmatched(Path folder, List<Sample> samples)
      throws IOException {
    Map<Task, List<Path>> unmatched = new EnumMap<>(Task.class);
    for (Task task : Task.values()) {
      Set<Path> matched = new HashSet<>();
      samples.forEach(sample -> matched.add(sample.truth.get(task)));
      List<Path> files = new ArrayList<>(files(truthFolder(folder, task)));
      files.removeIf(matched::contains);
      if (!files.isEmpty()) {
        unmatched.put(task, List.copyOf(files));
      }
    }
    return unmatched;
  }

  private static Path truthFile(Path folder, Task task, Path image) {
    return truthFolder(folder, task).resolve(baseName(image) + SUFFIX);
  }

  private static Path truthFolder(Path folder, Task task) {
    return folder.resolve(
        switch (task) {
          case SEGM -> "labels";
          case DEPTH -> "depth";
          case NORMAL -> "normals";
        });
  }

  /**
   * {@return the folder of a task's ground truth}
   *
   * @param task any
   */
  public Path truthFolder(Task task) {
    return truthFolder(folder, task);
  }

  /**
   * {@return where the ground truth of an image would be, for a message}
   *
   * @param image a file
   * @param tasks at least one
   */
  public String expectedTruth(Path image, Collection<Task> tasks) {
    return tasks.stream()
        .map(task -> truthFile(folder, task, image).toString())
        .collect(Collectors.joining(" or "));
  }

  /**
   * {@return those of some tasks for which any image has ground truth}
   *
   * @param tasks any
   */
  public Set<Task> known(Collection<Task> tasks) {
    Set<Task> known = new TreeSet<>();
    samples.forEach(sample -> known.addAll(sample.truth.keySet()));
    known.retainAll(tasks);
    return known;
  }

  /**
   * {@return the images that have ground truth, but none for a task}
   *
   * @param task any
   */
  public List<Path> imagesWithout(Task task) {
    return samples.stream()
        .filter(sample -> !sample.truth.isEmpty() && !sample.truth.containsKey(task))
        .map(Sample::image)
        .toList();
  }

  /**
   * {@return the same data for some tasks only} Samples that have nothing but ground truth of
   * others are not in it; those without any are.
   *
   * @param tasks any
   */
  public Dataset withTasks(Collection<Task> tasks) {
    List<Sample> kept = new ArrayList<>();
    for (Sample sample : samples) {
      Map<Task, Path> truth = new EnumMap<>(Task.class);
      truth.putAll(sample.truth);
      truth.keySet().retainAll(tasks);
      if (!truth.isEmpty() || sample.truth.isEmpty()) {
        kept.add(new Sample(sample.image, truth));
      }
    }
    Map<Task, List<Path>> others = new EnumMap<>(Task.class);
    others.putAll(unmatched);
    others.keySet().retainAll(tasks);
    return new Dataset(folder, description, kept, others);
  }
}
