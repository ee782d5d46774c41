package dev.hydranet.scenes;

import dev.hydranet.scenes.sample.DataSet;
import dev.hydranet.scenes.sample.SampleStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;

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

  private Path out;
  private boolean toStdout;
  private int count = 100;
  private int first;
  private long seed = 1;
  private int height = 192;
  private int width = 256;
  private int threads = 2;

  private Render() {}

  /** Exits with 0 when done, 1 when it failed, 2 if the arguments are wrong. */
  public static void main(String[] args) {
    System.exit(run(args, System.out, System.err));
  }

  static int run(String[] args, PrintStream stdout, PrintStream stderr) {
    if (args.length > 0 && args[0].equals("--help")) {
      stdout.print(USAGE);
      return 0;
    }
    Render render = new Render();
    try {
      render.parse(args);
    } catch (IllegalArgumentException e) {
      stderr.println("render: " + e.getMessage());
      stderr.print(USAGE);
      return 2;
    }
    try {
      render.render(stdout, stderr);
      return 0;
    } catch (IOException e) {
      stderr.println("render: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return 1;
  }

  private void parse(String[] args) {
    for (int i = 0; i < args.length; i++) {
      String option = args[i];
      if (option.equals("--stdout")) {
        toStdout = true;
        continue;
      }
      if (i + 1 == args.length) {
        throw new IllegalArgumentException("'" + option + "' is no option, or lacks its value");
      }
      String value = args[++i];
      switch (option) {
        case "--out" -> out = Path.of(value);
        case "--count" -> count = number(option, value, 0);
        case "--first" -> first = number(option, value, 0);
        case "--seed" -> seed = seed(value);
        case "--threads" -> threads = number(option, value, 1);
        case "--size" -> size(value);
        default -> throw new IllegalArgumentException("'" + option + "' is no option");
      }
    }
    if (toStdout == (out != null)) {
      throw new IllegalArgumentException("expected one of --out DIR and --stdout");
    }
    if (count == 0 && !toStdout) {
      throw new IllegalArgumentException("--count is '0', which only --stdout can do");
    }
  }

  private void size(String value) {
    String[] sides = value.split("x", -1);
    if (sides.length != 2) {
      throw new IllegalArgumentException(
          "--size is '" + value + "', expected HxW, such as 192x256");
    }
    height = number("--size", sides[0], 1);
    width = number("--size", sides[1], 1);
    if ((long) height * width > Renderer.MAX_PIXELS) {
      throw new IllegalArgumentException(
          "--size is '" + value + "', expected at most " + Renderer.MAX_PIXELS + " pixels");
    }
  }

  private static int number(String option, String value, int least) {
    try {
      int number = Integer.parseInt(value);
      if (number >= least) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Told below, as for a number that is too small.
    }
    throw new IllegalArgumentException(
        option + " is '" + value + "', expected a whole number of at least " + least);
  }

  private static long seed(String value) {
    try {
      return Long.parseLong(value);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("--seed is '" + value + "', expected a whole number", e);
    }
  }

  private void render(PrintStream stdout, PrintStream stderr)
      throws IOException, InterruptedException {
    Samples samples = new Samples(height, width, seed, threads);
    if (toStdout) {
      OutputStream stream = new Checked(stdout);
      SampleStream.header(stream, height, width, count, seed);
      samples.each(
          first,
          count == 0 ? Long.MAX_VALUE : count,
          (index, sample) -> SampleStream.write(stream, sample));
      return;
    }
    DataSet dataSet = new DataSet(out);
    boolean shown = System.console() != null && System.console().isTerminal();
    samples.each(
        first,
        count,
        (index, sample) -> {
          dataSet.write(index, sample);
          if (shown) {
            stderr.printf("\r%d of %d samples", index - first + 1, count);
          }
        });
    if (shown) {
      stderr.println();
    }
  }

  /** A print stream hides that its reader has gone: this tells. */
  private static final class Checked extends OutputStream {
    private final PrintStream stream;

    Checked(PrintStream stream) {
      this.stream = stream;
    }

    @Override
    public void write(int value) throws IOException {
      write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      stream.write(bytes, offset, length);
      if (stream.checkError()) {
        throw new IOException("the standard output was closed");
      }
    }
  }
}
