package dev.hydranet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hydranet.engine.Engine;
import dev.hydranet.engine.plan.PlanInfo;
import dev.hydranet.engine.plan.Planner;
import dev.hydranet.engine.plan.StepInfo;
import dev.hydranet.engine.tensor.Shape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InfoTest {
  @TempDir private Path folder;

  /** What PyTorch counts. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          kitti       |          | 2,991,687 | 4,436,236,800
          kitti       | 350x1200 | 2,991,687 | 6,106,360,832
          nyud        | 480x640  | 3,070,057 | 5,940,288,000
          nyud3       |          | 3,077,228 | 6,077,913,600
          nyudkitti   |          | 3,083,887 | 6,205,708,800
          mobilenetv2 | 224x224  | 3,504,872 |   300,774,272
          """)
  void totalsAreThoseOfPyTorch(String variant, String size, String parameters, String macs) {
    Cli.Result result =
        size == null
            ? cli().run("info", "--variant", variant)
            : cli().run("info", "--variant", variant, "--size", size);
    assertThat(result.exitCode()).isZero();
    assertThat(result.out()).containsPattern("\ntotal +" + parameters + " +" + macs + "\\R");
  }

  @Test
  void tableHasRowForEachOperatorAndTheEngine() {
    Cli.Result result = cli().run("info", "--variant", "kitti", "--size", "97x131");
    assertThat(result.out())
        .startsWith("name ")
        .containsPattern("\nlayer1.0 +Conv2d +\\[1, 32, 49, 66] +864 +2,794,176\\R")
        .containsPattern("\nsegm +Conv2d +\\[1, 6, 25, 33] +13,830 +11,404,800\\R")
        .endsWith("engine: " + Engine.info().reason() + System.lineSeparator());
  }

  @Test
  void withoutNetworkItTellsOfTheModelInTheBox() {
    String all = cli().run("info").out();
    assertThat(all)
        .containsPattern("\\nsegm +Conv2d +\\[1, 6, 120, 160] ")
        .containsPattern("\\nnormal +Conv2d +\\[1, 3, 120, 160] ")
        .endsWith("engine: " + Engine.info().reason() + System.lineSeparator());
    assertThat(cli().run("info", "--weights", "bundled").out()).isEqualTo(all);
    assertThat(cli().run("info", "--plan").out()).startsWith("value ").contains("\nsegm ");
  }

  @Test
  void jsonTellsTheSame() throws IOException {
    Path weights = SmallNetwork.write(folder.resolve("small.safetensors"));
    Cli.Result result = cli().run("info", "--weights", weights, "--size", "33x35", "--json");
    assertThat(result.exitCode()).isZero();
    Map<?, ?> json = (Map<?, ?>) Json.parse(result.out());
    assertThat(json.get("input")).isEqualTo(List.of(1L, 3L, 33L, 35L));
    List<?> layers = (List<?>) json.get("layers");
    assertThat(layers).hasSize(SmallNetwork.GRAPH.nodes().size());
    Map<?, ?> last = (Map<?, ?>) layers.getLast();
    assertThat(last)
        .isEqualTo(
            Map.of(
                "name",
                "normal",
                "operator",
                "Conv2d",
                "output",
                List.of(1L, 3L, 9L, 9L),
                "parameters",
                651L,
                "macs",
                52488L));
    assertThat(json.get("parameters")).isEqualTo(sum(layers, "parameters"));
    assertThat(json.get("macs")).isEqualTo(sum(layers, "macs"));
    Map<?, ?> engine = (Map<?, ?>) json.get("engine");
    assertThat(engine.get("simd")).isEqualTo(Engine.info().simd());
    assertThat(engine.get("vectorBits")).isEqualTo((long) Engine.info().vectorBits());
    assertThat(engine.get("lanes")).isEqualTo(Engine.info().vectorBits() / 32L);
    assertThat(engine.get("reason")).isEqualTo(Engine.info().reason());
  }

  @Test
  void planHasARowForEachStepAndTheMemory() throws IOException {
    PlanInfo plan = smallPlan(33, 35);
    Path weights = folder.resolve("small.safetensors");
    Cli.Result result = cli().run("info", "--weights", weights, "--size", "33x35", "--plan");
    assertThat(result.exitCode()).isZero();
    List<String> lines = result.out().lines().toList();
    assertThat(lines.getFirst())
        .containsPattern(
            "value +kernel +output +MACs +MACs done +parts +weights KB +scratch KB +operators");
    for (int i = 0; i < plan.steps().size(); i++) {
      StepInfo step = plan.steps().get(i);
      assertThat(lines.get(1 + i))
          .startsWith(step.value() + " ")
          .contains(" " + step.kernel() + " ", step.output().toString())
          .containsPattern(
              String.format(" %,d +%,d +%d ", step.macs(), step.macsDone(), step.parts()))
          .endsWith("  " + step.operators());
    }
    assertThat(lines.get(1 + plan.steps().size()))
        .matches(String.format("total +%,d +%,d +[\\d.,]+", plan.macs(), plan.macsDone()));
    assertThat(lines.get(lines.size() - 2))
        .isEqualTo(
            "memory: %.1f MB of activations, %.1f MB of scratch for each thread, %.1f MB of packed"
                + " weights",
            plan.activationBytes() / 1e6, plan.scratchBytes() / 1e6, plan.weightBytes() / 1e6);
    assertThat(lines.getLast()).isEqualTo("engine: " + Engine.info().reason());
  }

  @Test
  void jsonOfPlanTellsTheSame() throws IOException {
    PlanInfo plan = smallPlan(33, 35);
    Path weights = folder.resolve("small.safetensors");
    Cli.Result result =
        cli().run("info", "--weights", weights, "--size", "33x35", "--plan", "--json");
    Map<?, ?> json = (Map<?, ?>) ((Map<?, ?>) Json.parse(result.out())).get("plan");
    assertThat(json.get("macs")).isEqualTo(plan.macs());
    assertThat(json.get("macsDone")).isEqualTo(plan.macsDone());
    assertThat(json.get("weightBytes")).isEqualTo(plan.weightBytes());
    assertThat(json.get("activationBytes")).isEqualTo(plan.activationBytes());
    assertThat(json.get("scratchBytes")).isEqualTo(plan.scratchBytes());
    List<?> steps = (List<?>) json.get("steps");
    assertThat(steps).hasSameSizeAs(plan.steps());
    for (int i = 0; i < steps.size(); i++) {
      StepInfo step = plan.steps().get(i);
      Map<String, Object> expected = new LinkedHashMap<>();
      expected.put("value", step.value());
      expected.put("operators", step.operators());
      expected.put("nodes", step.nodes());
      expected.put("kernel", step.kernel());
      expected.put(
          "output", Arrays.stream(step.output().toArray()).asLongStream().boxed().toList());
      expected.put("macs", step.macs());
      expected.put("macsDone", step.macsDone());
      expected.put("parts", (long) step.parts());
      expected.put("bytes", step.bytes());
      expected.put("weightBytes", step.weightBytes());
      expected.put("scratchBytes", step.scratchBytes());
      assertThat(steps.get(i)).isEqualTo(expected);
    }
  }

  private PlanInfo smallPlan(int height, int width) throws IOException {
    SmallNetwork.write(folder.resolve("small.safetensors"));
    return Planner.plan(SmallNetwork.GRAPH, SmallNetwork.WEIGHTS)
        .info(Shape.of(1, 3, height, width));
  }

  private static long sum(List<?> layers, String field) {
    return layers.stream().mapToLong(layer -> (Long) ((Map<?, ?>) layer).get(field)).sum();
  }

  private Cli cli() {
    return Cli.at(folder);
  }
}
