package dev.hydranet.converter.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import dev.hydranet.engine.UnsupportedFileException;
import dev.hydranet.engine.WeightsFormatException;
import dev.hydranet.engine.network.Network;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Models that mean harm and are no files of {@code proof/malformed}: large ones, and links. */
class HostileModelTest {
  @TempDir private Path folder;

  /** A convolution with a weight in a file. */
  private static ModelProto external(String location) {
    TensorProto weight =
        TensorProto.newBuilder()
            .setName("w")
            .addDims(1)
            .addDims(1)
            .addDims(1)
            .addDims(1)
            .setDataType(TensorProto.DataType.FLOAT_VALUE)
            .setDataLocation(TensorProto.DataLocation.EXTERNAL)
            .addExternalData(
                StringStringEntryProto.newBuilder().setKey("location").setValue(location))
            .build();
    NodeProto conv =
        NodeProto.newBuilder().setOpType("Conv").addInput("x").addInput("w").addOutput("y").build();
    return model(GraphProto.newBuilder().addInitializer(weight).addNode(conv));
  }

  private static ModelProto model(GraphProto.Builder graph) {
    TypeProto.Tensor type =
        TypeProto.Tensor.newBuilder().setElemType(TensorProto.DataType.FLOAT_VALUE).build();
    return ModelProto.newBuilder()
        .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(17))
        .setGraph(
            graph
                .addInput(
                    ValueInfoProto.newBuilder()
                        .setName("x")
                        .setType(TypeProto.newBuilder().setTensorType(type)))
                .addOutput(ValueInfoProto.newBuilder().setName("y")))
        .build();
  }

  private Path written(ModelProto model) throws IOException {
    return Files.write(
        Files.createDirectories(folder.resolve("model")).resolve("m.onnx"), model.toByteArray());
  }

  @Test
  void numbersInTheFolderAreRead() throws IOException {
    Path file = written(external("w.bin"));
    Files.write(file.resolveSibling("w.bin"), new byte[] {0, 0, (byte) 0x80, 0x3f});
    Network network = OnnxModel.read(file);
    assertThat(network.weights().values().iterator().next().data()).containsExactly(1f);
  }

  @Test
  void aLinkOutOfTheFolderIsNotFollowed() throws IOException {
    Path file = written(external("w.bin"));
    Path secret = Files.write(folder.resolve("secret"), new byte[4]);
    Files.createSymbolicLink(file.resolveSibling("w.bin"), secret);
    assertThatThrownBy(() -> OnnxModel.read(file))
        .isInstanceOf(WeightsFormatException.class)
        .hasMessage(file + ": tensor 'w': expected a file in the model's folder, found 'w.bin'");
  }

  @Test
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void aPipeIsNotOpened() throws Exception {
    Path file = written(external("w.bin"));
    Process mkfifo = new ProcessBuilder("mkfifo", file.resolveSibling("w.bin").toString()).start();
    assertThat(mkfifo.waitFor()).isZero();
    assertThatThrownBy(() -> OnnxModel.read(file))
        .isInstanceOf(WeightsFormatException.class)
        .hasMessageContaining("expected a file in the model's folder");
    assertThatThrownBy(() -> OnnxModel.read(file.resolveSibling("w.bin")))
        .isInstanceOf(UnsupportedFileException.class)
        .hasMessageContaining("expected an ONNX model, found a pipe or a device");
  }

  @Test
  void bytesHaveNoFolder() {
    assertThatThrownBy(() -> OnnxModel.read(external("w.bin").toByteArray()))
        .isInstanceOf(WeightsFormatException.class)
        .hasMessageContaining("lies in file 'w.bin'; read the model from its file");
  }

  /** Two bytes each: as objects they would take a hundred times as much. */
  @Test
  void millionsOfEmptyMessagesAreCountedBeforeTheyAreObjects() {
    byte[] model = new byte[3 + 4 + 2 * 2_200_000];
    model[0] = 0x3a; // The graph, and its length as a varint of four bytes.
    int length = 2 * 2_200_000;
    for (int i = 1; i <= 4; i++, length >>= 7) {
      model[i] = (byte) (length & 127 | (i < 4 ? 128 : 0));
    }
    for (int i = 5; i + 1 < 5 + 2 * 2_200_000; i += 2) {
      model[i] = 0x0a; // A node of no bytes.
    }
    assertThatThrownBy(() -> OnnxModel.read(model))
        .isInstanceOf(WeightsFormatException.class)
        .hasMessage("ONNX model: more than 2097152 fields");
  }

  /** Small matrices whose product would take minutes: it stays an operator of the network. */
  @Test
  @Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void hugeProductsOfConstantsAreNotComputedWhileReading() throws IOException {
    GraphProto.Builder graph = GraphProto.newBuilder();
    graph.addInitializer(
        TensorProto.newBuilder()
            .setName("one")
            .addDims(1)
            .addDims(1)
            .setDataType(TensorProto.DataType.FLOAT_VALUE)
            .addFloatData(1));
    graph.addInitializer(
        TensorProto.newBuilder()
            .setName("dims")
            .addDims(2)
            .setDataType(TensorProto.DataType.INT64_VALUE)
            .addInt64Data(1000)
            .addInt64Data(1000));
    graph.addNode(
        NodeProto.newBuilder().setOpType("Expand").addInput("one").addInput("dims").addOutput("a"));
    for (int i = 0; i < 1000; i++) {
      graph.addNode(
          NodeProto.newBuilder()
              .setOpType("MatMul")
              .addInput("a")
              .addInput("a")
              .addOutput("product" + i));
    }
    graph.addNode(NodeProto.newBuilder().setOpType("Relu").addInput("x").addOutput("y"));
    Network network = OnnxModel.read(model(graph).toByteArray());
    assertThat(network.graph().nodes()).hasSizeGreaterThan(1000);
  }
}
