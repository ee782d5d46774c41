package dev.hydranet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hydranet.engine.reference.ReferenceExecutor;
import dev.hydranet.engine.tensor.Shape;
import dev.hydranet.engine.tensor.Tensor;
import dev.hydranet.engine.weights.DType;
import dev.hydranet.engine.weights.Safetensors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerifyTest {
  private static final Tensor INPUT = SmallNetwork.input(1, 3, 19, 26);
  private static final Map<String, Tensor> EXPECTED =
      ReferenceExecutor.run(
          SmallNetwork.GRAPH,
          SmallNetwork.WEIGHTS,
          Map.of("input", INPUT),
          List.copyOf(SmallNetwork.GRAPH.labels().keySet()));

  @TempDir private Path folder;
  private Path weights;
  private Path reference;

  @BeforeEach
  void files() throws IOException {
    weights = SmallNetwork.write(folder.resolve("small.safetensors"));
    reference = folder.resolve("reference.safetensors");
  }

  @Test
  void printsRowForEveryTensor() throws IOException {
    Cli.Result result = verify(INPUT, EXPECTED);
    assertThat(result.err()).isEmpty();
    assertThat(result.exitCode()).isZero();
    List<String> lines = result.out().lines().toList();
    assertThat(lines).hasSize(EXPECTED.size() + 2);
    assertThat(lines.getFirst())
        .matches("tensor +shape +max abs err +max rel err +tolerance +verdict");
    assertThat(lines)
        .filteredOn(line -> line.startsWith("conv_adapt3 "))
        .singleElement()
        .asString()
        .matches("conv_adapt3 +\\[1, 24, 2, 2] +\\d\\.\\d\\de-\\d\\d +\\S+ +\\S+ +ok");
    assertThat(lines.getLast())
        .isEqualTo("all " + EXPECTED.size() + " tensors are within tolerance");
  }

  @Test
  void failsWhereOneElementIsOff() throws IOException {
    Map<String, Tensor> expected = new HashMap<>(EXPECTED);
    Tensor crp2 = copy(expected.get("crp2"));
    float largest = 0;
    for (float value : crp2.data()) {
      largest = Math.max(largest, Math.abs(value));
    }
    crp2.data()[7] += largest / 1000;
    expected.put("crp2", crp2);
    Cli.Result result = verify(INPUT, expected);
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.out().lines().filter(line -> line.contains("WRONG")))
        .singleElement()
        .asString()
        .startsWith("crp2 ");
    assertThat(result.out())
        .endsWith("1 of 27 tensors are out of tolerance" + System.lineSeparator());
    assertThat(result.err()).isEmpty();
  }

  @Test
  void failsOnAnotherShape() throws IOException {
    Tensor depth = EXPECTED.get("depth");
    Cli.Result result = verify(INPUT, Map.of("depth", depth.reshape(Shape.of(1, 1, 7, 5))));
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.out())
        .containsPattern("depth +\\[1, 1, 7, 5].*WRONG: computed shape \\[1, 1, 5, 7]");
  }

  @Test
  void countsNanOfBothSides() throws IOException {
    Tensor input = copy(INPUT);
    input.data()[40] = Float.NaN;
    Map<String, Tensor> same =
        ReferenceExecutor.run(
            SmallNetwork.GRAPH, SmallNetwork.WEIGHTS, Map.of("input", input), List.of("layer1"));
    Cli.Result result = verify(input, same);
    assertThat(result.exitCode()).isZero();
    assertThat(result.out())
        .containsPattern("layer1 .* ok \\((\\d+) NaN computed, \\1 expected\\)");

    Cli.Result other = verify(input, Map.of("layer1", EXPECTED.get("layer1")));
    assertThat(other.exitCode()).isEqualTo(1);
    assertThat(other.out())
        .containsPattern("layer1 .*Infinity.* WRONG \\(\\d+ NaN computed, 0 expected\\)");
  }

  @Test
  void warnsOfNanWeights() throws IOException {
    Map<String, Tensor> broken = new HashMap<>(SmallNetwork.WEIGHTS);
    Tensor weight = copy(broken.get("conv8.weight"));
    weight.data()[3] = Float.NaN;
    weight.data()[4] = Float.POSITIVE_INFINITY;
    broken.put("conv8.weight", weight);
    Safetensors.write(weights, broken, Map.of(), DType.F32);
    Cli.Result result = verify(INPUT, Map.of("layer8", EXPECTED.get("layer8")));
    assertThat(result.exitCode()).isZero();
    assertThat(result.err())
        .hasLineCount(1)
        .startsWith(
            "hydranet: warning: "
                + weights
                + ": conv8.weight [24, 32, 1, 1]: 1 NaN, 1 infinite of 768");
  }

  @Test
  void unknownNameIsALineThatListsTheKnown() throws IOException {
    Cli.Result result =
        verify(INPUT, Map.of("segm", EXPECTED.get("segm"), "segm_full", INPUT, "x", INPUT));
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err())
        .hasLineCount(1)
        .startsWith("hydranet: " + reference + ": expected \"input\" and some of layer1, ")
        .contains("pre_normal, segm, depth, normal; found \"x\"");
    assertThat(verify(INPUT, Map.of()).err()).contains("found none of them");
  }

  private static Tensor copy(Tensor tensor) {
    return Tensor.of(tensor.shape(), tensor.data().clone());
  }

  private Cli.Result verify(Tensor input, Map<String, Tensor> expected) throws IOException {
    SmallNetwork.writeInput(reference, input, expected);
    return Cli.at(folder)
        .run("verify", "--weights", weights, "--reference", reference, "--threads", 2);
  }
}
