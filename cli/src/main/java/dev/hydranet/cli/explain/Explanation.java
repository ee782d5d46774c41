package dev.hydranet.cli.explain;

import dev.hydranet.HydraNet;
import dev.hydranet.PredictOptions;
import dev.hydranet.Scene;
import dev.hydranet.cli.console.Progress;
import dev.hydranet.cli.network.LayerTable;
import dev.hydranet.cli.network.Model;
import dev.hydranet.cli.timing.StepTimes;
import dev.hydranet.engine.Roofline;
import dev.hydranet.engine.Threads;
import dev.hydranet.engine.graph.Node;
import dev.hydranet.engine.graph.Parameter;
import dev.hydranet.engine.plan.Plan;
import dev.hydranet.engine.plan.PlanInfo;
import dev.hydranet.engine.plan.Planner;
import dev.hydranet.engine.plan.Session;
import dev.hydranet.engine.tensor.Tensor;
import java.awt.image.BufferedImage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * All that there is to say of what a network makes of one image.
 *
 * @param net of the model
 * @param image that was explained
 * @param input what the network was given, {@code [1, 3, height, width]}, perhaps smaller
 * @param table of operators
 * @param layers of the graph, in its order
 * @param maps what a layer shows, by its value's name
 * @param weights how a layer's filters are spread, by its name, of those that have filters
 * @param plan the steps that compute the answers
 * @param times of the steps
 * @param machine the machine's measured peak on that number of threads
 */
public record Explanation(
    HydraNet net,
    Model model,
    BufferedImage image,
    Tensor input,
    Scene scene,
    LayerTable table,
    List<DrawnLayer> layers,
    Map<String, FeatureMaps> maps,
    Map<String, Histogram> weights,
    PlanInfo plan,
    StepTimes times,
    Roofline machine,
    Threads threads) {
  private static final long TIMING_NANOSECONDS = 1_500_000_000L;
  private static final int FEWEST_RUNS = 3;
  private static final int MOST_RUNS = 200;

  /**
   * Computes, which takes some seconds: most of them for the times.
   *
   * @param net of the model
   */
  public static Explanation of(
      HydraNet net,
      Model model,
      BufferedImage image,
      PredictOptions options,
      Threads threads,
      Progress progress) {
    Tensor input = net.toInput(image, options); // [1, 3, H, W]
    Map<String, Tensor> inputs = Map.of(Model.INPUT, input);
    Plan plan = Planner.plan(model.graph(), model.weights());
    PlanInfo info = plan.info(input.shape());

    List<DrawnLayer> layers = DrawnLayer.of(model.graph());
    progress.total(1 + layers.size() + FEWEST_RUNS);
    progress.now("answers");
    Session session = plan.newSession(input.shape(), threads);
    Map<String, Tensor> outputs = session.newOutputs();
    session.run(inputs, outputs);
    Scene scene =
        net.toScene(
            outputs,
            image.getHeight(),
            image.getWidth(),
            net.computedSize(image.getHeight(), image.getWidth(), options));

    progress.step();
    progress.now("feature maps");
    Map<String, FeatureMaps> maps = new HashMap<>();
    LayerValues.visit(
        model,
        layers.stream().map(DrawnLayer::value).toList(),
        input,
        threads,
        (name, value) -> {
          maps.put(name, FeatureMaps.of(value));
          progress.step();
        });

    progress.now("times");
    Map<String, Tensor> others = session.newOutputs();
    long start = System.nanoTime();
    session.run(inputs, others);
    int runs = runs(System.nanoTime() - start);
    progress.total(1 + layers.size() + 2L * runs);
    for (int run = 0; run < runs; run++) {
      session.run(inputs, others);
      progress.step();
    }
    StepTimes times = StepTimes.measure(info, session, inputs, others, runs, progress::step);
    progress.now("the machine's peak");
    Roofline machine = Roofline.measure(threads);
    return new Explanation(
        net,
        model,
        image,
        input,
        scene,
        LayerTable.of(model.graph(), Map.of(Model.INPUT, input.shape())),
        layers,
        maps,
        weights(model, layers),
        info,
        times,
        machine,
        threads);
  }

  /** How often a run of some nanoseconds is repeated, to warm up and again to be timed. */
  private static int runs(long nanoseconds) {
    return Math.toIntExact(Math.clamp(TIMING_NANOSECONDS / nanoseconds, FEWEST_RUNS, MOST_RUNS));
  }

  private static Map<String, Histogram> weights(Model model, List<DrawnLayer> layers) {
    Map<String, Histogram> histograms = new HashMap<>();
    for (DrawnLayer layer : layers) {
      Node node = layer.nodes().getFirst();
      if (!node.op().parameters().isEmpty()) {
        Parameter filters = node.op().parameters().getFirst();
        Tensor numbers = model.weights().get(node.parameterName(filters));
        histograms.put(layer.name(), Histogram.of(numbers.data()));
      }
    }
    return histograms;
  }
}
