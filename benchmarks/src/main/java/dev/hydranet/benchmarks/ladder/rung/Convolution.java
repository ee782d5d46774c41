package dev.hydranet.benchmarks.ladder.rung;

import dev.hydranet.engine.graph.Conv2d;
import dev.hydranet.engine.graph.Graph;
import dev.hydranet.engine.graph.GraphBuilder;
import dev.hydranet.engine.graph.Value;
import dev.hydranet.engine.reference.ReferenceExecutor;
import dev.hydranet.engine.tensor.Shape;
import dev.hydranet.engine.tensor.Tensor;
import dev.hydranet.engine.verify.Tolerance;
import dev.hydranet.engine.weights.RandomWeights;
import java.util.List;
import java.util.Map;

/**
 * What every rung of the ladder computes: a convolution of one image with a bias, then ReLU6. The
 * kernel is square, padded by half its size.
 *
 * @param conv its geometry, with bias
 * @param height of the input, in pixels
 * @param width of the input, in pixels
 */
public record Convolution(Conv2d conv, int height, int width) {
  private static final String INPUT = "input";
  private static final String CONV = "conv";
  private static final String OUTPUT = "output";
  private static final long SEED = 1;

  /** A kernel over all channels. */
  public static Convolution standard(int in, int out, int stride, int height, int width) {
    Conv2d conv = Conv2d.of(in, out, 3).withPadding(1).withStride(stride).withBias();
    return new Convolution(conv, height, width);
  }

  /** A matrix product at every pixel. */
  public static Convolution pointwise(int in, int out, int height, int width) {
    return new Convolution(Conv2d.pointwise(in, out).withBias(), height, width);
  }

  /** A depthwise convolution: one kernel for each channel. */
  public static Convolution depthwise(int channels, int stride, int height, int width) {
    return new Convolution(Conv2d.depthwise(channels, 3, stride).withBias(), height, width);
  }

  /** Input channels. */
  public int channels() {
    return conv.inChannels();
  }

  /** Output channels. */
  public int outputs() {
    return conv.outChannels();
  }

  /** Input channels that an output channel sees. */
  public int groupChannels() {
    return conv.inChannels() / conv.groups();
  }

  /** Pixels on a side of the kernel. */
  public int kernel() {
    return conv.kernel().height();
  }

  /** From one window to the next, both ways. */
  public int stride() {
    return conv.stride().height();
  }

  /** Pixels of zeros around the image. */
  public int padding() {
    return conv.padding().height();
  }

  /** {@code [1, channels, height, width]}. */
  public Shape input() {
    return Shape.of(1, channels(), height, width);
  }

  /** {@code [1, outputs, outHeight, outWidth]}. */
  public Shape output() {
    return Shape.of(1, outputs(), outHeight(), outWidth());
  }

  /** Windows that fit below each other into the padded image. */
  public int outHeight() {
    return (height + 2 * padding() - kernel()) / stride() + 1;
  }

  /** Windows that fit side by side into the padded image. */
  public int outWidth() {
    return (width + 2 * padding() - kernel()) / stride() + 1;
  }

  /** Multiply-adds. */
  public long macs() {
    return conv.macs(List.of(input()));
  }

  /** Bytes of input, weights and output, each once. */
  public long bytes() {
    long weights = conv.parameters().stream().mapToLong(p -> p.shape().elementCount()).sum();
    return (input().elementCount() + weights + output().elementCount()) * Float.BYTES;
  }

  /** Random weights, always the same: {@code [outputs][groupChannels][kernel][kernel]}. */
  public float[] weights() {
    return parameters().get(CONV + ".weight").data();
  }

  /** Random biases, always the same: {@code [outputs]}. */
  public float[] bias() {
    return parameters().get(CONV + ".bias").data();
  }

  /** What the reference executor computes from an input. */
  public Tensor expected(Tensor input) {
    return ReferenceExecutor.run(graph(), parameters(), Map.of(INPUT, input), List.of(OUTPUT))
        .get(OUTPUT);
  }

  /** How far a result may be from that, relative to its largest magnitude. */
  public double tolerance() {
    return Tolerance.of(graph(), Map.of(INPUT, input()), List.of(OUTPUT)).get(OUTPUT);
  }

  private Map<String, Tensor> parameters() {
    return RandomWeights.of(graph(), SEED);
  }

  private Graph graph() {
    GraphBuilder g = new GraphBuilder();
    Value x = g.conv2d(CONV, g.input(INPUT), conv);
    g.output(OUTPUT, g.relu6("relu6", x));
    return g.build();
  }
}
