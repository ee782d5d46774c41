package dev.hydranet.scenes;

import dev.hydranet.scenes.sample.DataSet;
import dev.hydranet.scenes.sample.SampleStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.List;

/** The command that renders: a data set into a folder, or raw records to the standard output. */
public final class Render {
  private static final String USAGE =
      """
      Usage: java Render.java (--out DIR | --stdout) [--count N] [--first K] [--seed S] [--size HxW] [--threads N]
        --out DIR      write images, labels, depth and normals into DIR
        --stdout       write raw records to the standard output (training/README.md says how)
        --count N      samples; with --stdout, 0 is endless [100]
        --first K      index of the first sample [0]
        --seed S       sample K of seed S is always the same picture [1]
        --size HxW     height and width of the samples [192x256]
        --threads N    samples rendered at a time [2]
      """;

  private final Options options;
  private final int count;
  private final int first;
  private final int height;
  private final int width;
  private final Samples samples;

  private Render(String[] args) {
    options = new Options(args, List.of("--count", "--first", "--seed", "--size", "--threads"));
    count = options.number("--count", 100, options.toStdout() ? 0 : 1, Integer.MAX_VALUE);
    first = options.number("--first", 0, 0, Integer.MAX_VALUE);
    int[] size = options.size("192x256");
    height = size[0];
    width = size[1];
    long seed = options.seed();
    samples =
        new Samples(
            options.threads(),
            () -> {
              Renderer renderer = new Renderer(height, width);
              return index -> renderer.render(seed, index);
            });
  }

  /** Exits with 0 when done, 1 when it failed, 2 if the arguments are wrong. */
  public static void main(String[] args) {
    System.exit(run(args, System.out, System.err));
  }

  static int run(String[] args, PrintStream stdout, PrintStream stderr) {
    return new Command("render", USAGE, stdout, stderr)
        .run(args, given -> new Render(given)::render);
  }

  private void render(Command command) throws IOException, InterruptedException {
    if (options.toStdout()) {
      OutputStream stream = command.output();
      SampleStream.header(stream, height, width, count, options.seed());
      samples.each(
          first,
          count == 0 ? Long.MAX_VALUE : count,
          (index, sample) -> SampleStream.write(stream, sample));
      return;
    }
    DataSet dataSet = new DataSet(options.out());
    Command.Progress progress = command.new Progress("samples", count);
    samples.each(
        first,
        count,
        (index, sample) -> {
          dataSet.write(index, sample);
          progress.done(index - first + 1);
        });
  }
}
