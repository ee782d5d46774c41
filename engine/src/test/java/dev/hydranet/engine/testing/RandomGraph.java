package dev.hydranet.engine.testing;

import dev.hydranet.engine.graph.Activation;
import dev.hydranet.engine.graph.Add;
import dev.hydranet.engine.graph.AvgPool2d;
import dev.hydranet.engine.graph.BatchNorm;
import dev.hydranet.engine.graph.Concat;
import dev.hydranet.engine.graph.Conv2d;
import dev.hydranet.engine.graph.Flatten;
import dev.hydranet.engine.graph.GlobalAvgPool;
import dev.hydranet.engine.graph.Graph;
import dev.hydranet.engine.graph.GraphBuilder;
import dev.hydranet.engine.graph.Linear;
import dev.hydranet.engine.graph.MaxPool2d;
import dev.hydranet.engine.graph.Op;
import dev.hydranet.engine.graph.Size;
import dev.hydranet.engine.graph.Upsample;
import dev.hydranet.engine.graph.Value;
import dev.hydranet.engine.tensor.Shape;
import dev.hydranet.engine.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * A small network made from a seed: convolutions of all kinds with and without batch-norm and
 * activation behind them, pools, upsampling, residual sums, joined channels, the blocks of a
 * HydraNet, values that several operators read, and outputs from the middle. Channels lie on both
 * sides of the lane counts, planes are odd.
 */
public final class RandomGraph {
  private static final int[] CHANNELS = {1, 3, 5, 7, 8, 9, 15, 16, 17, 24, 31, 33};

  /** Up to more than the columns of the widest tile, and with each narrower one left over. */
  private static final int[] WIDE = {48, 64, 65, 100, 130};

  private static final int[] EXTENTS = {1, 2, 3, 5, 7, 8, 9, 11, 13, 17};

  private static final float[] SPECIAL = {
    Float.NaN,
    Float.intBitsToFloat(0xFFC00000),
    Float.POSITIVE_INFINITY,
    Float.NEGATIVE_INFINITY,
    -0f,
    Float.MIN_VALUE
  };

  private final long seed;
  private final SplittableRandom random;
  private final GraphBuilder builder = new GraphBuilder();
  private final List<Known> values = new ArrayList<>();
  private final Shape input;
  private final Graph graph;

  /** A value of the graph so far. */
  private record Known(Value value, Shape shape) {}

  private RandomGraph(long seed) {
    this.seed = seed;
    this.random = new SplittableRandom(seed);
    this.input = Shape.of(1 + random.nextInt(3), channels(), oneOf(EXTENTS), oneOf(EXTENTS));
    values.add(new Known(builder.input("input"), input));
    int operators = 1 + random.nextInt(9);
    for (int i = 0; i < operators; i++) {
      grow();
    }
    if (random.nextInt(4) == 0) {
      classify();
    }
    Known last = values.get(values.size() - 1);
    builder.output(last.value().name(), last.value());
    for (int i = random.nextInt(3); i > 0; i--) {
      Known any = values.get(1 + random.nextInt(values.size() - 1));
      if (!any.equals(last)) {
        builder.output(any.value().name(), any.value());
      }
    }
    this.graph = builder.build();
  }

  /** The same seed makes the same graph. */
  public static RandomGraph of(long seed) {
    return new RandomGraph(seed);
  }

  /** The network; its only input is named {@code input}. */
  public Graph graph() {
    return graph;
  }

  /** Seeded parameters. */
  public Map<String, Tensor> weights() {
    return SeededTensors.parameters(graph, seed);
  }

  /** A seeded input of the shape for which the graph was made. */
  public Tensor input() {
    return SeededTensors.uniform("input", input, seed);
  }

  /** The same with NaN of both signs, infinities and zeros here and there. */
  public Tensor specialInput() {
    Tensor tensor = input();
    SplittableRandom places = new SplittableRandom(seed);
    for (int i = 0; i < tensor.data().length; i++) {
      if (places.nextInt(40) == 0) {
        tensor.data()[i] = SPECIAL[places.nextInt(SPECIAL.length)];
      }
    }
    return tensor;
  }

  /** Everything about it, for the message of a failing test. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("seed " + seed + ", input " + input);
    graph.nodes().forEach(node -> text.append("\n  ").append(node));
    return text.append("\n  outputs ").append(graph.outputs()).toString();
  }

  /** Appends one operator, or a convolution with what usually follows it. */
  private void grow() {
    Known x = values.get(Math.max(0, values.size() - 1 - random.nextInt(3)));
    switch (random.nextInt(14)) {
      case 0, 1, 2, 3 -> convolve(x);
      case 10 -> invertedResidual(x);
      case 11 -> chainedPooling(x);
      case 12 -> head(x);
      case 13 -> append(BatchNorm.of(x.shape().channels()), x);
      case 4 -> append(new MaxPool2d(window(x, 5), stride(), Size.square(0)), x);
      case 5 -> append(MaxPool2d.of(5, 1, 2), x);
      case 6 -> append(AvgPool2d.of(3, 1 + random.nextInt(2), 1), x);
      case 7 -> upsample(x);
      case 8 -> join(x);
      default -> residual(x);
    }
  }

