package dev.hydranet.cli.process;

import dev.hydranet.engine.text.OneLine;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * A program that works for this one and does not outlive it: it ends with {@link #close}, and when
 * the JVM is asked to end. What it says on its error stream is kept for messages.
 */
public final class ChildProcess implements AutoCloseable {
  private static final int LINES_KEPT = 8;
  private static final int LONGEST_LINE = 300;

  /** A program that stops reading or writing is about to end. */
  private static final int PATIENCE_SECONDS = 2;

  /** The exit codes that the JVM makes of signals begin behind this one. */
  private static final int SIGNALS = 128;

  private final String program;
  private final String subject;
  private final Process process;
  private final Thread killer;
  private final Thread listener;
  private final List<String> errors = new ArrayList<>();

  private ChildProcess(Path program, String subject, Process process, Predicate<String> lines) {
    this.program = program.getFileName().toString();
    this.subject = subject;
    this.process = process;
    this.killer = new Thread(process::destroyForcibly);
    this.listener = new Thread(() -> listen(lines), "hydranet-" + this.program);
    listener.setDaemon(true);
    listener.start();
    try {
      Runtime.getRuntime().addShutdownHook(killer);
    } catch (IllegalStateException e) {
      process.destroyForcibly();
    }
  }

  /**
   * Starts a program.
   *
   * @param subject the file it works on, as messages name it
   */
  public static ChildProcess start(Path program, List<String> arguments, String subject)
      throws IOException {
    return start(program, arguments, subject, line -> false);
  }

  /**
   * Starts a program.
   *
   * @param subject the file it works on, as messages name it
   * @param lines gets each line of the error stream; true if it is not about an error
   */
  public static ChildProcess start(
      Path program, List<String> arguments, String subject, Predicate<String> lines)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(program.toString());
    command.addAll(arguments);
    try {
      return new ChildProcess(program, subject, new ProcessBuilder(command).start(), lines);
    } catch (IOException e) {
      throw new IOException(subject + ": " + program + " cannot be started: " + e.getMessage(), e);
    }
  }

  private void listen(Predicate<String> lines) {
    try (BufferedReader reader = process.errorReader()) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        boolean taken = lines.test(line);
        synchronized (errors) {
          if (!taken && !line.isBlank() && errors.size() < LINES_KEPT) {
            errors.add(line.substring(0, Math.min(line.length(), LONGEST_LINE)));
          }
        }
      }
    } catch (IOException e) {
      // It was ended; what it said until then is there.
    }
  }

  /** What it writes. */
  public InputStream output() {
    return process.getInputStream();
  }

  /** What it reads. */
  public OutputStream input() {
    return process.getOutputStream();
  }

  /** Completes when it ends. */
  public CompletableFuture<?> ended() {
    return process.onExit();
  }

  /**
   * Waits for its end.
   *
   * @throws IOException if it did not end well; the message says why, as far as it said so
   */
  public void await() throws IOException {
    int code = awaitCode();
    if (code != 0) {
      throw failure(code);
    }
  }

  /**
   * Why it stopped reading or writing.
   *
   * @param symptom what was noticed, for a program that runs on or ended well
   */
  public IOException failureOr(IOException symptom) {
    try {
      if (process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        int code = awaitCode();
        return code == 0 ? symptom : failure(code);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      return e;
    }
    return symptom;
  }

  private int awaitCode() throws IOException {
    try {
      int code = process.waitFor();
      listener.join();
      return code;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(subject + ": interrupted", e);
    }
  }

  private IOException failure(int code) {
    String said;
    synchronized (errors) {
      said = errors.isEmpty() ? "" : errors.get(0);
    }
    if (!said.isEmpty()) {
      return new IOException(subject + ": " + program + ": " + plain(said));
    }
    return new IOException(
        subject
            + ": "
            + program
            + (code > SIGNALS
                ? " was ended by signal " + (code - SIGNALS)
                : " ended too early, with exit code " + code));
  }

  /** Without the part of ffmpeg that speaks, its address, and the file that it speaks of. */
  private static String plain(String line) {
    return OneLine.of(
        line.replaceAll("\\[[^\\]]*@ 0x[0-9a-f]+\\] ?", "").replaceAll("file:\\S*: ", ""));
  }

  /** Ends it if it runs. */
  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(killer);
    } catch (IllegalStateException e) {
      // The JVM is ending, and the hook runs.
    }
    process.destroyForcibly();
    try {
      process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
