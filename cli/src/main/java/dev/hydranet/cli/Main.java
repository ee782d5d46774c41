package dev.hydranet.cli;

import dev.hydranet.cli.console.StandardOutput;
import picocli.CommandLine;

/** Where the JVM starts. */
public final class Main {
  private Main() {}

  /** Runs the command and ends the JVM with its exit code. */
  public static void main(String[] args) {
    System.setProperty("java.awt.headless", "true");
    VectorModule.load();
    StandardOutput.install();
    System.exit(run(args));
  }

  private static int run(String[] args) {
    try {
      int exitCode = HydraNetCommand.commandLine(Surroundings.ofProcess()).execute(args);
      // Java's print streams keep it to themselves when a disk is full.
      if (System.out.checkError() && exitCode == CommandLine.ExitCode.OK) {
        System.err.println("hydranet: standard output: could not be written");
        return CommandLine.ExitCode.SOFTWARE;
      }
      return exitCode;
    } catch (StandardOutput.ReaderLeft e) {
      return CommandLine.ExitCode.OK;
    }
  }
}
