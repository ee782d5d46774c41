package dev.hydranet.cli;

import dev.hydranet.HydraNet;
import dev.hydranet.cli.console.Progress;
import dev.hydranet.cli.images.ImageArguments;
import dev.hydranet.cli.video.Interruption;
import dev.hydranet.cli.video.Seconds;
import dev.hydranet.cli.video.Selection;
import dev.hydranet.cli.video.VideoOutput;
import dev.hydranet.cli.video.VideoRun;
import dev.hydranet.cli.video.View;
import dev.hydranet.engine.text.OneLine;
import dev.hydranet.video.StreamOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** A video in, a video of what the network sees out. */
@Command(
    name = "video",
    description = {
      "Show what the network sees in a video.",
      "IN and OUT are video files, folders of frames, or - for a Y4M stream on standard"
          + " input and output. Video files need the programs ffmpeg and ffprobe on the path."
          + " Sound, frame rate, duration and rotation stay as they are. OUT is written"
          + " completely or not at all."
    },
    footer = {
      "  hydranet video street.mp4 seen.mp4",
      "  hydranet video street.mp4 seen.webm --view grid --from 1:30 --for 10",
      "  hydranet video street.mp4 seen.gif --view segm --every 3",
      "  hydranet video frames/ seen/ --view depth",
      "  ffmpeg -i street.mp4 -f yuv4mpegpipe - | hydranet video - - | ffplay -"
    })
final class VideoCommand implements Callable<Integer> {
  @ParentCommand private HydraNetCommand hydranet;
  @Spec private CommandSpec spec;

  @Parameters(
      index = "0",
      paramLabel = "IN",
      description =
          "A video file; a folder of images, or a pattern such as 'frames/*.png' or"
              + " frames/%%05d.png, at 25 frames a second; a .y4m file; - for Y4M.")
  private String input;

  @Parameters(
      index = "1",
      paramLabel = "OUT",
      description =
          "A file; its suffix selects the format: .mp4, .mov, .m4v, .mkv (H.264), .webm"
              + " (VP9), .avi (MPEG-4), .gif, .y4m; a folder for PNG files, or a pattern such as"
              + " seen/%%05d.png; - for Y4M.")
  private String output;

  @Mixin private WeightsOption weights;

  @Option(
      names = "--view",
      hideParamSyntax = true,
      paramLabel = "overlay|segm|depth|normal|grid",
      description =
          "What to show: the frame with the classes laid over it (the default), classes,"
              + " depth, surface normals, or the frame and all of these side by side.")
  private View view = View.OVERLAY;

  @Mixin private HeightOption height;

  @Mixin private ThreadsOption threads;

  private StreamOptions options = StreamOptions.DEFAULT;
  private double from;
  private double length = Double.POSITIVE_INFINITY;
  private int every = 1;

  @Option(
      names = "--smooth",
      paramLabel = "A",
      description =
          "Share of earlier frames in each answer, from 0 (none) to below 1; reduces flicker."
              + " Default: "
              + StreamOptions.DEFAULT_SMOOTHING)
  private void smooth(double share) {
    try {
      options = options.withSmoothing(share);
    } catch (IllegalArgumentException e) {
      throw wrong("--smooth: " + e.getMessage());
    }
  }

  @Option(names = "--from", paramLabel = "T", description = "Start time: seconds, or [HH:]MM:SS.")
  private void from(String time) {
    from = seconds("--from", time);
  }

  @Option(names = "--for", paramLabel = "T", description = "Duration: seconds, or [HH:]MM:SS.")
  private void length(String time) {
    length = seconds("--for", time);
    if (length == 0) {
      throw wrong("--for must be more than 0, found " + time);
    }
  }

  @Option(
      names = "--every",
      paramLabel = "K",
      description = "Process only every Kth frame. The duration stays.")
  private void every(int frames) {
    if (frames < 1) {
      throw wrong("--every must be at least 1, found " + frames);
    }
    every = frames;
  }

  private double seconds(String option, String time) {
    try {
      return Seconds.parse(time);
    } catch (IllegalArgumentException e) {
      throw wrong(option + ": " + e.getMessage());
    }
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  @Override
  public Integer call() throws IOException {
    VideoOutput target = target();
    Path weightsFile = weights.file();
    PrintWriter err = spec.commandLine().getErr();
    Runnable stopped =
        () -> {
          err.println("hydranet: stopped; nothing was written");
          err.flush();
        };
    Surroundings surroundings = hydranet.surroundings;
    Interruption interruption = new Interruption(stopped);
    try (interruption;
        VideoRun run =
            VideoRun.open(
                input,
                target,
                new Selection(from, length, every),
                surroundings.programs(),
                surroundings.in(),
                surroundings.out())) {
      HydraNet net = HydraNet.load(weightsFile, threads.threads());
      try {
        net = net.withTasks(view.tasks(net.tasks()));
      } catch (IllegalArgumentException e) {
        throw wrong(e.getMessage());
      }
      VideoRun.Result result = run(run, net);
      if (!target.isStream()) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(OneLine.of(output) + ": " + result.line());
      }
    }
    return 0;
  }

  private VideoRun.Result run(VideoRun run, HydraNet net) throws IOException {
    try (Progress progress =
        Progress.start(hydranet.surroundings.terminal(), "video", run.expected(), "", 1)) {
      StreamOptions all = options.withThreads(threads.threads()).withPrediction(height.options());
      return run.run(net, view, all, progress);
    }
  }

  private VideoOutput target() throws IOException {
    boolean same = ImageArguments.path(input).equals(ImageArguments.path(output));
    if (same && !input.equals("-")) {
      throw wrong("IN and OUT are the same, " + output);
    }
    try {
      return VideoOutput.of(output);
    } catch (IllegalArgumentException e) {
      throw wrong(e.getMessage());
    }
  }
}
