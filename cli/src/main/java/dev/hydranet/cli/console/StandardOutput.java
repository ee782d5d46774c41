package dev.hydranet.cli.console;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.Locale;

/**
 * The process's output. When its reader has left, as {@code head} does when it has its lines, the
 * next write ends the command with {@link ReaderLeft}; Java's print streams would carry on.
 */
public final class StandardOutput extends FilterOutputStream {
  private boolean left;

  private StandardOutput(OutputStream out) {
    super(out);
  }

  /**
   * Nobody reads the output any more. An error, so that no caller mistakes it for the failure of
   * one image and continues.
   */
  public static final class ReaderLeft extends Error {
    private static final long serialVersionUID = 1L;

    private ReaderLeft(IOException cause) {
      super("nobody reads the output any more", cause);
    }
  }

  /** Becomes {@link System#out}. */
  public static void install() {
    OutputStream out = new StandardOutput(new FileOutputStream(FileDescriptor.out));
    System.setOut(new PrintStream(new BufferedOutputStream(out), true, System.out.charset()));
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int count) throws IOException {
    if (left) {
      return;
    }
    try {
      out.write(bytes, from, count);
    } catch (IOException e) {
      if (e.getMessage() == null || !e.getMessage().toLowerCase(Locale.ROOT).contains("pipe")) {
        throw e;
      }
      left = true;
      throw new ReaderLeft(e);
    }
  }
}
