package dev.hydranet.engine.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hydranet.engine.Threads;
import dev.hydranet.engine.graph.Conv2d;
import dev.hydranet.engine.graph.Graph;
import dev.hydranet.engine.graph.GraphBuilder;
import dev.hydranet.engine.graph.Value;
import dev.hydranet.engine.graph.WeightsMismatchException;
import dev.hydranet.engine.reference.ReferenceExecutor;
import dev.hydranet.engine.tensor.Shape;
import dev.hydranet.engine.tensor.Tensor;
import dev.hydranet.engine.testing.SeededTensors;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What may be asked for, and given, is the same for both executors. */
class WantedValuesTest {
  private static final Shape SHAPE = Shape.of(2, 3, 5, 7);

  enum Executor {
    REFERENCE {
      @Override
      Map<String, Tensor> run(
          Graph graph,
          Map<String, Tensor> weights,
          Map<String, Tensor> inputs,
          Collection<String> wanted) {
        return ReferenceExecutor.run(graph, weights, inputs, wanted);
      }
    },
    PLAN {
      @Override
      Map<String, Tensor> run(
          Graph graph,
          Map<String, Tensor> weights,
          Map<String, Tensor> inputs,
          Collection<String> wanted) {
        return Executors.runPlan(graph, weights, inputs, wanted, Threads.of(1));
      }
    };

    abstract Map<String, Tensor> run(
        Graph graph,
        Map<String, Tensor> weights,
        Map<String, Tensor> inputs,
        Collection<String> wanted);
  }

  private final Graph graph = build();
  private final Map<String, Tensor> weights = SeededTensors.parameters(graph, 1);
  private final Map<String, Tensor> inputs =
      Map.of("input", SeededTensors.uniform("input", SHAPE, 1));

  private static Graph build() {
    GraphBuilder g = new GraphBuilder();
    Value x = g.input("input");
    Value conv = g.conv2d("conv", x, Conv2d.of(3, 3, 3).withPadding(1));
    Value relu = g.relu("relu", conv);
    g.label("layer", relu);
    g.output("sum", g.add("sum", relu, x));
    g.output("pool", g.maxPool2d("pool", relu, 3, 2, 1));
    return g.build();
  }

  @ParameterizedTest
  @EnumSource
  void oneValueUnderSeveralNamesAndTheInputItself(Executor executor) {
    List<String> wanted = List.of("layer", "input", "relu", "sum");
    Map<String, Tensor> values = executor.run(graph, weights, inputs, wanted);
    assertThat(values.keySet()).containsExactlyElementsOf(wanted);
    assertThat(values.get("input").data()).isEqualTo(inputs.get("input").data());
    assertThat(values.get("layer").data()).isEqualTo(values.get("relu").data());
    float[] sum = values.get("relu").data().clone();
    for (int i = 0; i < sum.length; i++) {
      sum[i] += inputs.get("input").data()[i];
    }
    assertThat(values.get("sum").data()).isEqualTo(sum);
  }

  @ParameterizedTest
  @EnumSource
  void aValueDoesNotDependOnWhatElseIsWanted(Executor executor) {
    Map<String, Tensor> all =
        executor.run(graph, weights, inputs, List.of("conv", "relu", "sum", "pool"));
    all.forEach(
        (name, tensor) -> {
          Tensor alone = executor.run(graph, weights, inputs, List.of(name)).get(name);
          assertThat(Difference.between(alone, tensor).maxRelative())
              .as(name)
              .isLessThanOrEqualTo(Tolerance.forTerms(27));
        });
  }

  @ParameterizedTest
  @EnumSource
  void anEmptyBatchGivesEmptyResults(Executor executor) {
    Map<String, Tensor> none = Map.of("input", Tensor.zeros(Shape.of(0, 3, 5, 7)));
    assertThat(executor.run(graph, weights, none, List.of("pool")).get("pool").shape())
        .isEqualTo(Shape.of(0, 3, 3, 4));
  }

  @ParameterizedTest
  @EnumSource
  void badInputsAreNamed(Executor executor) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> executor.run(graph, weights, inputs, List.of("layer9")))
        .withMessageContaining("'layer9'");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> executor.run(graph, weights, Map.of(), List.of("sum")))
        .withMessageContaining("'input'");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                executor.run(
                    graph,
                    weights,
                    Map.of("input", Tensor.zeros(Shape.of(1, 4, 5, 7))),
                    List.of("sum")))
        .withMessageContaining("conv (Conv2d): expected 3 channels, found shape [1, 4, 5, 7]");
    Map<String, Tensor> misshapen = new HashMap<>(weights);
    misshapen.put("conv.weight", Tensor.zeros(Shape.of(3, 3, 3, 2)));
    assertThatThrownBy(() -> executor.run(graph, misshapen, inputs, List.of("sum")))
        .isInstanceOf(WeightsMismatchException.class)
        .hasMessageContaining("conv.weight: expected shape [3, 3, 3, 3], found [3, 3, 3, 2]");
  }
}