  private void convolve(Known x) {
    int in = x.shape().channels();
    boolean depthwise = random.nextInt(3) == 0;
    int out = depthwise ? in : channels();
    int groups = depthwise ? in : random.nextInt(4) == 0 ? commonDivisor(in, out) : 1;
    boolean pointwise = random.nextInt(3) == 0;
    Size kernel = pointwise ? Size.square(1) : window(x, 5);
    boolean half = random.nextInt(3) > 0;
    Size padding = half ? new Size(kernel.height() / 2, kernel.width() / 2) : Size.square(0);
    Size stride = pointwise ? Size.square(1) : stride();
    boolean bias = random.nextBoolean();
    Known y = append(new Conv2d(in, out, kernel, stride, padding, Size.square(1), groups, bias), x);
    if (random.nextBoolean()) {
      y = append(BatchNorm.of(out), y);
    }
    switch (random.nextInt(3)) {
      case 0 -> append(new Activation(Activation.Function.RELU), y);
      case 1 -> append(new Activation(Activation.Function.RELU6), y);
      default -> {}
    }
  }

  /** MobileNetV2's block: expand, filter each channel, project; added to x where it may be. */
  private void invertedResidual(Known x) {
    int in = x.shape().channels();
    int wide = in * (1 + random.nextInt(3));
    int out = random.nextBoolean() ? in : channels();
    int stride = 1 + random.nextInt(2);
    Known y = normalized(Conv2d.pointwise(in, wide), true, x);
    y = normalized(Conv2d.depthwise(wide, 3, stride), true, y);
    y = normalized(Conv2d.pointwise(wide, out), false, y);
    if (stride == 1 && in == out && random.nextInt(4) > 0) {
      append(new Add(), x, y);
    }
  }

  private Known normalized(Conv2d conv, boolean relu6, Known x) {
    Known y = append(BatchNorm.of(conv.outChannels()), append(conv, x));
    return relu6 ? append(new Activation(Activation.Function.RELU6), y) : y;
  }

  /** Light-Weight RefineNet's pools, each added to the sum of those before it. */
  private void chainedPooling(Known x) {
    int channels = x.shape().channels();
    Conv2d conv = Conv2d.pointwise(channels, channels);
    if (random.nextInt(3) == 0) {
      conv = conv.withGroups(channels);
    }
    Known top = x;
    Known sum = x;
    for (int i = 1 + random.nextInt(4); i > 0; i--) {
      top = append(conv, append(MaxPool2d.of(5, 1, 2), top));
      sum = random.nextBoolean() ? append(new Add(), top, sum) : append(new Add(), sum, top);
    }
  }

  /** A HydraNet's task: each channel scaled and clipped, then a 3x3 convolution. */
  private void head(Known x) {
    int channels = x.shape().channels();
    Known scaled =
        append(
            new Activation(Activation.Function.RELU6), append(Conv2d.depthwise(channels, 1, 1), x));
    append(Conv2d.of(channels, channels(), 3).withPadding(1).withBias(), scaled);
  }

  private void upsample(Known x) {
    Upsample.Mode mode = Upsample.Mode.values()[random.nextInt(3)];
    switch (random.nextInt(3)) {
      case 0 -> append(new Upsample(mode, new Upsample.Target.By(new Size(2, 1))), x);
      case 1 ->
          append(
              new Upsample(mode, new Upsample.Target.To(new Size(oneOf(EXTENTS), oneOf(EXTENTS)))),
              x);
      default ->
          append(
              new Upsample(mode, new Upsample.Target.Like()),
              x,
              values.get(random.nextInt(values.size())));
    }
  }

  /** Concatenates all values of x's plane, up to three. */
  private void join(Known x) {
    List<Known> joined =
        values.stream()
            .filter(
                v ->
                    v.shape().height() == x.shape().height()
                        && v.shape().width() == x.shape().width())
            .limit(3)
            .toList();
    append(new Concat(), joined.toArray(Known[]::new));
  }

  /** Adds x to what a convolution makes of it, and perhaps clips the sum. */
  private void residual(Known x) {
    int channels = x.shape().channels();
    Known branch = append(Conv2d.of(channels, channels, 3).withPadding(1), x);
    if (random.nextBoolean()) {
      branch = append(BatchNorm.of(channels), branch);
    }
    Known sum = random.nextBoolean() ? append(new Add(), branch, x) : append(new Add(), x, branch);
    if (random.nextBoolean()) {
      append(new Activation(Activation.Function.RELU6), sum);
    }
  }

  private void classify() {
    Known x = append(new GlobalAvgPool(), values.get(values.size() - 1));
    x = append(new Flatten(), x);
    append(new Linear(x.shape().dim(1), channels(), random.nextBoolean()), x);
  }

  private Known append(Op op, Known... operands) {
    Value[] inputs = new Value[operands.length];
    List<Shape> shapes = new ArrayList<>();
    for (int i = 0; i < operands.length; i++) {
      inputs[i] = operands[i].value();
      shapes.add(operands[i].shape());
    }
    Known known =
        new Known(
            builder.op(op.kind().toLowerCase(Locale.ROOT) + values.size(), op, inputs),
            op.outputShape(shapes));
    values.add(known);
    return known;
  }

  /** A window that fits the plane without padding. */
  private Size window(Known x, int most) {
    return new Size(
        1 + random.nextInt(Math.min(most, x.shape().height())),
        1 + random.nextInt(Math.min(most, x.shape().width())));
  }

  private Size stride() {
    return new Size(1 + random.nextInt(2), 1 + random.nextInt(2));
  }

  /** Seldom wide ones: the reference takes its time over them. */
  private int channels() {
    return oneOf(random.nextInt(10) == 0 ? WIDE : CHANNELS);
  }

  private int oneOf(int[] choices) {
    return choices[random.nextInt(choices.length)];
  }

  private static int commonDivisor(int a, int b) {
    return b == 0 ? a : commonDivisor(b, a % b);
  }
}
