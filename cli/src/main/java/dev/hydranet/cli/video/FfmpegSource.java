package dev.hydranet.cli.video;

import dev.hydranet.cli.process.ChildProcess;
import dev.hydranet.cli.process.Programs;
import dev.hydranet.video.FrameRate;
import dev.hydranet.video.VideoFormatException;
import dev.hydranet.video.YuvMatrix;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** A video file, decoded by ffmpeg: turned upright, each frame once. */
final class FfmpegSource implements FrameSource {
  /** The filter prints a line for each frame that has this key. */
  private static final String TIMES =
      "metadata=mode=add:key=n:value=1,metadata=mode=print:key=n:file='pipe\\:2':direct=1";

  private static final String TIME = "pts_time:";

  private final String name;
  private final FrameTimes times;
  private final ChildProcess ffmpeg;
  private final Y4mSource frames;
  private final BlockingQueue<Double> shown = new LinkedBlockingQueue<>();
  private final boolean timed;
  private double seconds;

  FfmpegSource(
      Programs programs, Path file, VideoFacts facts, FrameTimes times, Selection selection)
      throws IOException {
    this.name = file.toString();
    this.times = times;
    this.timed = times.evenRate().isEmpty();
    Pixels pixels = Pixels.of(facts);
    List<String> arguments = new ArrayList<>(List.of("-nostdin", "-v", "error", "-xerror"));
    arguments.addAll(range(selection));
    arguments.addAll(List.of("-i", "file:" + file, "-map", "0:" + facts.index()));
    arguments.addAll(List.of("-fps_mode", "passthrough", "-pix_fmt", pixels.format));
    List<String> filters = new ArrayList<>(pixels.filters);
    if (timed) {
      filters.add(TIMES);
    }
    if (!filters.isEmpty()) {
      arguments.addAll(List.of("-vf", String.join(",", filters)));
    }
    arguments.addAll(List.of("-f", "yuv4mpegpipe", "pipe:1"));
    this.ffmpeg = ChildProcess.start(programs.ffmpeg(), arguments, name, this::listen);
    try {
      ffmpeg.input().close();
      this.frames = new Y4mSource(ffmpeg.output(), name, pixels.matrix);
    } catch (IOException e) {
      IOException cause = ffmpeg.failureOr(e);
      ffmpeg.close();
      throw times.selected() == 0 && cause == e ? nothing(selection) : cause;
    }
  }

  private IOException nothing(Selection selection) {
    return new IOException(name + ": there is no frame" + selection.suffix());
  }

  /** The part of a file that is wanted, as ffmpeg's input options say it. */
  static List<String> range(Selection selection) {
    List<String> range = new ArrayList<>();
    if (selection.from() > 0) {
      range.addAll(List.of("-ss", seconds(selection.from())));
    }
    if (Double.isFinite(selection.length())) {
      range.addAll(List.of("-t", seconds(selection.length())));
    }
    return range;
  }

  static String seconds(double seconds) {
    return String.format(Locale.ROOT, "%.6f", seconds);
  }

  /** What the filter prints: {@code frame:12 pts:512 pts_time:0.04}, and the key. */
  private boolean listen(String line) {
    int time = line.startsWith("frame:") ? line.indexOf(TIME) : -1;
    if (time >= 0) {
      shown.add(Double.valueOf(line.substring(time + TIME.length()).strip()));
    }
    return time >= 0 || line.equals("n=1");
  }

  @Override
  public StreamInfo info() {
    StreamInfo stream = frames.info();
    FrameRate rate = times.evenRate().orElse(times.meanRate());
    return new StreamInfo(
        stream.width(),
        stream.height(),
        rate,
        timed,
        stream.pixelAspect(),
        stream.chroma(),
        times.selected());
  }

  @Override
  public boolean read(BufferedImage image) throws IOException {
    try {
      return checked(frames.read(image));
    } catch (VideoFormatException e) {
      throw ffmpeg.failureOr(e);
    }
  }

  @Override
  public boolean skip() throws IOException {
    try {
      return checked(frames.skip());
    } catch (VideoFormatException e) {
      throw ffmpeg.failureOr(e);
    }
  }

  private boolean checked(boolean read) throws IOException {
    if (!read) {
      ffmpeg.await();
    } else if (timed) {
      try {
        seconds = shown.take();
      } catch (InterruptedException e) {
        throw new IOException(name + ": interrupted", e);
      }
    }
    return read;
  }

  @Override
  public double seconds() {
    return seconds;
  }

  @Override
  public void close() {
    ffmpeg.close();
    frames.close();
  }

  /**
   * How pixels come through the pipe: as they are where Y4M has a way to say it.
   *
   * @param format ffmpeg's name of it
   * @param matrix of the colours if it is known
   * @param filters that convert what Y4M cannot say
   */
  private record Pixels(String format, Optional<YuvMatrix> matrix, List<String> filters) {
    private static final List<String> AS_THEY_ARE =
        List.of("yuv420p", "yuv422p", "yuv444p", "yuvj420p", "yuvj422p", "yuvj444p", "gray");

    static Pixels of(VideoFacts facts) {
      String pixels = facts.pixelFormat();
      if (pixels.matches("(rgb|bgr|gbr|argb|abgr|0rgb|0bgr|x2rgb|x2bgr|pal8).*")) {
        return new Pixels(
            "yuv444p",
            Optional.of(YuvMatrix.BT601),
            List.of("scale=out_color_matrix=bt601:out_range=tv"));
      }
      String format =
          AS_THEY_ARE.contains(pixels)
              ? pixels
              : pixels.contains("444")
                  ? "yuv444p"
                  : pixels.contains("422")
                      ? "yuv422p"
                      : pixels.contains("gray") ? "gray" : "yuv420p";
      return switch (facts.colourSpace()) {
        case "bt709" -> new Pixels(format, Optional.of(YuvMatrix.BT709), List.of());
        case "smpte170m", "bt470bg" -> new Pixels(format, Optional.of(YuvMatrix.BT601), List.of());
        case "unknown", "" -> new Pixels(format, Optional.empty(), List.of());
        // ffmpeg knows the others, such as BT.2020.
        default ->
            new Pixels(
                format, Optional.of(YuvMatrix.BT709), List.of("scale=out_color_matrix=bt709"));
      };
    }
  }
}
