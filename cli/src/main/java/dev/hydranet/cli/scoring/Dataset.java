package dev.hydranet.cli.scoring;

import dev.hydranet.cli.images.ImageArguments;
import dev.hydranet.cli.images.ImageFile;
import dev.hydranet.network.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** A folder of images and their ground truth, as docs/data.md describes it. */
public record Dataset(Path folder, DatasetDescription description, List<Sample> samples) {
  private static final String IMAGES = "images";

  /**
   * An image.
   *
   * @param truth the pictures that tell what is right, by the task; none if nothing does
   */
  public record Sample(Path image, Map<Task, Path> truth) {}

  /**
   * Finds out what is in a folder; no picture is read.
   *
   * @throws IOException if it has no images, or two of one name
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
    for (Path image : ImageArguments.images(images)) {
      Path other = taken.put(ImageFile.baseName(image), image);
      if (other != null) {
        throw new IOException(
            image + ": has the same ground truth as " + other + "; rename one of them");
      }
      samples.add(new Sample(image, truth(folder, image)));
    }
    return new Dataset(folder, DatasetDescription.read(folder), List.copyOf(samples));
  }

  private static Map<Task, Path> truth(Path folder, Path image) {
    Map<Task, Path> truth = new EnumMap<>(Task.class);
    for (Task task : Task.values()) {
      Path file = folder.resolve(truthFile(task, image));
      if (Files.exists(file)) {
        truth.put(task, file);
      }
    }
    return truth;
  }

  private static String truthFile(Task task, Path image) {
    String folder =
        switch (task) {
          case SEGM -> "labels";
          case DEPTH -> "depth";
          case NORMAL -> "normals";
        };
    return folder + "/" + ImageFile.baseName(image) + ".png";
  }

  /** Where the ground truth of an image would be, for a message. */
  public String expectedTruth(Path image, Collection<Task> tasks) {
    return tasks.stream()
        .map(task -> folder.resolve(truthFile(task, image)).toString())
        .collect(Collectors.joining(" or "));
  }

  /** Those of some tasks for which any image has ground truth. */
  public Set<Task> known(Collection<Task> tasks) {
    Set<Task> known = new TreeSet<>();
    samples.forEach(sample -> known.addAll(sample.truth.keySet()));
    known.retainAll(tasks);
    return known;
  }

  /**
   * The same data for some tasks only. Samples that have nothing but ground truth of others are not
   * in it; those without any are.
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
    return new Dataset(folder, description, List.copyOf(kept));
  }
}
