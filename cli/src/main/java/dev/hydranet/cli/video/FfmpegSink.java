package dev.hydranet.cli.video;

import dev.hydranet.cli.process.ChildProcess;
import dev.hydranet.cli.process.Programs;
import dev.hydranet.engine.file.PendingFile;
import dev.hydranet.video.FrameRate;
import dev.hydranet.video.YuvMatrix;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A video file that ffmpeg writes, with the sound of the one that the frames come from. */
final class FfmpegSink implements FrameSink {
  /** Sound for the pictures. */
  record Sound(Path file, List<String> codecs, Selection selection, double videoDelay) {}

  /** A delay below this is never intended. */
  private static final double LEAST_DELAY = 0.001;

  private static final double GIF_RATE = 50;

  /** Of pictures with their own times: what MPEG uses, and any frame rate nearly fits. */
  private static final String CLOCK = "1:90000";

  private final Path ffmpeg;
  private final String name;
  private final Container container;
  private final PictureInfo pictures;
  private final PendingFile result;
  private final PendingFile between; // of a GIF's first pass; else the result itself
  private final ChildProcess encoder;
  private final FrameSink stream;

  /**
   * Starts ffmpeg.
   *
   * @param sound null for none
   */
  FfmpegSink(Programs programs, Path file, Container container, PictureInfo pictures, Sound sound)
      throws IOException {
    this.ffmpeg = programs.ffmpeg();
    this.name = file.toString();
    this.container = container;
    this.pictures = pictures;
    this.result = PendingFile.at(file);
    this.between = container == Container.GIF ? PendingFile.at(file) : result;
    PictureInfo even =
        new PictureInfo(
            container.side(pictures.width()),
            container.side(pictures.height()),
            pictures.rate(),
            pictures.timed(),
            pictures.pixelAspect());
    this.encoder = ChildProcess.start(ffmpeg, arguments(even, sound), name);
    try {
      this.stream =
          pictures.timed()
              ? new TimedSink(encoder.input(), even, container.chroma())
              : new Y4mSink(encoder.input(), name, even, container.chroma());
    } catch (IOException e) {
      IOException cause = encoder.failureOr(e);
      close();
      throw cause;
    }
  }

  private List<String> arguments(PictureInfo even, Sound sound) {
    boolean audible = sound != null && !sound.codecs().isEmpty() && !container.isSilent();
    List<String> arguments = new ArrayList<>(List.of("-y", "-v", "error"));
    if (audible && sound.videoDelay() > LEAST_DELAY) {
      arguments.addAll(List.of("-itsoffset", FfmpegSource.seconds(sound.videoDelay())));
    }
    arguments.addAll(List.of("-f", even.timed() ? "matroska" : "yuv4mpegpipe", "-i", "pipe:0"));
    if (audible) {
      arguments.addAll(FfmpegSource.range(sound.selection()));
      arguments.addAll(List.of("-i", "file:" + sound.file(), "-map", "0:v", "-map", "1:a"));
      arguments.addAll(container.audioArguments(sound.codecs()));
    }
    arguments.addAll(List.of("-fps_mode", "passthrough"));
    if (even.timed()) {
      arguments.addAll(List.of("-enc_time_base", CLOCK));
    }
    arguments.addAll(List.of("-vf", colours(YuvMatrix.ofHeight(even.height()))));
    arguments.addAll(container.videoArguments());
    if (container == Container.GIF) {
      arguments.addAll(List.of("-f", "matroska"));
    } else {
      arguments.addAll(container.fileArguments());
    }
    arguments.add("file:" + between.temporary());
    return arguments;
  }

  /** Says what the colours are, for players that ask. */
  private static String colours(YuvMatrix matrix) {
    String name = matrix == YuvMatrix.BT709 ? "bt709" : "smpte170m";
    return "setparams=range=tv:colorspace="
        + name
        + ":color_primaries="
        + name
        + ":color_trc="
        + name;
  }

  @Override
  public void write(BufferedImage picture, double seconds) throws IOException {
    try {
      stream.write(picture, seconds);
    } catch (IOException e) {
      throw encoder.failureOr(e);
    }
  }

  @Override
  public CompletableFuture<?> broken() {
    return encoder.ended();
  }

  @Override
  public void finish() throws IOException {
    try {
      stream.finish();
      encoder.input().close();
    } catch (IOException e) {
      throw encoder.failureOr(e);
    }
    encoder.await();
    if (container == Container.GIF) {
      reduceColours();
    }
    try {
      result.complete();
    } catch (IOException e) {
      throw result.naming(e);
    }
  }

  /** Finds the 256 colours that show all pictures best, then writes the pictures in them. */
  private void reduceColours() throws IOException {
    String film = "file:" + between.temporary();
    try (PendingFile palette = PendingFile.at(Path.of(name))) {
      String colours = "file:" + palette.temporary();
      run(
          "-i",
          film,
          "-vf",
          rate() + "palettegen",
          "-update",
          "1",
          "-c:v",
          "png",
          "-f",
          "image2",
          colours);
      run(
          "-i",
          film,
          "-i",
          colours,
          "-lavfi",
          rate() + "paletteuse=dither=bayer:bayer_scale=4:diff_mode=rectangle",
          "-f",
          "gif",
          "file:" + result.temporary());
    }
  }

  private String rate() {
    FrameRate rate = pictures.rate();
    return rate.perSecond() > GIF_RATE ? "fps=50," : "";
  }

  private void run(String... arguments) throws IOException {
    List<String> all = new ArrayList<>(List.of("-nostdin", "-y", "-v", "error"));
    all.addAll(List.of(arguments));
    try (ChildProcess pass = ChildProcess.start(ffmpeg, all, name)) {
      pass.input().close();
      pass.await();
    }
  }

  @Override
  public void close() throws IOException {
    encoder.close();
    result.close();
    between.close();
  }
}
