package dev.hydranet.network;

import dev.hydranet.engine.graph.Conv2d;
import dev.hydranet.engine.graph.Flatten;
import dev.hydranet.engine.graph.GlobalAvgPool;
import dev.hydranet.engine.graph.Graph;
import dev.hydranet.engine.graph.GraphBuilder;
import dev.hydranet.engine.graph.Linear;
import dev.hydranet.engine.graph.Value;
import dev.hydranet.engine.graph.WeightsMismatchException;
import dev.hydranet.engine.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * MobileNetV2 (arXiv 1801.04381) as the ImageNet classifier, laid out and named as torchvision's
 * {@code mobilenet_v2}: {@code features.0} the stem, {@code features.1} to {@code features.17} the
 * inverted residuals, {@code features.18} a last 1x1 convolution, {@code classifier.1} the linear
 * layer. Immutable.
 *
 * @param stem the channels of features.0
 * @param stages the channels of the paper's seven stages
 * @param features the channels of features.18
 * @param classes the scores of the output
 */
public record MobileNetV2(int stem, List<Integer> stages, int features, int classes) {
  /** The graph's input: {@code [N, 3, H, W]}, RGB, normalised. */
  public static final String INPUT = "input";

  /** The graph's output: {@code [N, classes]}, the scores before any softmax. */
  public static final String OUTPUT = "classifier";

  private static final int FEATURES = 1280;

  /**
   * Checks the configuration.
   *
   * @throws IllegalArgumentException if a number of channels or classes is not positive
   */
  public MobileNetV2 {
    stages = List.copyOf(stages);
    if (stages.size() != Stage.PAPER.size()) {
      throw new IllegalArgumentException(
          "expected the channels of " + Stage.PAPER.size() + " stages, found " + stages);
    }
    if (stem < 1 || features < 1 || classes < 1 || stages.stream().anyMatch(c -> c < 1)) {
      throw new IllegalArgumentException(
          "channels must be at least 1, found stem "
              + stem
              + ", stages "
              + stages
              + ", features "
              + features
              + ", classes "
              + classes);
    }
  }

  /**
   * With the paper's channels times a width multiplier, as torchvision rounds them; the last
   * convolution never has fewer than 1280.
   *
   * @param width by which channels are multiplied; more than 0
   * @param classes at least 1
   * @return the network
   * @throws IllegalArgumentException if the width or the number of classes is not positive
   */
  public static MobileNetV2 of(double width, int classes) {
    return new MobileNetV2(
        Width.scale(Stage.STEM, width),
        Stage.PAPER.stream().map(stage -> Width.scale(stage.channels(), width)).toList(),
        Width.scale(FEATURES, Math.max(1, width)),
        classes);
  }

  /**
   * {@return whether tensors are named as this network's: whether {@link #of(Map)} is worth a try}
   *
   * @param has whether there is a tensor of a name
   */
  public static boolean recognises(Predicate<String> has) {
    return has.test("features.0.0.weight");
  }

  /**
   * {@return the network that a {@code state_dict} is of, by its tensors' shapes}
   *
   * @param weights tensors by their names in the {@code state_dict}
   * @throws WeightsMismatchException if the tensors are not those of one such network, listing all
   *     that are missing, unexpected or contradict the others' shapes
   */
  public static MobileNetV2 of(Map<String, Tensor> weights) {
    StateDict dict = new StateDict(weights);
    if (!recognises(weights::containsKey)) {
      throw new WeightsMismatchException(
          List.of(
              "expected a MobileNetV2 classifier with features.0.0.weight, found no such name among "
                  + dict.summary()));
    }
    List<Integer> stages = new ArrayList<>();
    int index = 1;
    for (Stage stage : Stage.PAPER) {
      String projection = "features." + index + ".conv." + (stage.expansion() == 1 ? 1 : 2);
      stages.add(dict.outChannels(projection + ".weight", stage.channels()));
      index += stage.repeats();
    }
    MobileNetV2 network =
        new MobileNetV2(
            dict.outChannels("features.0.0.weight", Stage.STEM),
            stages,
            dict.outChannels("features." + index + ".0.weight", FEATURES),
            dict.outChannels("classifier.1.weight", 1));
    network.graph().checkWeights(weights);
    return network;
  }

  /**
   * {@return the network as a graph, with the labels features.0 to features.18, each what a PyTorch
   * forward hook on that module sees, and one output, {@value #OUTPUT}}
   */
  public Graph graph() {
    GraphBuilder g = new GraphBuilder();
    Value image = g.input(INPUT);
    Features x = ConvNorm.stem(g, "features.0", image, stem); // [N, stem, H/2, W/2]
    g.label("features.0", x.value());
    int index = 1;
    for (int i = 0; i < stages.size(); i++) {
      Stage stage = Stage.PAPER.get(i);
      for (int block = 0; block < stage.repeats(); block++) {
        String path = "features." + index++;
        int stride = block == 0 ? stage.stride() : 1;
        x = invertedResidual(g, path, x, stage.expansion(), stages.get(i), stride);
        g.label(path, x.value());
      }
    }
    String last = "features." + index;
    Conv2d conv = Conv2d.pointwise(x.channels(), features);
    Value y = ConvNorm.relu6(g, last, x.value(), conv); // [N, features, H/32, W/32]
    g.label(last, y);
    y = g.op("pool", new GlobalAvgPool(), y); // [N, features, 1, 1]
    y = g.op("flatten", new Flatten(), y);
    y = g.op("classifier.1", new Linear(features, classes, true), y);
    g.output(OUTPUT, y);
    return g.build();
  }

  /**
   * Expand (1x1), filter each channel (3x3), project (1x1); the input is added where it has the
   * output's shape. Nothing is expanded where the expansion is 1.
   */
  private static Features invertedResidual(
      GraphBuilder g, String path, Features in, int expansion, int channels, int stride) {
    int wide = in.channels() * expansion;
    int step = 0;
    Value x = in.value(); // [N, in, H, W]
    if (expansion != 1) {
      String expand = path + ".conv." + step++;
      x = ConvNorm.relu6(g, expand, x, Conv2d.pointwise(in.channels(), wide));
    }
    x = ConvNorm.relu6(g, path + ".conv." + step++, x, Conv2d.depthwise(wide, 3, stride));
    x = g.conv2d(path + ".conv." + step++, x, Conv2d.pointwise(wide, channels));
    x = g.batchNorm(path + ".conv." + step, x, channels);
    if (stride == 1 && in.channels() == channels) {
      x = g.add(path + ".sum", x, in.value());
    }
    return new Features(x, channels); // [N, channels, H/stride, W/stride]
  }
}
