package dev.hydranet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hydranet.converter.onnx.InputShape;
import dev.hydranet.converter.onnx.OnnxExport;
import dev.hydranet.engine.graph.Conv2d;
import dev.hydranet.engine.graph.Elementwise.Unary;
import dev.hydranet.engine.graph.Graph;
import dev.hydranet.engine.graph.GraphBuilder;
import dev.hydranet.engine.graph.Linear;
import dev.hydranet.engine.graph.Rearrange;
import dev.hydranet.engine.graph.Reduce;
import dev.hydranet.engine.graph.Value;
import dev.hydranet.engine.reference.ReferenceExecutor;
import dev.hydranet.engine.tensor.Shape;
import dev.hydranet.engine.tensor.Tensor;
import dev.hydranet.engine.testing.SeededTensors;
import dev.hydranet.engine.weights.DType;
import dev.hydranet.engine.weights.Safetensors;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A network that this project knows nothing of: an ONNX model through every command. */
class AnyNetworkTest {
  private static final Shape PHOTO = Shape.of(1, 3, 20, 24);

  @TempDir private Path folder;
  private Path weights;
  private Cli cli;
  private Map<String, Tensor> inputs;
  private Map<String, Tensor> expected;

  /** A small classifier, exported and converted. */
  @BeforeEach
  void convert() throws IOException {
    cli = Cli.at(folder);
    GraphBuilder g = new GraphBuilder();
    Value x = g.input("photo");
    x = g.op("stem", Conv2d.of(3, 20, 3).withStride(2).withPadding(1).withBias(), x);
    x = g.op("act", new Unary(Unary.Function.SWISH, 1, 0), x);
    x = g.op("mean", new Reduce(Reduce.Function.MEAN, List.of(2, 3), true), x);
    x = g.op("flat", new Rearrange.Reshape(List.of(1, 20)), x);
    g.output("scores", g.op("head", new Linear(20, 5, true), x));
    Graph graph = g.build();
    Map<String, Tensor> parameters = SeededTensors.parameters(graph, 1);
    Path onnx = folder.resolve("model.onnx");
    OnnxExport.write(
        onnx, graph, parameters, Map.of("photo", new InputShape.Fixed(PHOTO)), Map.of());
    weights = folder.resolve("model.safetensors");
    assertThat(cli.run("convert", onnx, weights).exitCode()).isZero();
    inputs = Map.of("photo", SeededTensors.uniform("photo", PHOTO, 2));
    expected = ReferenceExecutor.run(graph, parameters, inputs, List.of("scores", "stem"));
  }

  private Path write(String name, Map<String, Tensor> tensors) throws IOException {
    Path file = folder.resolve(name);
    Safetensors.write(file, tensors, Map.of(), DType.F32);
    return file;
  }

  @Test
  void runsAndGivesIntermediateValues() throws IOException {
    Path in = write("in.safetensors", inputs);
    Path out = folder.resolve("out.safetensors");
    Cli.Result result =
        cli.run("run", "--weights", weights, "--input", in, "--output", out, "--layers", "stem");
    assertThat(result.err()).isEmpty();
    assertThat(result.exitCode()).isZero();
    assertThat(Safetensors.read(out).tensors().keySet())
        .containsExactlyInAnyOrder("scores", "stem");
  }

  @Test
  void verifiesWhatAnotherComputed() throws IOException {
    Map<String, Tensor> reference = new LinkedHashMap<>(inputs);
    reference.putAll(expected);
    Path file = write("reference.safetensors", reference);
    Cli.Result right = cli.run("verify", "--weights", weights, "--reference", file);
    assertThat(right.out()).contains("all 2 tensors are within tolerance");
    assertThat(right.exitCode()).isZero();

    expected.get("scores").data()[3] += 0.1f;
    Path wrong = write("wrong.safetensors", reference);
    assertThat(cli.run("verify", "--weights", weights, "--reference", wrong).exitCode()).isOne();
  }

  @Test
  void isDescribedAndTimed() {
    Cli.Result info = cli.run("info", "--weights", weights);
    assertThat(info.exitCode()).isZero();
    assertThat(info.out()).contains("Conv2d", "Swish", "Linear");
    assertThat(cli.run("info", "--weights", weights, "--plan").exitCode()).isZero();
    Cli.Result bench = cli.run("bench", "--weights", weights, "--threads", "1", "--layers");
    assertThat(bench.err()).isEmpty();
    assertThat(bench.exitCode()).isZero();
    assertThat(bench.out()).contains("photo [1, 3, 20, 24]");
  }

  @Test
  void isExportedAgain() {
    Path again = folder.resolve("again.onnx");
    assertThat(cli.run("export", "--weights", weights, again).exitCode()).isZero();
    assertThat(cli.run("convert", again, folder.resolve("again.safetensors")).exitCode()).isZero();
  }

  @Test
  void aMissingInputIsNamed() throws IOException {
    Path in = write("in.safetensors", Map.of("input", inputs.get("photo")));
    Cli.Result result =
        cli.run("run", "--weights", weights, "--input", in, "--output", folder.resolve("o"));
    assertThat(result.exitCode()).isOne();
    assertThat(result.err()).contains("expected a tensor named \"photo\", found \"input\"");
  }

  /** Only a HydraNet sees scenes. */
  @Test
  void predictSaysThatItIsNoHydraNet() throws IOException {
    Path image = folder.resolve("x.png");
    ImageIO.write(new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB), "png", image.toFile());
    Cli.Result result =
        cli.run("predict", image, "--weights", weights, "--out", folder.resolve("out"));
    assertThat(result.exitCode()).isOne();
    assertThat(result.err().lines()).hasSize(1);
    assertThat(Files.exists(folder.resolve("out"))).isFalse();
  }
}
