package dev.hydranet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportTest {
  @TempDir private Path folder;
  private Path weights;
  private Path out;

  @BeforeEach
  void files() throws IOException {
    weights = SmallNetwork.write(folder.resolve("small.safetensors"));
    out = folder.resolve("small.onnx");
  }

  @Test
  void writesModelOfOneSize() throws IOException {
    Cli.Result result = Cli.at(folder).run("export", "--weights", weights, out, "--size", "33x35");
    assertThat(result.err()).isEmpty();
    assertThat(result.exitCode()).isZero();
    assertThat(result.out()).isEqualTo(out + System.lineSeparator());
    TensorShapeProto shape = inputShape();
    assertThat(shape.getDimList())
        .extracting(TensorShapeProto.Dimension::getDimValue)
        .containsExactly(1L, 3L, 33L, 35L);
  }

  @Test
  void writesModelOfAnySize() throws IOException {
    assertThat(Cli.at(folder).run("export", "--weights", weights, out).exitCode()).isZero();
    assertThat(inputShape().getDim(1).getDimValue()).isEqualTo(3);
    assertThat(inputShape().getDim(2).hasDimValue()).isFalse();
    assertThat(inputShape().getDim(3).hasDimValue()).isFalse();
  }

  @Test
  void leavesNothingWhereItCannotWrite() {
    Path nowhere = folder.resolve("no/small.onnx");
    Cli.Result result = Cli.at(folder).run("export", "--weights", weights, nowhere);
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err())
        .isEqualTo(
            "hydranet: "
                + nowhere.getParent()
                + ": no such file or directory"
                + System.lineSeparator());
  }

  private TensorShapeProto inputShape() throws IOException {
    ModelProto model = ModelProto.parseFrom(Files.readAllBytes(out));
    assertThat(model.getGraph().getOutputList())
        .extracting(output -> output.getName())
        .containsExactly("segm", "depth", "normal");
    return model.getGraph().getInput(0).getType().getTensorType().getShape();
  }
}
