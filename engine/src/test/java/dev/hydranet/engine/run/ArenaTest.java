package dev.hydranet.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hydranet.engine.compile.Compiler;
import dev.hydranet.engine.graph.Conv2d;
import dev.hydranet.engine.graph.Graph;
import dev.hydranet.engine.graph.GraphBuilder;
import dev.hydranet.engine.graph.Value;
import dev.hydranet.engine.kernel.KernelProvider;
import dev.hydranet.engine.kernel.Nhwc;
import dev.hydranet.engine.kernel.choice.Kernels;
import dev.hydranet.engine.tensor.Shape;
import dev.hydranet.engine.tensor.Tensor;
import dev.hydranet.engine.testing.RandomGraph;
import dev.hydranet.engine.testing.SeededTensors;
import dev.hydranet.engine.testing.SmallHydraNet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where values would lie, small and as large as they get: no memory is allocated here. */
class ArenaTest {
  private record Written(String name, Nhwc place) {}

  @ParameterizedTest
  @CsvSource({
    "1, 1, 1",
    "1, 61, 67",
    "7, 480, 640",
    "1, 8192, 8192",
    "1, 1, 33554432",
    "1, 33554432, 1",
    "1048576, 8, 8"
  })
  void noValueIsOverwrittenBeforeItIsRead(int batch, int height, int width) {
    Graph graph = SmallHydraNet.graph();
    assertThat(arrays(graph, Shape.of(batch, 3, height, width))).isPositive();
  }

  /** Five values of 2^30 floats that are needed at once, and two of them fit into an array. */
  @Test
  void manyLargeValuesLieInManyArrays() {
    GraphBuilder g = new GraphBuilder();
    Value x = g.input("input");
    Value sum = x;
    List<Value> branches = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      branches.add(g.conv2d("branch" + i, x, Conv2d.depthwise(16, 3, 1)));
    }
    for (Value branch : branches) {
      sum =
          g.add(branch.name() + ".sum", sum, g.maxPool2d(branch.name() + ".max", branch, 3, 1, 1));
    }
    g.output("sum", sum);
    Graph graph = g.build();
    assertThat(arrays(graph, Shape.of(1, 16, 8192, 8191))).isBetween(3, 7);
    assertThat(arrays(graph, Shape.of(1, 16, 16384, 8192))).as("a value beyond an array").isZero();
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9})
  void anyGraphsValuesStayApart(long seed) {
    RandomGraph random = RandomGraph.of(seed);
    Graph graph = random.graph();
    int[] shape = random.input().shape().toArray();
    assertThat(arrays(graph, Shape.of(shape))).isOne();
    shape[0] = (1 << 24) / (shape[1] * shape[2] * shape[3]);
    assertThat(arrays(graph, Shape.of(shape))).isPositive();
  }

  /**
   * Goes through the steps as a session would; returns how many arrays it takes, or 0 if a value
   * has no room in any.
   */
  private static int arrays(Graph graph, Shape input) {
    Map<String, Shape> shapes = graph.shapes(Map.of("input", input));
    KernelProvider kernels = Kernels.provider();
    Map<String, Tensor> weights = SeededTensors.parameters(graph, 1);
    List<Step> steps =
        Compiler.compile(graph, weights, kernels, graph.outputs()).stream()
            .flatMap(group -> group.steps(shapes).stream())
            .toList();
    Arena arena = Arena.of(kernels.lanes(), graph.inputs(), steps, shapes);
    if (!arena.fitsArrays()) {
      return 0;
    }
    long[] lengths = arena.lengths();
    float[][] arrays = new float[lengths.length][0];
    Map<String, Nhwc> places = new HashMap<>();
    arena.places(arrays).forEach((name, place) -> places.put(name, place.nhwc()));
    List<Written> written = new ArrayList<>();
    written.add(new Written("input", places.get("input")));
    for (Step step : steps) {
      for (String read : step.reads()) {
        for (Written later : written.reversed()) {
          if (later.name().equals(read)) {
            break;
          }
          assertThat(overlap(places.get(read), later.place()))
              .as("%s reads %s, on which %s was written", step.name(), read, later.name())
              .isFalse();
        }
        assertThat(overlap(places.get(read), places.get(step.name()))).isFalse();
      }
      written.add(new Written(step.name(), places.get(step.name())));
    }
    for (Nhwc place : places.values()) {
      long length = lengths[Arrays.asList(arrays).indexOf(place.data())];
      assertThat(end(place)).isLessThanOrEqualTo(length).isLessThanOrEqualTo(Arena.ARRAY);
      assertThat(place.offset() % 16).isEqualTo(12);
    }
    return lengths.length;
  }

  private static boolean overlap(Nhwc a, Nhwc b) {
    return a.data() == b.data() && a.offset() < end(b) && b.offset() < end(a);
  }

  private static long end(Nhwc place) {
    return place.offset() + (long) place.pixels() * place.stride();
  }
}
