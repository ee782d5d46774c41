package dev.hydranet.scenes;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

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
        --threads N    samples rendered at a time [2]""";

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
    Render render = new Render();
    if (args.length == 0 || args[0].equals("--help")) {
      System.out.println(USAGE);
      System.exit(args.length == 0 ? 2 : 0);
    }
    try {
      render.parse(args);
    } catch (IllegalArgumentException e) {
      System.err.println("render: " + e.getMessage());
      System.exit(2);
    }
    try {
      render.run();
    } catch (IOException e) {
      System.err.println("render: " + e.getMessage());
      System.exit(1);
    } catch (InterruptedException e) {
      System.exit(1);
    }
  }

  private void parse(String[] args) {
    for (int i = 0; i < args.length; i++) {
      String option = args[i];
      if (option.equals("--stdout")) {
        toStdout = true;
        continue;
      }
      if (i + 1 == args.length) {
        throw new IllegalArgumentException(
            option + " is no option, or its value is missing; --help tells all");
      }
      String value = args[++i];
      switch (option) {
        case "--out" -> out = Path.of(value);
        case "--count" -> count = number(option, value, 0);
        case "--first" -> first = number(option, value, 0);
        case "--seed" -> seed = seed(value);
        case "--threads" -> threads = number(option, value, 1);
        case "--size" -> {
          String[] sides = value.split("x", -1);
          if (sides.length != 2) {
            throw new IllegalArgumentException(
                "--size is '" + value + "', expected HxW, such as 192x256");
          }
          height = number(option, sides[0], 1);
          width = number(option, sides[1], 1);
        }
        default ->
            throw new IllegalArgumentException("unknown option '" + option + "'; --help tells all");
      }
    }
    if (toStdout == (out != null)) {
      throw new IllegalArgumentException("expected one of --out DIR and --stdout");
    }
    if ((long) height * width > 1 << 24) {
      throw new IllegalArgumentException(
          "--size is " + height + "x" + width + ", expected at most 2^24 pixels");
    }
  }

  private static int number(String option, String value, int least) {
    try {
      int number = Integer.parseInt(value);
      if (number >= least) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Told below.
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

  private void run() throws IOException, InterruptedException {
    if (toStdout) {
      OutputStream stdout = System.out;
      SampleStream.header(stdout, height, width, count, seed);
      each((index, sample) -> SampleStream.write(stdout, sample));
    } else {
      DataSet dataSet = new DataSet(out);
      each(dataSet::write);
    }
  }

  /** What is done with each sample, in their order. */
  private interface Sink {
    void accept(int index, Sample sample) throws IOException;
  }

  /** Renders on all threads, a few samples ahead of the sink. */
  private void each(Sink sink) throws IOException, InterruptedException {
    ThreadLocal<Renderer> renderer = ThreadLocal.withInitial(() -> new Renderer(height, width));
    Queue<Future<Sample>> ahead = new ArrayDeque<>();
    long total = count == 0 ? Long.MAX_VALUE : count;
    boolean shown = System.console() != null && System.console().isTerminal();
    try (ExecutorService workers =
        Executors.newFixedThreadPool(threads, Thread.ofPlatform().daemon().factory())) {
      try {
        long asked = 0;
        for (long done = 0; done < total; done++) {
          for (; asked < total && asked < done + 2L * threads; asked++) {
            long index = first + asked;
            Callable<Sample> task = () -> renderer.get().render(seed, index);
            ahead.add(workers.submit(task));
          }
          sink.accept((int) (first + done), ahead.remove().get());
          if (shown) {
            System.err.printf("\r%d%s samples", done + 1, count == 0 ? "" : " of " + count);
          }
        }
        if (shown) {
          System.err.println();
        }
      } catch (ExecutionException e) {
        throw new IllegalStateException("a sample could not be rendered", e.getCause());
      } finally {
        workers.shutdownNow();
      }
    }
  }
}
