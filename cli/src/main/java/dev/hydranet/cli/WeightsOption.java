package dev.hydranet.cli;

import dev.hydranet.BundledWeights;
import dev.hydranet.cli.network.Unconverted;
import dev.hydranet.converter.published.PublishedWeights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Which weights: a file, published ones by name, or those of the model in the box. */
final class WeightsOption {
  static final String BUNDLED = "bundled";

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--weights",
      paramLabel = "FILE|NAME",
      description =
          "A safetensors file, or the name of published weights downloaded with `hydranet"
              + " weights download`. Default: `bundled`, the model in the box, for streets.")
  private String weights = BUNDLED;

  /**
   * The file.
   *
   * @throws NoSuchFileException if there is neither such a file nor such a name
   * @throws IOException if there is such a name, but it has not been downloaded
   */
  Path file() throws IOException {
    return find(weights, ((HydraNetCommand) command.root().userObject()).surroundings);
  }

  /** The option as it was given. */
  String value() {
    return weights;
  }

  /** The file that the option's value stands for; where it comes out of the box, until the end. */
  static Path find(String weights, Surroundings surroundings) throws IOException {
    Path file = Path.of(weights);
    if (Files.exists(file)) {
      Unconverted.refuse(file);
      return file;
    }
    if (weights.equals(BUNDLED)) {
      Path copy = Files.createTempFile("hydranet-", ".safetensors");
      copy.toFile().deleteOnExit();
      BundledWeights.find().copyTo(copy);
      return copy;
    }
    if (surroundings.catalogue().stream().noneMatch(one -> one.name().equals(weights))) {
      throw new IOException(
          weights
              + ": no such file, and no published weights of that name ("
              + surroundings.catalogue().stream()
                  .map(PublishedWeights::name)
                  .collect(Collectors.joining(", "))
              + ")");
    }
    Path stored = surroundings.store().weights(weights);
    if (!Files.exists(stored)) {
      throw new IOException(
          weights
              + ": not downloaded yet; `hydranet weights download "
              + weights
              + "` fetches these weights");
    }
    return stored;
  }
}
