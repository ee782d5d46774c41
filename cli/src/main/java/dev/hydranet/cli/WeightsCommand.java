package dev.hydranet.cli;

import dev.hydranet.cli.console.Progress;
import dev.hydranet.converter.Conversion;
import dev.hydranet.converter.published.Download;
import dev.hydranet.converter.published.PublishedWeights;
import dev.hydranet.engine.weights.DType;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** The published weights. */
@Command(
    name = "weights",
    description = "List or download the weights that the network's authors publish.",
    footer = {"  hydranet weights list", "  hydranet weights download nyud --accept-license"})
final class WeightsCommand implements Runnable {
  @ParentCommand private HydraNetCommand hydranet;
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Missing command: list or download");
  }

  @Command(
      description = "List the published weights, and the paths of downloaded ones.",
      footer = "  hydranet weights list")
  int list() {
    PrintWriter out = spec.commandLine().getOut();
    Surroundings surroundings = hydranet.surroundings;
    for (PublishedWeights weights : surroundings.catalogue()) {
      Path file = surroundings.store().weights(weights.name());
      out.println(
          String.format(
              Locale.ROOT,
              "%-10s %2d classes, %-20s %-26s %s",
              weights.name(),
              weights.variant().network().classes(),
              weights.variant().network().tasks().stream()
                  .map(task -> task.label())
                  .collect(Collectors.joining(", ")),
              weights.fileName(),
              Files.exists(file) ? file : "not downloaded"));
    }
    return 0;
  }

  @Command(
      description = {
        "Download published weights, check them and convert them to safetensors.",
        "Their licence allows non-commercial use only; it is shown first."
      },
      footer = "  hydranet weights download kitti")
  int download(
      @Parameters(paramLabel = "NAME", description = "kitti, nyud, nyud3 or nyudkitti.")
          String name,
      @Option(names = "--accept-license", description = "Accept the licence without a question.")
          boolean accepted)
      throws IOException, InterruptedException {
    Surroundings surroundings = hydranet.surroundings;
    PublishedWeights weights =
        surroundings.catalogue().stream()
            .filter(one -> one.name().equals(name))
            .findAny()
            .orElseThrow(
                () ->
                    new ParameterException(
                        spec.commandLine(),
                        "expected "
                            + surroundings.catalogue().stream()
                                .map(PublishedWeights::name)
                                .collect(Collectors.joining(", "))
                            + "; found '"
                            + name
                            + "'"));
    PrintWriter out = spec.commandLine().getOut();
    out.println(PublishedWeights.LICENSE);
    if (!accepted && !accepts(out)) {
      throw new IOException(
          name
              + ": not downloaded, for the licence was not accepted (--accept-license accepts it)");
    }
    Path checkpoint = surroundings.store().folder().resolve(weights.fileName());
    Path converted = surroundings.store().weights(name);
    Files.createDirectories(surroundings.store().folder());
    try (Progress progress =
        Progress.start(surroundings.terminal(), weights.fileName(), -1, " MB", 1_000_000)) {
      new Download()
          .fetch(
              surroundings.source().resolve(weights.fileName()),
              weights.gitBlobId(),
              checkpoint,
              progress::at);
    }
    Conversion.read(checkpoint, weights.variant().id()).write(converted, DType.F32);
    out.println(checkpoint);
    out.println(converted);
    return 0;
  }

  private boolean accepts(PrintWriter out) throws IOException {
    out.print("Do you accept it? [y/N] ");
    out.flush();
    BufferedReader in =
        new BufferedReader(
            new InputStreamReader(hydranet.surroundings.in(), StandardCharsets.UTF_8));
    String answer = in.readLine();
    return answer != null && answer.strip().matches("(?i)y|yes");
  }
}
