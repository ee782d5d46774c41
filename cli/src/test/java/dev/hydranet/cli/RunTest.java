package dev.hydranet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hydranet.engine.reference.ReferenceExecutor;
import dev.hydranet.engine.tensor.Shape;
import dev.hydranet.engine.tensor.Tensor;
import dev.hydranet.engine.verify.Difference;
import dev.hydranet.engine.verify.Tolerance;
import dev.hydranet.engine.weights.DType;
import dev.hydranet.engine.weights.Safetensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunTest {
  @TempDir private Path folder;
  private Path weights;
  private Path in;
  private Path out;
  private final Tensor input = SmallNetwork.input(2, 3, 19, 26);

  @BeforeEach
  void files() throws IOException {
    weights = SmallNetwork.write(folder.resolve("small.safetensors"));
    in = SmallNetwork.writeInput(folder.resolve("in.safetensors"), input, Map.of());
    out = folder.resolve("out.safetensors");
  }

  @Test
  void writesOutputsOfTheReferenceToTheBit() throws IOException {
    Cli.Result result = run("--executor", "reference");
    assertThat(result.err()).isEmpty();
    assertThat(result.exitCode()).isZero();
    assertThat(result.out())
        .matches(
            "input \\[2, 3, 19, 26\\], reference on 1 thread: \\d+\\.\\d ms\\R.*"
                + "segm \\[2, 5, 5, 7\\], depth \\[2, 1, 5, 7\\], normal \\[2, 3, 5, 7\\]\\R");
    Map<String, Tensor> written = Safetensors.read(out).tensors();
    Map<String, Tensor> expected = reference(SmallNetwork.GRAPH.outputs());
    assertThat(written.keySet()).isEqualTo(new TreeSet<>(expected.keySet()));
    expected.forEach(
        (name, tensor) -> {
          assertThat(written.get(name).shape()).isEqualTo(tensor.shape());
          assertThat(written.get(name).data()).isEqualTo(tensor.data());
        });
  }

  @Test
  void planGivesEveryLayerWhateverTheThreads() throws IOException {
    Cli.Result result = run("--layers", "all", "--threads", "1");
    assertThat(result.exitCode()).isZero();
    assertThat(result.out())
        .matches("(?s)input \\S+ \\S+ \\S+ \\S+, plan on 1 thread: .*median of .*");
    byte[] one = Files.readAllBytes(out);
    assertThat(run("--layers", "all", "--threads", "3").exitCode()).isZero();
    assertThat(out).hasBinaryContent(one);

    List<String> labels = List.copyOf(SmallNetwork.GRAPH.labels().keySet());
    Map<String, Tensor> written = Safetensors.read(out).tensors();
    assertThat(written).containsOnlyKeys(labels);
    Map<String, Double> tolerances =
        Tolerance.of(SmallNetwork.GRAPH, Map.of("input", input.shape()), labels);
    reference(labels)
        .forEach(
            (name, tensor) ->
                assertThat(Difference.between(written.get(name), tensor).maxRelative())
                    .as(name)
                    .isLessThanOrEqualTo(tolerances.get(name)));
  }

  @Test
  void writesTheLayersAskedFor() throws IOException {
    assertThat(run("--layers", "layer3,crp1", "--layers", "pre_depth").exitCode()).isZero();
    assertThat(Safetensors.read(out).tensors())
        .containsOnlyKeys("layer3", "crp1", "pre_depth", "segm", "depth", "normal");
  }

  @Test
  void unknownLayerIsWrongUsageThatListsTheKnown() {
    Cli.Result result = run("--layers", "layer3,layer9");
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err())
        .startsWith("hydranet: --layers: the graph has no value named 'layer9'; it has layer1, ");
    assertThat(out).doesNotExist();
  }

  @Test
  void wrongInputsAreALineThatNamesTheFile() throws IOException {
    Path empty = folder.resolve("empty.safetensors");
    Safetensors.write(empty, Map.of(), Map.of(), DType.F32);
    assertFails(empty, "expected a tensor named \"input\", found none");
    Path other = folder.resolve("other.safetensors");
    Safetensors.write(
        other, Map.of("image", input, "a\n", Tensor.zeros(Shape.of(1))), Map.of(), DType.F32);
    assertFails(other, "expected a tensor named \"input\", found \"a\\u000a\", \"image\"");
    Path grey =
        SmallNetwork.writeInput(
            folder.resolve("grey.safetensors"), SmallNetwork.input(1, 1, 9, 9), Map.of());
    assertFails(grey, "layer1.0 (Conv2d): expected 3 channels, found shape [1, 1, 9, 9]");
    Path flat =
        SmallNetwork.writeInput(
            folder.resolve("flat.safetensors"), Tensor.zeros(Shape.of(3, 9, 9)), Map.of());
    assertFails(flat, "layer1.0 (Conv2d): expected an NCHW input, found shape [3, 9, 9]");
    Path text = Files.writeString(folder.resolve("text.safetensors"), "not a tensor at all");
    assertFails(text, "expected a safetensors file, found a header length of ");
  }

  private void assertFails(Path wrong, String message) {
    in = wrong;
    for (String executor : List.of("plan", "reference")) {
      Cli.Result result = run("--executor", executor);
      assertThat(result.exitCode()).isEqualTo(1);
      assertThat(result.err()).hasLineCount(1).startsWith("hydranet: " + wrong + ": " + message);
      assertThat(out).doesNotExist();
    }
  }

  private Map<String, Tensor> reference(List<String> wanted) {
    return ReferenceExecutor.run(
        SmallNetwork.GRAPH, SmallNetwork.WEIGHTS, Map.of("input", input), wanted);
  }

  private Cli.Result run(Object... arguments) {
    return Cli.at(folder)
        .run(
            Stream.concat(
                    Stream.of("run", "--weights", weights, "--input", in, "--output", out),
                    Stream.of(arguments))
                .toArray());
  }
}
