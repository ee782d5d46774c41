package dev.hydranet.cli.video;

import dev.hydranet.cli.process.ChildProcess;
import dev.hydranet.cli.process.Programs;
import dev.hydranet.engine.file.PendingFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A video file cut at key frames, so that each part can be decoded without what comes before it;
 * and the files made of the parts, joined again with the sound of the whole.
 */
public final class VideoParts {
  private static final double MICROSECONDS = 1e6; // in a second; as ffmpeg's options are

  private final Path file;
  private final Programs programs;
  private final VideoFacts facts;
  private final List<Double> starts;

  private VideoParts(Path file, Programs programs, VideoFacts facts, List<Double> starts) {
    this.file = file;
    this.programs = programs;
    this.facts = facts;
    this.starts = starts;
  }

  /**
   * Finds where a video can be cut.
   *
   * @param seconds that a part lasts at least, but for the last
   * @throws IOException if it is no video file, or ffmpeg is missing
   */
  public static VideoParts of(Path file, Programs programs, double seconds) throws IOException {
    if (!Files.exists(file)) {
      throw new NoSuchFileException(file.toString());
    }
    programs.check(
        List.of(Programs.FFMPEG, Programs.FFPROBE),
        file + ": cutting a video file",
        "use `hydranet video` with frames or a Y4M stream");
    VideoProbe probe = new VideoProbe(programs, file);
    VideoFacts facts = probe.facts();
    List<Double> starts = new ArrayList<>();
    for (double time : probe.keyFrames(facts)) {
      // Never later than the frame itself, which would then belong to the part before.
      double start = Math.max(0, Math.floor(time * MICROSECONDS) / MICROSECONDS);
      if (starts.isEmpty() || start - starts.getLast() >= seconds) {
        starts.add(start);
      }
    }
    if (starts.isEmpty()) {
      throw new IOException(file + ": there is no key frame in it");
    }
    return new VideoParts(file, programs, facts, starts);
  }

  /** How many there are, at least 1. */
  public int count() {
    return starts.size();
  }

  /** When a part begins, in seconds after the file's beginning. */
  public double from(int part) {
    return part == 0 ? 0 : starts.get(part);
  }

  /** How long a part lasts, in seconds; the last one as long as the video. */
  public double length(int part) {
    return part + 1 < count() ? starts.get(part + 1) - from(part) : Double.POSITIVE_INFINITY;
  }

  /**
   * Makes sure that parts of a kind of file can be joined.
   *
   * @throws IllegalArgumentException if they cannot
   */
  public static void check(VideoOutput output) {
    if (!(output instanceof VideoOutput.VideoFile video) || video.container().isSilent()) {
      throw new IllegalArgumentException(
          "expected a video file that can have sound, of the kinds "
              + Container.suffixes()
              + " but .gif");
    }
  }

  /**
   * Joins what was made of the parts, without compressing it again.
   *
   * @param made a silent file for each part, in order
   * @param output what {@link #check} allows
   * @throws IOException if that fails; nothing of the output is left then
   */
  public void join(List<Path> made, VideoOutput output) throws IOException {
    VideoOutput.VideoFile video = (VideoOutput.VideoFile) output;
    try (PendingFile list = PendingFile.at(made.getFirst().resolveSibling("parts.txt"));
        PendingFile result = PendingFile.at(video.file())) {
      Files.write(list.temporary(), list(made));
      List<String> arguments = new ArrayList<>(List.of("-nostdin", "-y", "-v", "error"));
      if (starts.getFirst() > 0) {
        arguments.addAll(List.of("-itsoffset", FfmpegSource.seconds(starts.getFirst())));
      }
      arguments.addAll(List.of("-f", "concat", "-safe", "0", "-i", "file:" + list.temporary()));
      if (!facts.audioCodecs().isEmpty()) {
        arguments.addAll(List.of("-i", "file:" + file, "-map", "0:v", "-map", "1:a"));
        arguments.addAll(video.container().audioArguments(facts.audioCodecs()));
      }
      arguments.addAll(List.of("-c:v", "copy"));
      arguments.addAll(video.container().fileArguments());
      arguments.add("file:" + result.temporary());
      try (ChildProcess ffmpeg =
          ChildProcess.start(programs.ffmpeg(), arguments, video.file().toString())) {
        ffmpeg.input().close();
        ffmpeg.await();
      }
      result.complete();
    }
  }

  /** As ffmpeg's concat reads it. A part lasts until the next begins, whatever its file says. */
  private List<String> list(List<Path> made) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < made.size(); i++) {
      lines.add("file '" + made.get(i).toAbsolutePath().toString().replace("'", "'\\''") + "'");
      if (i + 1 < made.size()) {
        double length = starts.get(i + 1) - starts.get(i);
        lines.add(String.format(Locale.ROOT, "duration %.6f", length));
      }
    }
    return lines;
  }
}
