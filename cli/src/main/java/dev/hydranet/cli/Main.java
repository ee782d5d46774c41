package dev.hydranet.cli;

import java.util.concurrent.TimeUnit;

/** Where the JVM starts. */
public final class Main {
  private static final int PATIENCE_SECONDS = 1;

  private Main() {}

  /** Runs the command and ends the JVM with its exit code. */
  public static void main(String[] args) {
    System.setProperty("java.awt.headless", "true");
    int exitCode = HydraNetCommand.commandLine(Surroundings.ofProcess()).execute(args);
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
