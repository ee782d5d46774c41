package dev.hydranet.cli.video;

import dev.hydranet.cli.process.Programs;
import dev.hydranet.engine.file.PendingFile;
import dev.hydranet.video.Chroma;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Where the pictures go: told by the argument before anything is done. */
public sealed interface VideoOutput {
  /** Names of the pictures in a folder. */
  String FRAME = "frame-%06d.png";

  /** Standard output. */
  record Stream() implements VideoOutput {}

  /** A Y4M file. */
  record Y4mFile(Path file) implements VideoOutput {}

  /** A file that ffmpeg writes. */
  record VideoFile(Path file, Container container) implements VideoOutput {}

  /**
   * PNG files.
   *
   * @param pattern of their names, with a place for the number
   * @param owned whether the folder is for them alone
   */
  record Pictures(Path folder, String pattern, boolean owned) implements VideoOutput {
    /** Makes sure that no picture takes the place of a frame. */
    private void checkKept(List<Path> frames) throws IOException {
      Path target = folder.toAbsolutePath().normalize();
      for (Path frame : frames) {
        boolean replaced =
            FrameNames.matching(pattern).matcher(frame.getFileName().toString()).matches();
        if (replaced && frame.toAbsolutePath().normalize().getParent().equals(target)) {
          throw new IOException(folder + ": writing here would replace " + frame);
        }
      }
    }
  }

  /**
   * Understands an argument.
   *
   * @throws IllegalArgumentException if nothing of that kind can be written; the message lists what
   *     can
   */
  static VideoOutput of(String output) {
    if (output.equals(VideoInput.STREAM)) {
      return new Stream();
    }
    Path path = Path.of(output);
    String name = String.valueOf(path.getFileName());
    String suffix = name.substring(name.lastIndexOf('.') + 1);
    if (FrameNames.isNumbered(name) && suffix.equalsIgnoreCase("png")) {
      return new Pictures(path.toAbsolutePath().getParent(), name, false);
    }
    boolean folder = output.endsWith("/") || Files.isDirectory(path) || !name.contains(".");
    if (folder) {
      return new Pictures(path, FRAME, true);
    }
    if (suffix.equalsIgnoreCase("y4m")) {
      return new Y4mFile(path);
    }
    return new VideoFile(
        path,
        Container.of(suffix)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        output
                            + ": expected "
                            + Container.suffixes()
                            + ", .y4m, a folder, a pattern such as frames/%05d.png, or -")));
  }

  /** Whether it is standard output. */
  default boolean isStream() {
    return this instanceof Stream;
  }

  /**
   * Makes sure that it can be written, as far as that can be known before.
   *
   * @param input whose files it may not replace
   */
  default void check(VideoInput input, Programs programs) throws IOException {
    switch (this) {
      case Stream stream -> {}
      case Y4mFile y4m -> PendingFile.at(y4m.file()).close();
      case VideoFile video -> {
        PendingFile.at(video.file()).close();
        programs.check(
            List.of(Programs.FFMPEG),
            video.file() + ": writing a video file",
            "name a folder for frames, or write a Y4M stream: hydranet video IN - | ...");
      }
      case Pictures pictures -> pictures.checkKept(input.pictures());
    }
  }

  /** Begins to write. */
  default FrameSink open(
      PictureInfo pictures, Chroma chroma, VideoInput input, Programs programs, OutputStream out)
      throws IOException {
    return switch (this) {
      case Stream stream ->
          new Y4mSink(new BufferedOutputStream(out), "standard output", pictures, chroma);
      case Y4mFile y4m -> new Y4mFileSink(y4m.file(), pictures, chroma);
      case VideoFile video ->
          new FfmpegSink(programs, video.file(), video.container(), pictures, input.sound());
      case Pictures files -> new PictureSink(files.folder(), files.pattern(), files.owned());
    };
  }
}
