package dev.hydranet.cli;

import dev.hydranet.cli.console.Progress;
import dev.hydranet.converter.Conversion;
import dev.hydranet.engine.WeightsFormatException;
import dev.hydranet.engine.weights.DType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** PyTorch checkpoints become safetensors. */
@Command(
    name = "convert",
    description = {
      "Convert a PyTorch checkpoint to safetensors.",
      "Safetensors of any float type are taken, too. The file is read as data; nothing in it is executed."
    },
    footer = {
      "  hydranet convert ExpKITTI_joint.ckpt kitti.safetensors",
      "  hydranet convert my.pth my.safetensors --variant nyud --dtype f16",
      "  hydranet convert own.pth own.safetensors --classes field,path,water"
    })
final class ConvertCommand implements Callable<Integer> {
  @ParentCommand private HydraNetCommand hydranet;
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "CHECKPOINT", description = "The file to read.")
  private Path checkpoint;

  @Parameters(paramLabel = "OUT.safetensors", description = "The file to write.")
  private Path out;

  @Option(
      names = "--variant",
      paramLabel = "V",
      description =
          "Which network: kitti, nyud, nyud3, nyudkitti, mobilenetv2, or auto (the default),"
              + " which recognises these and any HydraNet of other classes, tasks or widths.")
  private String variant = Conversion.AUTO;

  @Option(
      names = "--classes",
      split = ",",
      hideParamSyntax = true,
      paramLabel = "NAME,...",
      description =
          "What the classes of a network of your own are called, for legends and tables; numbers"
              + " without it.")
  private List<String> classes = List.of();

  @Option(
      names = "--height",
      paramLabel = "N",
      description =
          "The height in pixels of the images that the network was trained for. Larger images are"
              + " then shrunk to it. Default: images are taken as they are.")
  private Integer height;

  @Option(
      names = "--dtype",
      paramLabel = "f32|f16",
      description = "How numbers are stored: float32 (the default), or float16 in half the space.")
  private DType dtype = DType.F32;

  @Override
  public Integer call() throws IOException {
    Conversion conversion;
    try (Progress progress = Progress.start(hydranet.surroundings.terminal(), "convert")) {
      progress.now(checkpoint.toString());
      conversion = Conversion.read(checkpoint, variant);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--variant: " + e.getMessage(), e);
    }
    if (!classes.isEmpty()) {
      try {
        conversion = conversion.withClassNames(classes);
      } catch (IllegalArgumentException e) {
        throw new ParameterException(spec.commandLine(), "--classes: " + e.getMessage(), e);
      }
    }
    if (height != null) {
      try {
        conversion = conversion.withHeight(height);
      } catch (IllegalArgumentException e) {
        throw new ParameterException(spec.commandLine(), "--height: " + e.getMessage(), e);
      }
    }
    try {
      conversion.write(out, dtype);
    } catch (IllegalArgumentException e) {
      throw new WeightsFormatException(checkpoint + ": " + e.getMessage(), e);
    }
    hydranet.warn(spec, checkpoint, conversion.findings(dtype));
    spec.commandLine()
        .getOut()
        .println(
            String.format(
                "%s: %s, %d tensors, %s",
                out, conversion.metadata().variant(), conversion.weights().size(), dtype));
    return 0;
  }
}
