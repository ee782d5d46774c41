package dev.hydranet.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import dev.hydranet.ImageSize;
import dev.hydranet.cli.network.InputShapes;
import dev.hydranet.cli.network.JsonShape;
import dev.hydranet.cli.network.LayerTable;
import dev.hydranet.cli.network.Model;
import dev.hydranet.cli.network.PlanTable;
import dev.hydranet.engine.Engine;
import dev.hydranet.engine.InsufficientMemoryException;
import dev.hydranet.engine.graph.Graph;
import dev.hydranet.engine.network.Network;
import dev.hydranet.engine.plan.PlanInfo;
import dev.hydranet.engine.plan.Planner;
import dev.hydranet.engine.tensor.Shape;
import dev.hydranet.network.MobileNetV2;
import dev.hydranet.network.Variant;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** What a network is made of and what this engine runs on. */
@Command(
    name = "info",
    description = {
      "Show the layers of a network and the kernels that the engine uses.",
      "A row for each operator: output shape, parameters, multiply-adds (MACs); then the totals and"
          + " the kernels in use on this machine.",
      "With --plan, a row for each step of the plan: its output, its kernel, the"
          + " multiply-adds of its operators and those executed, the independent parts that"
          + " threads share, packed weights, scratch memory per thread, and the operators. A"
          + " step executes more multiply-adds on padded channels and on rows computed twice,"
          + " and fewer where an algorithm saves some."
    },
    footer = {
      "  hydranet info",
      "  hydranet info --variant nyud",
      "  hydranet info --variant kitti --plan --size 350x1200",
      "  hydranet info --weights kitti.safetensors --size 370x1226 --json"
    })
final class InfoCommand implements Callable<Integer> {
  private static final String MOBILENET_V2 = "mobilenetv2";
  private static final int IMAGENET_CLASSES = 1000;

  @ParentCommand private HydraNetCommand hydranet;
  @Spec private CommandSpec spec;

  @ArgGroup private Choice choice = new Choice();

  @Option(
      names = "--size",
      paramLabel = "HxW",
      converter = ImageSizeConverter.class,
      description =
          "The image's size. Default: the size that the network was made for, or 480x640.")
  private ImageSize size;

  @Option(names = "--plan", description = "Show the steps of the plan.")
  private boolean plan;

  @Option(names = "--json", description = "Print JSON instead of a table.")
  private boolean json;

  /** Which network, if not the one in the box. */
  private static final class Choice {
    @Option(
        names = "--weights",
        paramLabel = "FILE|NAME",
        description = "The network of these weights. Default: the model in the box.")
    private String weights = WeightsOption.BUNDLED;

    @Option(
        names = "--variant",
        paramLabel = "V",
        description = "A network without its weights: kitti, nyud, nyud3, nyudkitti, mobilenetv2.")
    private String variant;
  }

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    Model model = model();
    Map<String, Shape> inputs = InputShapes.of(model, choice.weights, size);
    Network sized = InputShapes.specialized(model, choice.weights, inputs);
    LayerTable layers = LayerTable.of(sized.graph(), inputs);
    PlanInfo steps = plan ? steps(sized, inputs) : null;
    if (json) {
      out.println(json(layers, steps));
    } else {
      print(layers, steps, out);
    }
    return 0;
  }

  private PlanInfo steps(Network network, Map<String, Shape> inputs) throws IOException {
    try {
      return Planner.plan(network.graph(), network.weights()).info(inputs);
    } catch (InsufficientMemoryException e) {
      throw new IOException(choice.weights + ": " + e.getMessage(), e);
    }
  }

  private Model model() throws IOException {
    return choice.variant != null
        ? Model.random(graph())
        : Model.load(WeightsOption.find(choice.weights, hydranet.surroundings));
  }

  private Graph graph() {
    if (choice.variant.equals(MOBILENET_V2)) {
      return MobileNetV2.of(1, IMAGENET_CLASSES).graph();
    }
    try {
      return Variant.named(choice.variant).network().graph();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(
          spec.commandLine(),
          "--variant: expected "
              + Stream.concat(
                      Arrays.stream(Variant.values()).map(Variant::id), Stream.of(MOBILENET_V2))
                  .collect(Collectors.joining(", "))
              + "; found '"
              + choice.variant
              + "'",
          e);
    }
  }

  private static void print(LayerTable layers, PlanInfo steps, PrintWriter out) {
    if (steps != null) {
      PlanTable.print(steps, out);
    } else {
      print(layers, out);
    }
    out.println("engine: " + Engine.info().reason());
  }

  private static void print(LayerTable table, PrintWriter out) {
    String row = "%-" + table.nameWidth() + "s %-14s %-20s %12s %16s";
    out.println(
        String.format(Locale.ROOT, row, "name", "operator", "output", "parameters", "MACs"));
    for (LayerTable.Layer layer : table.layers()) {
      out.println(
          String.format(
              Locale.ROOT,
              row,
              layer.name(),
              layer.operator(),
              layer.output(),
              String.format(Locale.ROOT, "%,d", layer.parameters()),
              String.format(Locale.ROOT, "%,d", layer.macs())));
    }
    out.println(
        String.format(
            Locale.ROOT,
            row,
            "total",
            "",
            "",
            String.format(Locale.ROOT, "%,d", table.parameters()),
            String.format(Locale.ROOT, "%,d", table.macs())));
    out.println();
  }

  private static String json(LayerTable table, PlanInfo steps) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      json.setPrettyPrinter(new DefaultPrettyPrinter());
      json.writeStartObject();
      if (table.inputs().size() == 1) {
        JsonShape.write(json, "input", table.inputs().values().iterator().next());
      } else {
        json.writeObjectFieldStart("inputs");
        for (Map.Entry<String, Shape> input : table.inputs().entrySet()) {
          JsonShape.write(json, input.getKey(), input.getValue());
        }
        json.writeEndObject();
      }
      json.writeArrayFieldStart("layers");
      for (LayerTable.Layer layer : table.layers()) {
        json.writeStartObject();
        json.writeStringField("name", layer.name());
        json.writeStringField("operator", layer.operator());
        JsonShape.write(json, "output", layer.output());
        json.writeNumberField("parameters", layer.parameters());
        json.writeNumberField("macs", layer.macs());
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeNumberField("parameters", table.parameters());
      json.writeNumberField("macs", table.macs());
      if (steps != null) {
        PlanTable.write(steps, json);
      }
      json.writeObjectFieldStart("engine");
      json.writeBooleanField("simd", Engine.info().simd());
      json.writeNumberField("vectorBits", Engine.info().vectorBits());
      json.writeNumberField("lanes", Engine.info().vectorBits() / Float.SIZE);
      json.writeStringField("reason", Engine.info().reason());
      json.writeEndObject();
      json.writeEndObject();
    }
    return text.toString();
  }
}
