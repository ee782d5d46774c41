package dev.hydranet.benchmarks.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hydranet.benchmarks.network.Scenario;
import dev.hydranet.benchmarks.pieces.KernelArms;
import dev.hydranet.benchmarks.pieces.Piece;
import dev.hydranet.benchmarks.pieces.PieceCopies;
import dev.hydranet.engine.graph.Conv2d;
import dev.hydranet.engine.graph.Graph;
import dev.hydranet.engine.graph.MaxPool2d;
import dev.hydranet.engine.graph.Node;
import dev.hydranet.engine.graph.Op;
import dev.hydranet.engine.graph.Upsample;
import dev.hydranet.engine.plan.Planner;
import dev.hydranet.engine.tensor.Shape;
import dev.hydranet.engine.tensor.Tensor;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openjdk.jmh.annotations.Param;

/** Every shape of the network is measured, and none twice. */
class CoverageTest {
  private record Case(Class<? extends KernelArms> benchmark, Predicate<Op> measured) {
    @Override
    public String toString() {
      return benchmark.getSimpleName();
    }
  }

  static Stream<Case> benchmarks() {
    return Stream.of(
        new Case(Pointwise.class, op -> op instanceof Conv2d conv && conv.isPointwise()),
        new Case(Depthwise.class, op -> op instanceof Conv2d conv && conv.isDepthwise()),
        new Case(
            StandardConvolution.class,
            op -> op instanceof Conv2d conv && !conv.isPointwise() && !conv.isDepthwise()),
        new Case(MaxPooling.class, op -> op instanceof MaxPool2d),
        new Case(Upsampling.class, op -> op instanceof Upsample));
  }

  @ParameterizedTest
  @MethodSource("benchmarks")
  void layersAreTheFirstOrAnyOfEachShape(Case benchmark) throws ReflectiveOperationException {
    Graph network = KernelArms.NETWORK;
    Map<String, Shape> shapes = network.shapes(Map.of("input", KernelArms.IMAGE));
    Map<List<Object>, List<String>> byShape = new LinkedHashMap<>();
    for (Node node : network.nodes()) {
      if (benchmark.measured().test(node.op())) {
        List<Object> shape = List.of(node.op(), Graph.inputShapes(node, shapes));
        byShape.computeIfAbsent(shape, s -> new ArrayList<>()).add(node.name());
      }
    }
    List<String> layers = layers(benchmark.benchmark());
    assertThat(byShape)
        .allSatisfy(
            (shape, names) ->
                assertThat(layers.stream().filter(names::contains).toList())
                    .as("%s: one of %s", shape, names)
                    .hasSize(1));
    assertThat(layers).hasSameSizeAs(byShape.keySet());
  }

  private static List<String> layers(Class<? extends KernelArms> benchmark)
      throws NoSuchFieldException {
    return List.of(benchmark.getField("layer").getAnnotation(Param.class).value());
  }

  @Test
  void everyInvertedResidualHasTheShapeOfOneThatIsMeasured() throws NoSuchFieldException {
    List<String> blocks =
        KernelArms.NETWORK.nodes().stream()
            .map(Node::name)
            .filter(name -> name.matches("layer\\d\\.\\d\\.output\\.0\\.0"))
            .map(name -> name.substring(0, name.indexOf(".output")))
            .toList();
    assertThat(blocks).hasSize(17);
    List<List<Object>> measured =
        layers(InvertedResidual.class).stream().map(CoverageTest::block).toList();
    assertThat(measured).doesNotHaveDuplicates();
    assertThat(blocks.stream().map(CoverageTest::block).toList()).hasSameElementsAs(measured);
  }

  private static List<Object> block(String name) {
    Piece piece =
        Piece.of(KernelArms.NETWORK, KernelArms.IMAGE, node -> node.startsWith(name + "."));
    return List.of(
        piece.nodes().stream().map(Node::op).toList(), List.copyOf(piece.inputs().values()));
  }

  /** What tells one step from another: its kernel, what that computes, and its size. */
  private record Step(String kernel, List<Op> nodes, Shape output) {}

  @Test
  void everyStepOfThePlansIsMeasured() throws ReflectiveOperationException {
    Set<Step> steps = new LinkedHashSet<>();
    for (Scenario scenario : List.of(Scenario.KITTI_480x640, Scenario.NYUD3_480x640)) {
      steps.addAll(steps(scenario.graph(), scenario.weights(), scenario.input(0)));
    }
    assertThat(steps).hasSizeGreaterThan(30);
    steps.removeAll(measured());
    assertThat(steps).as("steps that no benchmark measures").isEmpty();
  }

  private static Set<Step> measured() throws ReflectiveOperationException {
    Set<Step> steps = new HashSet<>();
    for (KernelArms benchmark :
        List.of(
            new Pointwise(),
            new Depthwise(),
            new StandardConvolution(),
            new MaxPooling(),
            new Upsampling(),
            new Summing(),
            new InvertedResidual(),
            new ChainedPooling(),
            new Refinement(),
            new MergedPointwise(),
            new Head())) {
      Field layer =
          Arrays.stream(benchmark.getClass().getFields())
              .filter(field -> field.isAnnotationPresent(Param.class))
              .findFirst()
              .orElseThrow();
      for (String value : layer.getAnnotation(Param.class).value()) {
        layer.set(benchmark, value);
        PieceCopies copies = PieceCopies.of(benchmark.piece(), 2);
        steps.addAll(steps(copies.graph(), copies.weights(), copies.inputs()));
      }
    }
    for (String layer : Copying.class.getField("layer").getAnnotation(Param.class).value()) {
      Tensor picture = Tensor.zeros(Copying.shape(layer));
      Graph graph = Copying.graph();
      steps.addAll(steps(graph, Map.of(), Map.of(graph.inputs().get(0), picture)));
    }
    return steps;
  }

  private static List<Step> steps(
      Graph graph, Map<String, Tensor> weights, Map<String, Tensor> inputs) {
    Map<String, Shape> shapes = new LinkedHashMap<>();
    inputs.forEach((name, tensor) -> shapes.put(name, tensor.shape()));
    Map<String, Op> ops = graph.nodes().stream().collect(Collectors.toMap(Node::name, Node::op));
    return Planner.plan(graph, weights).info(shapes).steps().stream()
        .map(
            step ->
                new Step(
                    step.kernel(), step.nodes().stream().map(ops::get).toList(), step.output()))
        .toList();
  }
}
