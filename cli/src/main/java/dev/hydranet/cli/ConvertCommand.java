package dev.hydranet.cli;

import dev.hydranet.cli.console.Progress;
import dev.hydranet.converter.Conversion;
import dev.hydranet.converter.checkpoint.RawConversion;
import dev.hydranet.converter.checkpoint.StateDictChoice;
import dev.hydranet.converter.onnx.OnnxModel;
import dev.hydranet.engine.WeightsFormatException;
import dev.hydranet.engine.network.Network;
import dev.hydranet.engine.text.OneLine;
import dev.hydranet.engine.weights.DType;
import dev.hydranet.engine.weights.StoredType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
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
      "Convert a PyTorch checkpoint or an ONNX model to safetensors.",
      "Safetensors of any float type are accepted too. The file is read as data; nothing"
          + " in it is executed.",
      "An ONNX model becomes a network file: graph and weights in one file, for info, run,"
          + " verify, bench and export.",
      "With --raw, the tensors of any network keep their names and types."
    },
    footer = {
      "  hydranet convert ExpKITTI_joint.ckpt kitti.safetensors",
      "  hydranet convert my.pth my.safetensors --variant nyud --dtype f16",
      "  hydranet convert own.pth own.safetensors --classes field,path,water",
      "  hydranet convert training.pth own.safetensors --key params_ema",
      "  hydranet convert resnet18.onnx resnet18.safetensors",
      "  hydranet convert --raw resnet50.pth resnet50.safetensors"
    })
final class ConvertCommand implements Callable<Integer> {
  private static final String ONNX = ".onnx";
  private static final int LONGEST_NAME = 120;

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
  private String variant;

  @Option(
      names = "--key",
      paramLabel = "NAME",
      description =
          "The key of the weights in a checkpoint that holds several. Join nested keys with"
              + " dots.")
  private String key;

  @Option(
      names = "--raw",
      description =
          "Write every tensor unchanged, for any network. Excludes --variant, --classes,"
              + " --height and --dtype.")
  private boolean raw;

  @Option(
      names = "--classes",
      split = ",",
      hideParamSyntax = true,
      paramLabel = "NAME,...",
      description =
          "The class names of your own network, for legends and tables. Default: numbers.")
  private List<String> classes = List.of();

  @Option(
      names = "--height",
      paramLabel = "N",
      description =
          "The height in pixels of the images that the network was trained for. Larger images"
              + " are then shrunk to it. Default: images keep their size.")
  private Integer height;

  @Option(
      names = "--dtype",
      paramLabel = "f32|f16",
      description = "The stored type: float32 (the default), or float16 in half the space.")
  private DType dtype;

  @Override
  public Integer call() throws IOException {
    if (checkpoint.toString().toLowerCase(Locale.ROOT).endsWith(ONNX)) {
      writeOnnx();
    } else if (raw) {
      writeRaw();
    } else {
      write(
          Objects.requireNonNullElse(variant, Conversion.AUTO),
          Objects.requireNonNullElse(dtype, DType.F32));
    }
    return 0;
  }

  private void writeOnnx() throws IOException {
    if (raw || variant != null || key != null || height != null || !classes.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(), "an ONNX model says itself what it is: only --dtype goes with it");
    }
    DType type = Objects.requireNonNullElse(dtype, DType.F32);
    Network network;
    try (Progress progress = Progress.start(hydranet.surroundings.terminal(), "convert")) {
      progress.now(checkpoint.toString());
      network = OnnxModel.read(checkpoint);
      network.write(out, Map.of("source", checkpoint.getFileName().toString()), type);
    } catch (IllegalArgumentException e) {
      throw new WeightsFormatException(checkpoint + ": " + e.getMessage(), e);
    }
    println(
        out
            + ": "
            + network.graph().nodes().size()
            + " operators, "
            + network.weights().size()
            + " tensors, "
            + type
            + "; inputs "
            + network.inputShapes());
  }

  private void writeRaw() throws IOException {
    if (variant != null || dtype != null || height != null || !classes.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(),
          "--raw writes what is there: it excludes --variant, --classes, --height and --dtype");
    }
    RawConversion conversion;
    try (Progress progress = Progress.start(hydranet.surroundings.terminal(), "convert")) {
      progress.now(checkpoint.toString());
      StateDictChoice choice = key == null ? StateDictChoice.ANY : StateDictChoice.of(key);
      conversion = RawConversion.run(checkpoint, out, choice);
    }
    hydranet.warn(
        spec,
        checkpoint,
        conversion.skipped().entrySet().stream()
            .map(
                one ->
                    OneLine.of(one.getKey(), LONGEST_NAME)
                        + " left out: "
                        + one.getValue()
                        + ", not a tensor")
            .toList());
    println(out + ": " + conversion.tensors().size() + " tensors, " + types(conversion));
    note(conversion.notes());
  }

  /** How many tensors there are of each type, the most frequent first. */
  private static String types(RawConversion conversion) {
    Map<StoredType, Long> counts =
        conversion.tensors().values().stream()
            .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    return counts.entrySet().stream()
        .sorted(Map.Entry.<StoredType, Long>comparingByValue().reversed())
        .map(count -> count.getValue() + " " + count.getKey())
        .collect(Collectors.joining(", "));
  }

  private void write(String variant, DType dtype) throws IOException {
    Conversion conversion;
    try (Progress progress = Progress.start(hydranet.surroundings.terminal(), "convert")) {
      progress.now(checkpoint.toString());
      conversion = Conversion.read(checkpoint, variant, Optional.ofNullable(key));
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
    println(
        out
            + ": "
            + conversion.metadata().variant()
            + ", "
            + conversion.weights().size()
            + " tensors, "
            + dtype);
    note(conversion.notes());
  }

  private void note(List<String> notes) {
    if (!notes.isEmpty()) {
      println(checkpoint + ": " + String.join("; ", notes));
    }
  }

  private void println(String line) {
    spec.commandLine().getOut().println(OneLine.of(line));
  }
}
