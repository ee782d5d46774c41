package dev.hydranet.cli.video;

import dev.hydranet.HydraNet;
import dev.hydranet.cli.console.Progress;
import dev.hydranet.cli.process.Programs;
import dev.hydranet.video.Chroma;
import dev.hydranet.video.FrameScene;
import dev.hydranet.video.SceneStream;
import dev.hydranet.video.StreamOptions;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.concurrent.CancellationException;

/**
 * A video on its way from an input through a network to an output. Decoding, predicting, painting
 * and encoding overlap.
 */
public final class VideoRun implements AutoCloseable {
  /**
   * What came out.
   *
   * @param frames how many
   * @param width of the pictures
   * @param height of the pictures
   * @param duration in seconds
   * @param elapsed seconds that it took
   */
  public record Result(long frames, int width, int height, double duration, double elapsed) {
    /** In a line. */
    public String line() {
      return String.format(
          Locale.ROOT,
          "%d frames of %d x %d pixels, %.2f s; %.1f frames/s",
          frames,
          width,
          height,
          duration,
          frames / elapsed);
    }
  }

  private final VideoInput input;
  private final VideoOutput output;
  private final Selection selection;
  private final Programs programs;
  private final OutputStream out;
  private long frames;
  private double last; // when the last frame is shown

  private VideoRun(
      VideoInput input,
      VideoOutput output,
      Selection selection,
      Programs programs,
      OutputStream out) {
    this.input = input;
    this.output = output;
    this.selection = selection;
    this.programs = programs;
    this.out = out;
  }

  /**
   * Opens the input and looks at the output, so that what is wrong with either is known before a
   * network is loaded.
   *
   * @param in standard input
   * @param out standard output
   */
  public static VideoRun open(
      String input,
      VideoOutput output,
      Selection selection,
      Programs programs,
      InputStream in,
      OutputStream out)
      throws IOException {
    VideoInput opened = VideoInput.open(input, in, programs, selection);
    VideoRun run = new VideoRun(opened, output, selection, programs, out);
    try {
      output.check(opened, programs);
    } catch (IOException | RuntimeException e) {
      run.close();
      throw e;
    }
    return run;
  }

  /** The same, but without the input's sound. */
  public VideoRun silent() {
    return new VideoRun(input.silent(), output, selection, programs, out);
  }

  /** How many pictures will come, -1 if that is not known. */
  public long expected() {
    return input.expected(selection.every());
  }

  /**
   * Does the work.
   *
   * @param net answers the view's tasks
   * @param progress receives each picture
   * @throws IOException if something fails; nothing of the output is left then
   */
  public Result run(HydraNet net, View view, StreamOptions options, Progress progress)
      throws IOException {
    long start = System.nanoTime();
    StreamInfo info = input.source().info();
    FrameReader reader =
        new FrameReader(input.source(), input.before(), input.length(), selection.every());
    FramePainter painter = FramePainter.of(view, net, info.width(), info.height());
    try (SceneStream<VideoFrame> scenes = SceneStream.of(net, reader, VideoFrame::image, options)) {
      if (!scenes.hasNext()) {
        throw new IOException(input.name() + ": there is no frame" + selection.suffix());
      }
      PictureInfo pictures = pictures(info, painter);
      try (FrameSink sink = output.open(pictures, chroma(info), input, programs, out);
          FrameWriter writer = new FrameWriter(sink, painter)) {
        sink.broken().thenRun(scenes::close);
        try {
          paint(scenes, reader, painter, writer, progress, start);
        } catch (CancellationException e) {
          writer.finish(); // says what broke
          throw e;
        }
        writer.finish();
      }
      double elapsed = (System.nanoTime() - start) / 1e9;
      return new Result(
          frames, pictures.width(), pictures.height(), pictures.rate().seconds(frames), elapsed);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private PictureInfo pictures(StreamInfo info, FramePainter painter) {
    BufferedImage picture = painter.newPicture();
    return new PictureInfo(
        picture.getWidth(),
        picture.getHeight(),
        info.rate().dividedBy(selection.every()),
        info.timed(),
        info.pixelAspect());
  }

  /** A stream keeps its own colour samples, unless it has none. */
  private static Chroma chroma(StreamInfo info) {
    return info.chroma().isMono() ? Chroma.C420JPEG : info.chroma();
  }

  private void paint(
      SceneStream<VideoFrame> scenes,
      FrameReader reader,
      FramePainter painter,
      FrameWriter writer,
      Progress progress,
      long start)
      throws IOException {
    while (scenes.hasNext()) {
      FrameScene<VideoFrame> next = scenes.next();
      BufferedImage picture = writer.next();
      painter.paint(next.frame().image(), next.scene(), picture);
      last = next.frame().seconds();
      writer.write(picture, last);
      reader.recycle(next.frame());
      frames++;
      progress.step();
      double elapsed = (System.nanoTime() - start) / 1e9;
      progress.now(String.format(Locale.ROOT, "%.1f frames/s", frames / elapsed));
    }
  }

  @Override
  public void close() {
    input.source().close();
  }
}
