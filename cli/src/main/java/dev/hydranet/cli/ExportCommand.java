package dev.hydranet.cli;

import dev.hydranet.ImageSize;
import dev.hydranet.cli.network.InputShapes;
import dev.hydranet.cli.network.Model;
import dev.hydranet.converter.onnx.InputShape;
import dev.hydranet.converter.onnx.OnnxExport;
import dev.hydranet.engine.network.Network;
import dev.hydranet.engine.tensor.Shape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
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
      description =
          "Accept only one image of this size. Default: any batch of any size. A network that"
              + " came from ONNX is always written for one size: by default the size that it was"
              + " made for.")
  private ImageSize size;

  @Override
  public Integer call() throws IOException {
    Model model = Model.load(weights.file());
    if (model.anyGraph() || size != null) {
      exportSized(model);
    } else {
      OnnxExport.write(
          out,
          model.graph(),
          model.weights(),
          Map.of(Model.INPUT, new InputShape.AnySize(COLOURS)),
          model.metadata());
    }
    spec.commandLine().getOut().println(out);
    return 0;
  }

  /** What depends on shapes is computed beforehand, so that the model is one for these shapes. */
  private void exportSized(Model model) throws IOException {
    Map<String, Shape> shapes = InputShapes.of(model, weights.value(), size);
    Network network = InputShapes.specialized(model, weights.value(), shapes);
    Map<String, InputShape> inputs = new LinkedHashMap<>();
    shapes.forEach((name, shape) -> inputs.put(name, new InputShape.Fixed(shape)));
    Map<String, String> metadata = new LinkedHashMap<>(model.metadata());
    metadata.remove(Network.GRAPH);
    try {
      OnnxExport.write(out, network.graph(), network.weights(), inputs, metadata);
    } catch (IllegalArgumentException e) {
      throw new IOException(weights.value() + ": " + e.getMessage(), e);
    }
  }
}
