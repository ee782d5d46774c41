package dev.hydranet.cli;

import dev.hydranet.engine.Threads;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How many threads compute. */
final class ThreadsOption {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  private Threads threads = Threads.available();

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Compute threads. Default: one per processor.")
  private void set(int count) {
    if (count < 1) {
      throw new ParameterException(
          command.commandLine(), "--threads must be at least 1, found " + count);
    }
    threads = Threads.of(count);
  }

  Threads threads() {
    return threads;
  }
}
