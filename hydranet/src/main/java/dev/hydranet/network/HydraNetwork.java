package dev.hydranet.network;

import dev.hydranet.engine.graph.Conv2d;
import dev.hydranet.engine.graph.Graph;
import dev.hydranet.engine.graph.GraphBuilder;
import dev.hydranet.engine.graph.Value;
import dev.hydranet.engine.graph.WeightsMismatchException;
import dev.hydranet.engine.tensor.Tensor;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * The multi-task HydraNet of Nekrasov et al. (arXiv 1809.04766): a MobileNetV2 encoder, a
 * Light-Weight RefineNet decoder, two parametric layers for each task. Its parameters are named as
 * in the published checkpoints' {@code state_dict}. Immutable.
 *
 * @param stem the channels of layer1
 * @param stages the channels of layer2 to layer8
 * @param decoder the channels of the decoder and of the heads' inputs
 * @param classes of the segmentation; 0 if that is not among the tasks
 * @param tasks the heads, in the order of {@link Task}
 */
public record HydraNetwork(
    int stem, List<Integer> stages, int decoder, int classes, Set<Task> tasks) {
  /** The graph's input: {@code [N, 3, H, W]}, RGB, normalised. */
  public static final String INPUT = "input";

  private static final int DECODER = 256;
  private static final List<Integer> STAGES = Stage.PAPER.stream().map(Stage::channels).toList();

  /**
   * Checks the configuration.
   *
   * @throws IllegalArgumentException if there is no task, a number of channels is not positive, or
   *     there are classes without segmentation or the reverse
   */
  public HydraNetwork {
    stages = List.copyOf(stages);
    if (stages.size() != STAGES.size()) {
      throw new IllegalArgumentException(
          "expected the channels of " + STAGES.size() + " stages, found " + stages);
    }
    if (stem < 1 || decoder < 1 || stages.stream().anyMatch(channels -> channels < 1)) {
      throw new IllegalArgumentException(
          "channels must be at least 1, found stem "
              + stem
              + ", stages "
              + stages
              + ", decoder "
              + decoder);
    }
    if (tasks.isEmpty()) {
      throw new IllegalArgumentException("expected at least one task, found none");
    }
    tasks = Collections.unmodifiableSet(EnumSet.copyOf(tasks));
    if (classes < 0 || tasks.contains(Task.SEGM) != classes > 0) {
      throw new IllegalArgumentException(classes + " classes do not go with tasks " + tasks);
    }
  }

  /**
   * With the channels of the published networks.
   *
   * @param classes of the segmentation; 0 if that is not among the tasks
   * @param tasks at least one
   * @return the network
   * @throws IllegalArgumentException as the constructor does
   */
  public static HydraNetwork of(int classes, Set<Task> tasks) {
    return new HydraNetwork(Stage.STEM, STAGES, DECODER, classes, tasks);
  }

  /**
   * {@return whether tensors are named as this network's: whether {@link #of(Map)} is worth a try}
   *
   * @param has whether there is a tensor of a name
   */
  public static boolean recognises(Predicate<String> has) {
    boolean body = has.test("layer1.0.weight") || has.test("conv8.weight");
    return body && !tasks(has).isEmpty();
  }

  private static Set<Task> tasks(Predicate<String> has) {
    Set<Task> tasks = EnumSet.noneOf(Task.class);
    for (Task task : Task.values()) {
      if (has.test(task.label() + ".weight") || has.test("pre_" + task.label() + ".weight")) {
        tasks.add(task);
      }
    }
    return tasks;
  }

  /**
   * {@return the network that a {@code state_dict} is of: heads by the tensors' names, channels and
   * classes by their shapes}
   *
   * @param weights tensors by their names in the {@code state_dict}
   * @throws WeightsMismatchException if the tensors are not those of one such network, listing all
   *     that are missing, unexpected or contradict the others' shapes
   */
  public static HydraNetwork of(Map<String, Tensor> weights) {
    StateDict dict = new StateDict(weights);
    Set<Task> tasks = tasks(weights::containsKey);
    if (!recognises(weights::containsKey)) {
      throw new WeightsMismatchException(
          List.of(
              "expected a HydraNet with layer1.0.weight, conv8.weight and segm.weight, depth.weight"
                  + " or normal.weight, found "
                  + (tasks.isEmpty() ? "none of these heads" : "neither of the first two")
                  + " among "
                  + dict.summary()));
    }
    HydraNetwork network =
        new HydraNetwork(
            dict.outChannels("layer1.0.weight", Stage.STEM),
            IntStream.range(0, STAGES.size())
                .map(i -> dict.outChannels(Encoder.projection(i), STAGES.get(i)))
                .boxed()
                .toList(),
            dict.outChannels("conv8.weight", DECODER),
            tasks.contains(Task.SEGM) ? dict.outChannels("segm.weight", 1) : 0,
            tasks);
    network.graph().checkWeights(weights);
    return network;
  }

  /**
   * {@return the same heads on an encoder and decoder with their channels multiplied, rounded to
   * multiples of 8 as in MobileNetV2}
   *
   * @param width by which channels are multiplied; more than 0
   * @throws IllegalArgumentException if the width is not positive
   */
  public HydraNetwork scaled(double width) {
    return new HydraNetwork(
        Width.scale(stem, width),
        stages.stream().map(channels -> Width.scale(channels, width)).toList(),
        Width.scale(decoder, width),
        classes,
        tasks);
  }

  /**
   * {@return the channels of a head's output}
   *
   * @param task any
   */
  public int channels(Task task) {
    return switch (task) {
      case SEGM -> classes;
      case DEPTH -> 1;
      case NORMAL -> 3;
    };
  }

  /**
   * {@return the network as a graph} Its labels are layer1 to layer8, conv8 to conv3, crp4 to crp1,
   * conv_adapt4 to conv_adapt2, pre_segm, pre_depth and pre_normal, each what a PyTorch forward
   * hook on the module of that name sees; its outputs are those of {@code segm}, {@code depth} and
   * {@code normal} that are among the tasks, {@code [N, channels, ceil(ceil(H/2)/2),
   * ceil(ceil(W/2)/2)]}.
   */
  public Graph graph() {
    GraphBuilder g = new GraphBuilder();
    Value image = g.input(INPUT);
    List<Features> layers = Encoder.build(g, image, stem, stages);
    Value shared = new Decoder(g, decoder).build(layers);
    Map<Task, Value> heads = new EnumMap<>(Task.class);
    for (Task task : tasks) {
      Conv2d scale = Conv2d.depthwise(decoder, 1, 1);
      Value x = g.conv2d("pre_" + task.label(), shared, scale);
      g.label(x.name(), x);
      x = g.relu6(task.label() + ".relu", x);
      Conv2d head = Conv2d.of(decoder, channels(task), 3).withPadding(1).withBias();
      heads.put(task, g.conv2d(task.label(), x, head));
    }
    heads.forEach((task, value) -> g.output(task.label(), value));
    return g.build();
  }
}
