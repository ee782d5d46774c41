package dev.hydranet.scenes;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;

/** What the commands have in common: help, errors, exit codes, progress. */
final class Command {
  private final String name;
  private final String usage;
  private final PrintStream stdout;
  private final PrintStream stderr;

  Command(String name, String usage, PrintStream stdout, PrintStream stderr) {
    this.name = name;
    this.usage = usage;
    this.stdout = stdout;
    this.stderr = stderr;
  }

  /** What to do, once the arguments are known to be right. */
  interface Work {
    void run(Command command) throws IOException, InterruptedException;
  }

  /** Makes work of arguments; an {@link IllegalArgumentException} says what is wrong with them. */
  interface Parser {
    Work parse(String[] args);
  }

  /** Returns 0 when done, 1 when it failed, 2 if the arguments are wrong. */
  int run(String[] args, Parser parser) {
    if (args.length > 0 && args[0].equals("--help")) {
      stdout.print(usage);
      return 0;
    }
    Work work;
    try {
      work = parser.parse(args);
    } catch (IllegalArgumentException e) {
      stderr.println(name + ": " + e.getMessage());
      stderr.print(usage);
      return 2;
    }
    try {
      work.run(this);
      return 0;
    } catch (IOException e) {
      stderr.println(name + ": " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return 1;
  }

  /** The standard output; unlike a print stream, it fails when its reader has gone. */
  OutputStream output() {
    return new OutputStream() {
      @Override
      public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
      }

      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        stdout.write(bytes, offset, length);
        if (stdout.checkError()) {
          throw new IOException("the standard output was closed");
        }
      }
    };
  }

  /** Shows on a terminal how far the work is. */
  final class Progress {
    private final boolean shown = System.console() != null && System.console().isTerminal();
    private final long start = System.nanoTime();
    private final String what;
    private final long all;

    /**
     * Starts at none.
     *
     * @param what is counted
     */
    Progress(String what, long all) {
      this.what = what;
      this.all = all;
    }

    void done(long count) {
      if (shown) {
        double seconds = (System.nanoTime() - start) / 1e9;
        stderr.printf(
            "\r%d of %d %s, %.0f s left ", count, all, what, seconds / count * (all - count));
        if (count == all) {
          stderr.println();
        }
      }
    }
  }
}
