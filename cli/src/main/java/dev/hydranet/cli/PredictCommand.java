package dev.hydranet.cli;

import dev.hydranet.HydraNet;
import dev.hydranet.ImageSize;
import dev.hydranet.Scene;
import dev.hydranet.cli.console.Failure;
import dev.hydranet.cli.console.Progress;
import dev.hydranet.cli.images.ImageArguments;
import dev.hydranet.cli.images.ScenePictures;
import dev.hydranet.cli.images.SceneSize;
import dev.hydranet.engine.text.OneLine;
import dev.hydranet.images.Images;
import dev.hydranet.network.Task;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Images in, pictures of what the network sees out. */
@Command(
    name = "predict",
    description = {
      "Paint what the network sees in images.",
      "For each image it writes NAME_overview.png and a picture for each task the network has:"
          + " NAME_segm.png, NAME_depth.png, NAME_normal.png. Images may be of any size: JPEG"
          + " (rotated by EXIF), PNG and the other formats of docs/images.md. An image that"
          + " cannot be read is reported; the others are processed."
    },
    footer = {
      "  hydranet predict street.jpg",
      "  hydranet predict street.jpg --weights kitti",
      "  hydranet predict photos/ 'more/*.png' --weights nyud --out pictures",
      "  hydranet predict room.png --weights nyud3 --tasks depth,normal --raw"
    })
final class PredictCommand implements Callable<Integer> {
  @ParentCommand private HydraNetCommand hydranet;
  @Spec private CommandSpec spec;

  @Parameters(
      arity = "1..*",
      paramLabel = "IMAGE",
      description = "Image files, folders of them, or patterns such as '*.jpg'.")
  private List<String> images;

  @Mixin private WeightsOption weights;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "The output folder. Default: hydranet-out.")
  private Path out = Path.of("hydranet-out");

  @Option(
      names = "--tasks",
      split = ",",
      hideParamSyntax = true,
      paramLabel = "segm,depth,normal",
      description = "Predict only these tasks. Default: all that the network has.")
  private Set<Task> tasks = EnumSet.noneOf(Task.class);

  @Option(
      names = "--raw",
      description =
          "Also write NAME.safetensors with the numbers: the network's input; its outputs"
              + " segm, depth, normal; segm_full, depth_full, normal_full at the image's size."
              + " `run` and `verify` read this file.")
  private boolean raw;

  @Mixin private HeightOption height;

  @Mixin private ThreadsOption threads;

  /** The sizes that an image was computed at. */
  private final Set<ImageSize> sizes = new HashSet<>();

  @Override
  public Integer call() throws IOException {
    List<IOException> missing = new ArrayList<>();
    List<Path> files = new ArrayList<>(ImageArguments.expand(images, missing::add));
    for (Path file : files) {
      if (!Files.exists(file)) {
        missing.add(new NoSuchFileException(file.toString()));
      }
    }
    files.removeIf(file -> !Files.exists(file));
    for (IOException e : missing) {
      spec.commandLine().getErr().println(hydranet.describe(Failure.line(e), e));
    }
    spec.commandLine().getErr().flush();
    if (files.isEmpty()) {
      return 1;
    }
    Path weightsFile = weights.file();
    HydraNet net = HydraNet.load(weightsFile, threads.threads());
    ScenePictures pictures = new ScenePictures(out, raw, files);
    try {
      if (!tasks.isEmpty()) {
        net = net.withTasks(tasks);
      }
      pictures.checkNames(files, net.tasks());
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
    return predict(net, files, pictures) == files.size() && missing.isEmpty() ? 0 : 1;
  }

  /** Processes every image, even if others fail; returns how many succeeded. */
  private int predict(HydraNet net, List<Path> files, ScenePictures pictures) {
    int done = 0;
    try (Progress progress =
        Progress.start(hydranet.surroundings.terminal(), "predict", files.size(), "", 1)) {
      for (Path file : files) {
        progress.now(file.getFileName().toString());
        try {
          progress.println(spec.commandLine().getOut(), predict(net, file, pictures));
          done++;
        } catch (IOException | RuntimeException | OutOfMemoryError e) {
          progress.println(
              spec.commandLine().getErr(), hydranet.describe(Failure.line(file, e), e));
        }
        progress.step();
      }
    }
    return done;
  }

  private String predict(HydraNet net, Path file, ScenePictures pictures) throws IOException {
    BufferedImage image = Images.read(file);
    long start = System.nanoTime();
    Scene scene = net.predict(image, height.options());
    double milliseconds = (System.nanoTime() - start) / 1e6;
    // Memory is laid out, and much of the code compiled, for the first image of a size.
    String remark = sizes.add(scene.computedSize()) ? " including start" : "";
    Path overview = pictures.write(file, image, () -> net.toInput(image, height.options()), scene);
    return String.format(
        Locale.ROOT,
        "%s: %s, %.0f ms%s, %s",
        OneLine.of(file.toString()),
        SceneSize.describe(scene),
        milliseconds,
        remark,
        OneLine.of(overview.toString()));
  }
}
