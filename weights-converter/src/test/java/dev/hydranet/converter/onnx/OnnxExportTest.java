package dev.hydranet.converter.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import dev.hydranet.engine.graph.Conv2d;
import dev.hydranet.engine.graph.Flatten;
import dev.hydranet.engine.graph.Graph;
import dev.hydranet.engine.graph.GraphBuilder;
import dev.hydranet.engine.graph.Linear;
import dev.hydranet.engine.graph.Value;
import dev.hydranet.engine.graph.WeightsMismatchException;
import dev.hydranet.engine.tensor.Shape;
import dev.hydranet.engine.tensor.Tensor;
import dev.hydranet.engine.testing.SeededTensors;
import dev.hydranet.network.HydraNetwork;
import dev.hydranet.network.Variant;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is in the file, and what becomes of it when it cannot be written. */
class OnnxExportTest {
  private static final Map<String, InputShape> ANY_IMAGE =
      Map.of("input", new InputShape.AnySize(3));

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("model.onnx");
  }

  @Test
  void weightsKeepTheirNamesAndBits() throws IOException {
    Graph graph = Variant.NYUD3.network().graph();
    Map<String, Tensor> weights = SeededTensors.parameters(graph, 3);
    weights.get("segm.bias").data()[0] = Float.NaN;
    OnnxExport.write(file, graph, weights, ANY_IMAGE, Map.of());

    Map<String, Tensor> written = new LinkedHashMap<>();
    for (TensorProto tensor : read().getGraph().getInitializerList()) {
      if (tensor.hasRawData()) {
        written.put(tensor.getName(), tensor(tensor));
      }
    }
    assertThat(written.keySet()).containsExactlyElementsOf(weights.keySet());
    written.forEach(
        (name, tensor) -> {
          assertThat(tensor.shape()).as(name).isEqualTo(weights.get(name).shape());
          assertThat(tensor.data()).as(name).isEqualTo(weights.get(name).data());
        });
  }

  @Test
  void valuesKeepTheNamesOfTheGraph() throws IOException {
    Graph graph = Variant.KITTI.network().graph();
    OnnxExport.write(file, graph, SeededTensors.parameters(graph, 3), ANY_IMAGE, Map.of());
    assertThat(read().getGraph().getNodeList().stream().map(NodeProto::getName))
        .containsAll(graph.nodes().stream().map(node -> node.name()).toList());
  }

  @Test
  void tellsWhatItIs() throws IOException {
    write(TwoLayers.GRAPH, ANY_IMAGE, List.of("second"), Map.of("b", "2", "a", "1"));
    ModelProto model = read();
    assertThat(model.getProducerName()).isEqualTo("hydranet");
    assertThat(model.getDocString()).contains("licence").contains("non-commercial use only");
    assertThat(model.getIrVersion()).isEqualTo(8);
    assertThat(model.getOpsetImport(0).getDomain()).isEmpty();
    assertThat(model.getOpsetImport(0).getVersion()).isEqualTo(17);
    assertThat(model.getMetadataPropsList())
        .extracting(StringStringEntryProto::getKey, StringStringEntryProto::getValue)
        .containsExactly(tuple("a", "1"), tuple("b", "2"));
  }

  @Test
  void freeSizesHaveNames() throws IOException {
    Graph graph = Variant.NYUD3.network().graph();
    OnnxExport.write(file, graph, SeededTensors.parameters(graph, 3), ANY_IMAGE, Map.of());
    assertThat(extents(read().getGraph().getInputList()))
        .isEqualTo(Map.of("input", "batch, 3, height, width"));
    assertThat(extents(read().getGraph().getOutputList()))
        .isEqualTo(
            Map.of(
                "segm", "batch, 40, segm_height, segm_width",
                "depth", "batch, 1, depth_height, depth_width",
                "normal", "batch, 3, normal_height, normal_width"));
  }

  @Test
  void fixedSizesAreNumbers() throws IOException {
    Graph graph = Variant.KITTI.network().graph();
    Map<String, InputShape> street =
        Map.of(HydraNetwork.INPUT, new InputShape.Fixed(Shape.of(1, 3, 370, 1226)));
    OnnxExport.write(file, graph, SeededTensors.parameters(graph, 3), street, Map.of());
    assertThat(extents(read().getGraph().getInputList()))
        .isEqualTo(Map.of("input", "1, 3, 370, 1226"));
    assertThat(extents(read().getGraph().getOutputList()))
        .isEqualTo(Map.of("segm", "1, 6, 93, 307", "depth", "1, 1, 93, 307"));
    assertThat(read().getGraph().getNodeList().stream().map(NodeProto::getOpType))
        .as("sizes to resize to are constants")
        .doesNotContain("Shape");
  }

  @Test
  void holdsWhatTheOutputsNeedAndNoMore() throws IOException {
    write(TwoLayers.GRAPH, ANY_IMAGE, List.of("hidden"), Map.of());
    assertThat(read().getGraph().getNodeList())
        .singleElement()
        .satisfies(node -> assertThat(node.getOpType()).isEqualTo("Conv"));
    assertThat(read().getGraph().getInitializerList())
        .singleElement()
        .satisfies(tensor -> assertThat(tensor.getName()).isEqualTo("first.weight"));
  }

  @Test
  void oneValueMayHaveSeveralNames() throws Exception {
    write(TwoLayers.GRAPH, ANY_IMAGE, List.of("hidden", "first", "input"), Map.of());
    Tensor x = SeededTensors.uniform("input", Shape.of(1, 3, 2, 2), 1);
    try (OrtModel model = new OrtModel(file)) {
      Map<String, Tensor> outputs = model.run(Map.of("input", x));
      assertThat(outputs.keySet()).containsExactly("hidden", "first", "input");
      assertThat(outputs.get("first").data()).isEqualTo(outputs.get("hidden").data());
      assertThat(outputs.get("input").data()).isEqualTo(x.data());
    }
  }

  @Test
  void writesTheSameFileEveryTime() throws IOException {
    write(TwoLayers.GRAPH, ANY_IMAGE, List.of("second"), Map.of("b", "2", "a", "1"));
    byte[] first = Files.readAllBytes(file);
    write(TwoLayers.GRAPH, ANY_IMAGE, List.of("second"), Map.of("a", "1", "b", "2"));
    assertThat(Files.readAllBytes(file)).isEqualTo(first);
  }

  @Test
  void refusesWeightsOfAnotherGraph() {
    Map<String, Tensor> weights = new HashMap<>(TwoLayers.WEIGHTS);
    weights.remove("first.weight");
    assertThatThrownBy(() -> OnnxExport.write(file, TwoLayers.GRAPH, weights, ANY_IMAGE, Map.of()))
        .isInstanceOf(WeightsMismatchException.class)
        .hasMessageContaining("missing first.weight [4, 3, 1, 1]");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void refusesInputsThatTheGraphDoesNotTake() {
    assertRefused(Map.of(), "second", "no shape for input 'input'");
    assertRefused(
        Map.of("input", new InputShape.AnySize(3), "image", new InputShape.AnySize(3)),
        "second",
        "the graph has no input 'image'; it has input");
    assertRefused(
        Map.of("input", new InputShape.AnySize(4)),
        "second",
        "first (Conv2d): expected 3 channels, found shape [2, 4, 512, 640]");
    assertRefused(ANY_IMAGE, "third", "the graph has no value named 'third'");
  }

  @Test
  void refusesAnySizeForAGraphOfOne() throws IOException {
    GraphBuilder g = new GraphBuilder();
    Value x = g.op("flat", new Flatten(), g.input("input"));
    g.output("scores", g.op("fc", new Linear(3 * 4 * 5, 2, true), x));
    Graph graph = g.build();
    Map<String, Tensor> weights = SeededTensors.parameters(graph, 1);
    assertThatThrownBy(() -> OnnxExport.write(file, graph, weights, ANY_IMAGE, Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("fc (Linear): expected a [..., 60] input");
    assertThat(folder).isEmptyDirectory();

    Map<String, InputShape> fixed = Map.of("input", new InputShape.Fixed(Shape.of(2, 3, 4, 5)));
    OnnxExport.write(file, graph, weights, fixed, Map.of());
    assertThat(extents(read().getGraph().getOutputList())).isEqualTo(Map.of("scores", "2, 2"));
  }

  @Test
  void refusesNamesThatClash() {
    GraphBuilder g = new GraphBuilder();
    Value x = g.conv2d("conv", g.input("input"), Conv2d.pointwise(3, 3));
    g.output("out", g.relu("conv.weight", x));
    Graph graph = g.build();
    assertThatThrownBy(
            () ->
                OnnxExport.write(
                    file,
                    graph,
                    SeededTensors.parameters(graph, 1),
                    ANY_IMAGE,
                    List.of("out", "conv.weight"),
                    Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("two values of the graph would be named 'conv.weight'");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void refusesMoreThanTheFormatHolds() throws IOException {
    Shape shape = Shape.of(4096, 4096, 1, 1); // 64 MiB, which all layers share in memory
    Tensor weight = Tensor.zeros(shape);
    GraphBuilder g = new GraphBuilder();
    Value x = g.input("input");
    Map<String, Tensor> weights = new HashMap<>();
    for (int i = 0; i < 32; i++) {
      x = g.conv2d("conv" + i, x, Conv2d.pointwise(4096, 4096));
      weights.put("conv" + i + ".weight", weight);
    }
    g.output("out", x);
    Files.writeString(file, "what was there");
    Map<String, InputShape> wide = Map.of("input", new InputShape.AnySize(4096));
    assertThatThrownBy(() -> OnnxExport.write(file, g.build(), weights, wide, Map.of()))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(
            file + ": an ONNX file holds at most 2147483647 bytes, this model takes 21474");
    assertThat(folder).isDirectoryContaining(file::equals);
    assertThat(file).hasContent("what was there");
  }

  private void assertRefused(Map<String, InputShape> inputs, String output, String message) {
    assertThatThrownBy(() -> write(TwoLayers.GRAPH, inputs, List.of(output), Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
    assertThat(folder).isEmptyDirectory();
  }

  private void write(
      Graph graph,
      Map<String, InputShape> inputs,
      List<String> outputs,
      Map<String, String> metadata)
      throws IOException {
    OnnxExport.write(file, graph, TwoLayers.WEIGHTS, inputs, outputs, metadata);
  }

  private ModelProto read() throws IOException {
    return ModelProto.parseFrom(Files.readAllBytes(file));
  }

  private static Map<String, String> extents(List<ValueInfoProto> values) {
    return values.stream()
        .collect(
            Collectors.toMap(
                ValueInfoProto::getName,
                value ->
                    value.getType().getTensorType().getShape().getDimList().stream()
                        .map(OnnxExportTest::extent)
                        .collect(Collectors.joining(", "))));
  }

  private static String extent(TensorShapeProto.Dimension dimension) {
    return dimension.hasDimParam()
        ? dimension.getDimParam()
        : Long.toString(dimension.getDimValue());
  }

  private static Tensor tensor(TensorProto tensor) {
    ByteBuffer bytes = tensor.getRawData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    float[] data = new float[bytes.remaining() / Float.BYTES];
    bytes.asFloatBuffer().get(data);
    int[] extents = tensor.getDimsList().stream().mapToInt(Math::toIntExact).toArray();
    return Tensor.of(Shape.of(extents), data);
  }

  /** A graph of two convolutions: input, first (also called hidden), second. */
  private static final class TwoLayers {
    static final Graph GRAPH = graph();
    static final Map<String, Tensor> WEIGHTS = SeededTensors.parameters(GRAPH, 1);

    private static Graph graph() {
      GraphBuilder g = new GraphBuilder();
      Value x = g.conv2d("first", g.input("input"), Conv2d.pointwise(3, 4));
      g.label("hidden", x);
      g.output("second", g.conv2d("second", x, Conv2d.pointwise(4, 2).withBias()));
      return g.build();
    }
  }
}
