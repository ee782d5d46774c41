package dev.hydranet.cli;

import dev.hydranet.HydraNet;
import dev.hydranet.cli.console.Progress;
import dev.hydranet.cli.explain.ExplainPage;
import dev.hydranet.cli.explain.Explanation;
import dev.hydranet.cli.images.ImageArguments;
import dev.hydranet.cli.network.Model;
import dev.hydranet.cli.page.TextFile;
import dev.hydranet.engine.InsufficientMemoryException;
import dev.hydranet.engine.WeightsFormatException;
import dev.hydranet.engine.text.OneLine;
import dev.hydranet.engine.weights.Safetensors;
import dev.hydranet.images.Images;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Writes a page that shows how a network computes its answers for an image. */
@Command(
    name = "explain",
    description = {
      "Write an HTML page that explains what a network sees in an image.",
      "It shows the answers over the image, with class, metres and normal under the"
          + " pointer, and the network with all its shapes. For each layer it shows maps of the"
          + " most active channels, operators, parameters, multiply-adds (MACs), the time"
          + " measured on this machine and a histogram of the weights. The page is one file"
          + " that works offline."
    },
    footer = {
      "  hydranet explain street.jpg",
      "  hydranet explain street.jpg --weights kitti --out street.html",
      "  hydranet explain room.png --weights nyud3 --out room.html --threads 1"
    })
final class ExplainCommand implements Callable<Integer> {
  @ParentCommand private HydraNetCommand hydranet;
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "IMAGE", description = "An image of any size.")
  private String imageName;

  @Mixin private WeightsOption weights;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "The page to write. Default: report.html.")
  private Path out = Path.of("report.html");

  @Mixin private HeightOption height;

  @Mixin private ThreadsOption threads;

  @Override
  public Integer call() throws IOException {
    Path image = ImageArguments.path(imageName);
    if (!Files.exists(image)) {
      throw new NoSuchFileException(image.toString());
    }
    Path weightsFile = weights.file();
    for (Path in : new Path[] {image, weightsFile}) {
      if (Files.exists(out) && Files.exists(in) && Files.isSameFile(out, in)) {
        throw new ParameterException(spec.commandLine(), "--out: would replace " + in);
      }
    }
    Safetensors content = Safetensors.read(weightsFile);
    HydraNet net;
    try {
      net = HydraNet.of(content, threads.threads());
    } catch (IllegalArgumentException e) {
      throw new WeightsFormatException(weightsFile + ": " + e.getMessage(), e);
    }
    Model model = Model.of(net.network(), content);
    BufferedImage picture = Images.read(image);
    String page;
    try (Progress progress = Progress.start(hydranet.surroundings.terminal(), "explain")) {
      Explanation explanation =
          Explanation.of(net, model, picture, height.options(), threads.threads(), progress);
      progress.now("page");
      page =
          ExplainPage.of(explanation, name(image), name(Path.of(weights.value())), height.text());
    } catch (InsufficientMemoryException e) {
      throw new IOException(image + ": " + e.getMessage(), e);
    }
    TextFile.write(out, page);
    spec.commandLine()
        .getOut()
        .println(
            String.format(
                Locale.ROOT,
                "%s: %.1f MB, for any browser",
                OneLine.of(out.toString()),
                Files.size(out) / 1e6));
    return 0;
  }

  /** A page may be sent to others, so it does not name folders of this machine. */
  private static String name(Path file) {
    return file.getFileName().toString();
  }
}
