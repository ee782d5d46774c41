package dev.hydranet.cli.video;

import dev.hydranet.cli.images.ImageArguments;
import dev.hydranet.cli.process.Programs;
import dev.hydranet.images.Images;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The wanted part of an input.
 *
 * @param name of the input, for messages
 * @param source of frames, at the wanted part's beginning
 * @param before frames that the source still has before the wanted ones
 * @param length of the wanted part in frames
 * @param pictures the files that frames are, empty for others
 * @param sound that a video file brings, or null
 */
record VideoInput(
    String name,
    FrameSource source,
    long before,
    long length,
    List<Path> pictures,
    FfmpegSink.Sound sound) {
  static final String STREAM = "-";

  private static final String STANDARD = "standard input";
  private static final String Y4M = ".y4m";
  private static final byte[] MAGIC = "YUV4MPEG2 ".getBytes(StandardCharsets.US_ASCII);

  /**
   * Opens an input.
   *
   * @param in standard input
   * @throws IOException if it is not there, or no video; the message names it
   */
  static VideoInput open(String input, InputStream in, Programs programs, Selection selection)
      throws IOException {
    if (input.equals(STREAM)) {
      return counted(STANDARD, new Y4mSource(in, STANDARD, Optional.empty()), selection, List.of());
    }
    List<Path> pictures = pictures(input);
    if (!pictures.isEmpty()) {
      return counted(input, new PictureSource(pictures), selection, pictures);
    }
    Path file = Path.of(input);
    if (!Files.exists(file)) {
      throw new NoSuchFileException(input);
    }
    if (isY4m(file)) {
      InputStream bytes = new BufferedInputStream(Files.newInputStream(file));
      return counted(input, new Y4mSource(bytes, input, Optional.empty()), selection, List.of());
    }
    return ofFile(file, programs, selection);
  }

  private static List<Path> pictures(String input) throws IOException {
    Path path = ImageArguments.path(input);
    if (FrameNames.isNumbered(String.valueOf(path.getFileName()))) {
      return numbered(path);
    }
    List<Path> files = ImageArguments.expand(input);
    Path first = files.get(0);
    boolean several = files.size() > 1 || Files.isDirectory(path);
    // A GIF may well be a film.
    boolean film = first.toString().toLowerCase(Locale.ROOT).endsWith(".gif");
    return several || Images.isNamedAsImage(first) && !film
        ? files.stream().sorted(FrameNames.ORDER).toList()
        : List.of();
  }

  private static List<Path> numbered(Path pattern) throws IOException {
    Path folder = pattern.toAbsolutePath().getParent();
    Pattern names = FrameNames.matching(pattern.getFileName().toString());
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> found =
          files
              .filter(file -> names.matcher(file.getFileName().toString()).matches())
              .sorted(FrameNames.ORDER)
              .toList();
      if (found.isEmpty()) {
        throw new IOException(pattern + ": no file matches");
      }
      return found;
    }
  }

  /** Whether it is Y4M by its name or its first bytes, or a pipe, which only one may read. */
  private static boolean isY4m(Path file) throws IOException {
    if (file.toString().endsWith(Y4M) || !Files.isRegularFile(file)) {
      return true;
    }
    try (InputStream bytes = Files.newInputStream(file)) {
      return Arrays.equals(bytes.readNBytes(MAGIC.length), MAGIC);
    }
  }

  private static VideoInput counted(
      String name, FrameSource source, Selection selection, List<Path> pictures) {
    StreamInfo info = source.info();
    return new VideoInput(
        name,
        source,
        selection.firstFrame(info.rate()),
        selection.frames(info.rate()),
        pictures,
        null);
  }

  private static VideoInput ofFile(Path file, Programs programs, Selection selection)
      throws IOException {
    programs.check(
        List.of(Programs.FFMPEG, Programs.FFPROBE),
        file + ": reading a video file",
        "give a folder of frames or a Y4M stream:"
            + " ffmpeg -i FILE -f yuv4mpegpipe - | hydranet video - OUT");
    VideoProbe probe = new VideoProbe(programs, file);
    VideoFacts facts = probe.facts();
    FrameTimes times = probe.times(facts, selection);
    double delay = selection.from() > 0 ? 0 : times.first();
    return new VideoInput(
        file.toString(),
        new FfmpegSource(programs, file, facts, times, selection),
        0,
        Long.MAX_VALUE,
        List.of(),
        new FfmpegSink.Sound(file, facts.audioCodecs(), selection, delay));
  }

  /** The same without its sound. */
  VideoInput silent() {
    return new VideoInput(name, source, before, length, pictures, null);
  }

  /** How many pictures will come, -1 if that is not known. */
  long expected(int every) {
    long frames = source.info().frames();
    return frames < 0
        ? length == Long.MAX_VALUE ? -1 : Math.ceilDiv(length, every)
        : Math.ceilDiv(Math.clamp(frames - before, 0, length), (long) every);
  }
}
