package dev.hydranet.cli.images;

import dev.hydranet.Colormap;
import dev.hydranet.Scene;
import dev.hydranet.engine.tensor.Shape;
import dev.hydranet.engine.tensor.Tensor;
import dev.hydranet.engine.weights.DType;
import dev.hydranet.engine.weights.Safetensors;
import dev.hydranet.network.HydraNetwork;
import dev.hydranet.network.Task;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The files that show scenes, named after the images. */
public final class ScenePictures {
  private static final String OVERVIEW = "_overview.png";
  private static final String NUMBERS = ".safetensors";

  private final Path folder;
  private final boolean raw;
  private final PictureNames names;

  /**
   * Files for some images.
   *
   * @param folder made when the first picture is written
   * @param raw whether the numbers are written, too
   * @param images all of them, so that each gets unique names
   */
  public ScenePictures(Path folder, boolean raw, Collection<Path> images) {
    this.folder = folder;
    this.raw = raw;
    names = new PictureNames(images);
  }

  /**
   * Makes sure that no picture of one image takes the place of another's, or of an image.
   *
   * @throws IllegalArgumentException naming the first two that are in each other's way
   */
  public void checkNames(Collection<Path> images, Collection<Task> tasks) {
    Map<String, String> taken = new HashMap<>();
    for (Path image : images) {
      taken.put(key(image), "the image " + image);
    }
    for (Path image : images) {
      for (Path file : files(image, tasks)) {
        String before = taken.put(key(file), "what is written for " + image);
        if (before != null) {
          throw new IllegalArgumentException(
              file + " for " + image + " would replace " + before + "; use another --out");
        }
      }
    }
  }

  /** Where the files go. */
  public Path folder() {
    return folder;
  }

  /** Some file systems do not tell upper from lower case. */
  private static String key(Path file) {
    return file.toAbsolutePath().normalize().toString().toLowerCase(Locale.ROOT);
  }

  /** None for an image of which {@link #write} will say why there are none. */
  private List<Path> files(Path image, Collection<Task> tasks) {
    List<Path> files = new ArrayList<>();
    try {
      for (Task task : tasks) {
        files.add(file(image, task));
      }
      files.add(file(image, OVERVIEW));
      if (raw) {
        files.add(file(image, NUMBERS));
      }
    } catch (InvalidPathException e) {
      return List.of();
    }
    return files;
  }

  /**
   * The picture of a task's answer for an image.
   *
   * @throws InvalidPathException if the locale's encoding cannot express the image's name
   */
  public Path file(Path image, Task task) {
    return file(image, suffix(task));
  }

  private Path file(Path image, String suffix) {
    return folder.resolve(names.of(image) + suffix);
  }

  /**
   * Whether a tensor in the file of numbers is an answer at the image's size, which no layer is.
   */
  public static boolean isFullSize(String tensor) {
    return Stream.of(Task.values()).anyMatch(task -> tensor.equals(fullSize(task)));
  }

  private static String fullSize(Task task) {
    return task.label() + "_full";
  }

  private static String suffix(Task task) {
    return "_" + task.label() + ".png";
  }

  /**
   * Writes the files of one image.
   *
   * @param image the file's name, after which the others are named
   * @param input what the network was given, {@code [1, 3, height, width]}
   * @return the overview
   */
  public Path write(Path image, BufferedImage pixels, Supplier<Tensor> input, Scene scene)
      throws IOException {
    Files.createDirectories(folder);
    for (Task task : scene.tasks()) {
      BufferedImage picture =
          switch (task) {
            case SEGM -> scene.segmentation().toImage();
            case DEPTH -> scene.depth().toImage(Colormap.PLASMA);
            case NORMAL -> scene.normals().toImage();
          };
      ImageFile.writePng(file(image, task), picture);
    }
    if (raw) {
      Safetensors.write(file(image, NUMBERS), numbers(input.get(), scene), Map.of(), DType.F32);
    }
    Path overview = file(image, OVERVIEW);
    ImageFile.writePng(overview, scene.toOverview(pixels));
    return overview;
  }

  /** What the network got and computed, and the latter at the image's size, all NCHW. */
  private static Map<String, Tensor> numbers(Tensor input, Scene scene) {
    Map<String, Tensor> numbers = new LinkedHashMap<>();
    numbers.put(HydraNetwork.INPUT, input);
    for (Task task : scene.tasks()) {
      String full = fullSize(task);
      switch (task) {
        case SEGM -> {
          numbers.put(task.label(), scene.segmentation().rawLogits());
          numbers.put(full, scene.segmentation().logits());
        }
        case DEPTH -> {
          numbers.put(task.label(), scene.depth().raw());
          Shape shape = Shape.of(1, 1, scene.height(), scene.width());
          numbers.put(full, Tensor.of(shape, scene.depth().metres()));
        }
        case NORMAL -> {
          numbers.put(task.label(), scene.normals().raw());
          numbers.put(full, scene.normals().components());
        }
      }
    }
    return numbers;
  }
}
