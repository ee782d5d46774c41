package dev.hydranet.cli;

import dev.hydranet.cli.console.StandardOutput;
import picocli.CommandLine;

/** Where the JVM starts. */
public final class Main {
  private Main() {}

  /** Runs the command and ends the JVM with its exit code. */
  public static void main(String[] args) {
    System.setProperty("java.awt.headless", "true");
    // Meanwhile the command line is built; each takes a twentieth of a second or more.
    Thread vectors = Thread.ofPlatform().start(VectorModule::load);
    StandardOutput.install();
    System.exit(run(args, vectors));
  }

  private static int run(String[] args, Thread vectors) {
    try {
      CommandLine line = HydraNetCommand.commandLine(Surroundings.ofProcess(), args);
      vectors.join();
      int exitCode = line.execute(args);
      // Java's print streams keep it to themselves when a disk is full.
      if (System.out.checkError() && exitCode == CommandLine.ExitCode.OK) {
        System.err.println("hydranet: standard output: could not be written");
        return CommandLine.ExitCode.SOFTWARE;
      }
      return exitCode;
    } catch (StandardOutput.ReaderLeft e) {
      return CommandLine.ExitCode.OK;
    } catch (InterruptedException e) {
      return CommandLine.ExitCode.SOFTWARE;
    }
  }
}
