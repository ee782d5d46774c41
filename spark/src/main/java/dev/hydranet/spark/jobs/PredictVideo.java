package dev.hydranet.spark.jobs;

import dev.hydranet.PredictOptions;
import dev.hydranet.cli.console.Progress;
import dev.hydranet.cli.process.Programs;
import dev.hydranet.cli.video.Selection;
import dev.hydranet.cli.video.VideoOutput;
import dev.hydranet.cli.video.VideoParts;
import dev.hydranet.cli.video.VideoRun;
import dev.hydranet.cli.video.View;
import dev.hydranet.engine.Threads;
import dev.hydranet.spark.SharedNetwork;
import dev.hydranet.video.StreamOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A job: {@code hydranet video}, with the parts of a long video shared out over executors. */
@Command(
    name = "PredictVideo",
    mixinStandardHelpOptions = true,
    description = {
      "Show what the network sees in a long video.",
      "The video is cut at key frames; executors work on the parts, which are joined in order, with"
          + " the sound of the whole. All machines must see IN and OUT's folder under the same"
          + " paths, and have the programs ffmpeg and ffprobe. Each frame is computed without those"
          + " before it, as with `hydranet video --smooth 0`."
    })
public final class PredictVideo implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "IN", description = "A video file.")
  private Path in;

  @Parameters(
      index = "1",
      paramLabel = "OUT",
      description = "A video file of another name: .mp4, .mov, .m4v, .mkv, .webm or .avi.")
  private Path out;

  @Option(
      names = "--weights",
      paramLabel = "FILE",
      description = "A safetensors file; without it, the model in the box.")
  private String weights = SharedNetwork.BUNDLED;

  @Option(
      names = "--view",
      paramLabel = "overlay|segm|depth|normal|grid",
      description = "What is shown, as for `hydranet video`; overlay without it.")
  private View view = View.OVERLAY;

  @Option(
      names = "--height",
      paramLabel = "N|native",
      description =
          "Shrink taller frames to N rows, or never; without it, to the height that the weights"
              + " were trained for.")
  private String height;

  @Option(
      names = "--part",
      paramLabel = "SECONDS",
      description = "How long a part lasts at least; 60 without it.")
  private double seconds = 60;

  /** For Spark's jobs, which {@link #main} runs. */
  public PredictVideo() {}

  /**
   * Runs the job.
   *
   * @param arguments as {@code --help} lists them
   */
  public static void main(String[] arguments) {
    Job.main(new PredictVideo(), arguments);
  }

  /** A part of the video, as it travels. */
  private record Part(String in, String out, double from, double length) implements Serializable {}

  /** Works on an executor. */
  private record Painter(SharedNetwork network, View view, String height) implements Serializable {
    /** How many frames the part has. */
    long paint(Part part) throws IOException {
      PredictOptions prediction =
          height == null ? PredictOptions.DEFAULT : PredictOptions.ofHeight(height);
      StreamOptions options =
          StreamOptions.DEFAULT
              .withSmoothing(0)
              .withThreads(Threads.of(TaskContext.get().cpus()))
              .withPrediction(prediction);
      try (VideoRun run =
              VideoRun.open(
                  part.in,
                  VideoOutput.of(part.out),
                  new Selection(part.from, part.length, 1),
                  programs(),
                  InputStream.nullInputStream(),
                  OutputStream.nullOutputStream());
          Progress progress = Progress.start(false, "video")) {
        return run.silent().run(network.get(), view, options, progress).frames();
      }
    }
  }

  private static Programs programs() {
    return new Programs(System.getenv().getOrDefault("PATH", ""));
  }

  @Override
  public Integer call() throws IOException {
    Path target = out.toAbsolutePath();
    VideoOutput output = VideoOutput.of(target.toString());
    VideoParts.check(output);
    if (height != null) {
      PredictOptions.ofHeight(height);
    }
    VideoParts video = VideoParts.of(in.toAbsolutePath(), programs(), seconds);
    SparkSession spark = Job.session();
    SharedNetwork network = SharedNetwork.of(spark, weights);
    network = network.withTasks(view.tasks(network.tasks()));

    Path folder = Files.createTempDirectory(target.getParent(), ".parts-");
    try {
      List<Part> parts = parts(video, folder, target.getFileName().toString());
      Painter painter = new Painter(network, view, height);
      long frames =
          JavaSparkContext.fromSparkContext(spark.sparkContext())
              .parallelize(parts, parts.size())
              .map(painter::paint)
              .reduce(Long::sum);
      video.join(parts.stream().map(part -> Path.of(part.out)).toList(), output);
      spec.commandLine()
          .getOut()
          .println(
              String.format(
                  Locale.ROOT, "%s: %d frames, made in %d parts", out, frames, parts.size()));
    } finally {
      delete(folder);
    }
    return 0;
  }

  private List<Part> parts(VideoParts video, Path folder, String name) {
    List<Part> parts = new ArrayList<>();
    for (int i = 0; i < video.count(); i++) {
      String file = String.format(Locale.ROOT, "%06d-%s", i, name);
      parts.add(
          new Part(
              in.toAbsolutePath().toString(),
              folder.resolve(file).toString(),
              video.from(i),
              video.length(i)));
    }
    return parts;
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }
}
