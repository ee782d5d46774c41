package dev.hydranet.scenes;

import dev.hydranet.scenes.sample.DataSet;
import dev.hydranet.scenes.sample.Y4mStream;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;

/** The command that films a drive through a town: a data set of its frames, or a video stream. */
public final class Film {
  private static final String USAGE =
      """
      Usage: java Film.java (--out DIR | --stdout) [--seconds T] [--seed S] [--size HxW] [--threads N]
        --out DIR      write images, labels, depth and normals of every frame into DIR
        --stdout       write the images as a YUV4MPEG2 stream to the standard output
        --seconds T    length of the film, 25 frames a second, at most 60 [10]
        --seed S       the film of seed S, T and HxW is always the same [1]
        --size HxW     height and width of the frames [240x400]
        --threads N    frames rendered at a time [2]
      """;

  private final Options options;
  private final int frames;
  private final int height;
  private final int width;
  private final Samples samples;

  private Film(String[] args) {
    options = new Options(args, List.of("--seconds", "--seed", "--size", "--threads"));
    double seconds = options.positive("--seconds", 10, FilmRenderer.MAX_SECONDS);
    frames = FilmRenderer.frames(seconds);
    int[] size = options.size("240x400");
    height = size[0];
    width = size[1];
    long seed = options.seed();
    samples =
        new Samples(
            options.threads(),
            () -> {
              FilmRenderer renderer = new FilmRenderer(seed, frames, height, width);
              return index -> renderer.render((int) index);
            });
  }

  /** Exits with 0 when done, 1 when it failed, 2 if the arguments are wrong. */
  public static void main(String[] args) {
    System.exit(run(args, System.out, System.err));
  }

  static int run(String[] args, PrintStream stdout, PrintStream stderr) {
    return new Command("film", USAGE, stdout, stderr).run(args, given -> new Film(given)::render);
  }

  private void render(Command command) throws IOException, InterruptedException {
    Samples.Sink sink;
    if (options.toStdout()) {
      Y4mStream stream = new Y4mStream(command.output(), height, width, FilmRenderer.RATE);
      sink = (index, sample) -> stream.write(sample);
    } else {
      sink = new DataSet(options.out())::write;
    }
    Command.Progress progress = command.new Progress("frames", frames);
    samples.each(
        0,
        frames,
        (index, sample) -> {
          sink.accept(index, sample);
          progress.done(index + 1);
        });
  }
}
