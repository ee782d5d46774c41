package dev.hydranet.cli;

import java.util.concurrent.TimeUnit;
import picocli.CommandLine;

/** Where the JVM starts. */
public final class Main {
  private static final int PATIENCE_SECONDS = 1;

  private Main() {}

  /** Runs the command and ends the JVM with its exit code. */
  public static void main(String[] args) {
    System.setProperty("java.awt.headless", "true");
    int exitCode = HydraNetCommand.commandLine(Surroundings.ofProcess()).execute(args);
    // Java's print streams keep it to themselves when a disk is full or a reader has gone.
    if (System.out.checkError() && exitCode == 0) {
      System.err.println("hydranet: standard output: could not be written");
      exitCode = CommandLine.ExitCode.SOFTWARE;
    }
    awaitErrorFilter();
    System.exit(exitCode);
  }

  /**
   * The launcher filters the error stream in a process that is a child of this one. Whoever waits
   * for this process must find all of the stream written when it ends.
   */
  private static void awaitErrorFilter() {
    System.err.close();
    ProcessHandle.current()
        .children()
        .forEach(
            child ->
                child.onExit().completeOnTimeout(child, PATIENCE_SECONDS, TimeUnit.SECONDS).join());
  }
}
