package dev.hydranet.cli;

import dev.hydranet.ImageSize;
import dev.hydranet.cli.network.Model;
import dev.hydranet.converter.onnx.InputShape;
import dev.hydranet.converter.onnx.OnnxExport;
import dev.hydranet.engine.tensor.Shape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The network for other runtimes. */
@Command(
    name = "export",
    description = "Write a network and its weights as an ONNX model.",
    footer = {
      "  hydranet export --weights kitti.safetensors kitti.onnx",
      "  hydranet export --weights kitti kitti.onnx --size 370x1226"
    })
final class ExportCommand implements Callable<Integer> {
  private static final int COLOURS = 3;

  @Spec private CommandSpec spec;
  @Mixin private WeightsOption weights;

  @Parameters(paramLabel = "OUT.onnx", description = "The model to write.")
  private Path out;

  @Option(
      names = "--size",
      paramLabel = "HxW",
      converter = ImageSizeConverter.class,
      description = "Take one image of this size only; without it, any batch of any size.")
  private ImageSize size;

  @Override
  public Integer call() throws IOException {
    Model model = Model.load(weights.file());
    InputShape shape =
        size == null
            ? new InputShape.AnySize(COLOURS)
            : new InputShape.Fixed(Shape.of(1, COLOURS, size.height(), size.width()));
    OnnxExport.write(
        out, model.graph(), model.weights(), Map.of(Model.INPUT, shape), model.metadata());
    spec.commandLine().getOut().println(out);
    return 0;
  }
}
