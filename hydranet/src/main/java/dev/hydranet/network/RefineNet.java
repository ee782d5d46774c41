package dev.hydranet.network;

import dev.hydranet.engine.graph.Conv2d;
import dev.hydranet.engine.graph.GraphBuilder;
import dev.hydranet.engine.graph.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * The blocks of RefineNet (arXiv 1611.06612, figure 3), to be appended to any graph. The paper's
 * convolutions are 3x3 and have biases; its batch normalisations are gone. Parameters are named
 * under the block's path, as told at each method.
 */
public final class RefineNet {
  /** The residual convolution units on each of a RefineNet block's paths. */
  private static final int PATH_UNITS = 2;

  /** The pooling stages of a RefineNet block. */
  private static final int POOLING_STAGES = 2;

  private RefineNet() {}

  /**
   * Residual convolution unit (figure 3b): {@code x + conv2(relu(conv1(relu(x))))}, with parameters
   * {@code path.conv1} and {@code path.conv2}.
   *
   * @param g the graph, which is appended to
   * @param path under which the parameters are named
   * @param in {@code [N, C, H, W]}
   * @return what the unit gives, of the input's shape
   */
  public static Features residualConvUnit(GraphBuilder g, String path, Features in) {
    Value x = g.relu(path + ".relu1", in.value()); // [N, C, H, W], like all below
    x = g.conv2d(path + ".conv1", x, conv3x3(in.channels(), in.channels()));
    x = g.relu(path + ".relu2", x);
    x = g.conv2d(path + ".conv2", x, conv3x3(in.channels(), in.channels()));
    return new Features(g.add(path + ".sum", x, in.value()), in.channels());
  }

  /**
   * Multi-resolution fusion (figure 3c): each path gets a convolution to the smallest number of
   * channels among them and bilinear upsampling to the first path's size; then they are added, in
   * order. Parameters are {@code path.0}, {@code path.1}, ... A single path comes back as it is.
   *
   * @param g the graph, which is appended to
   * @param path under which the parameters are named
   * @param paths the one of the largest resolution first
   * @return the sum, of the first path's size and the fewest channels among them
   * @throws IllegalArgumentException if there is no path
   */
  public static Features multiResolutionFusion(GraphBuilder g, String path, List<Features> paths) {
    if (paths.size() == 1) {
      return paths.get(0);
    }
    int channels =
        paths.stream()
            .mapToInt(Features::channels)
            .min()
            .orElseThrow(() -> new IllegalArgumentException(path + ": no path to fuse"));
    Value sum = null;
    for (int i = 0; i < paths.size(); i++) {
      String name = path + "." + i;
      Features in = paths.get(i);
      Value x = g.conv2d(name, in.value(), conv3x3(in.channels(), channels));
      sum = i == 0 ? x : g.add(name + ".sum", sum, g.upsampleLike(name + ".up", x, sum));
    }
    return new Features(sum, channels);
  }

  /**
   * Chained residual pooling (figure 3d): a ReLU, then stages of a 5x5 max-pool and a convolution,
   * each on the one before, all added to the ReLU's output. Parameters are {@code path.1}, {@code
   * path.2}, ...
   *
   * @param g the graph, which is appended to
   * @param path under which the parameters are named
   * @param in {@code [N, C, H, W]}
   * @param stages how many, at least 1
   * @return the last sum, of the input's shape
   */
  public static Features chainedResidualPooling(
      GraphBuilder g, String path, Features in, int stages) {
    Value sum = g.relu(path + ".relu", in.value()); // [N, C, H, W], like all below
    Value top = sum;
    for (int stage = 1; stage <= stages; stage++) {
      String name = path + "." + stage;
      top = g.maxPool2d(name + ".pool", top, 5, 1, 2);
      top = g.conv2d(name, top, conv3x3(in.channels(), in.channels()));
      sum = g.add(name + ".sum", top, sum);
    }
    return new Features(sum, in.channels());
  }

  /**
   * A RefineNet block (figure 3a): two residual convolution units on each path, fusion, chained
   * residual pooling of two stages, one residual convolution unit. Parameters are under {@code
   * path.adapt.I.J}, {@code path.fuse}, {@code path.pool} and {@code path.output}.
   *
   * @param g the graph, which is appended to
   * @param path under which the parameters are named
   * @param paths the one of the largest resolution first
   * @return what the block gives, of the first path's size and the fewest channels among them
   * @throws IllegalArgumentException if there is no path
   */
  public static Features block(GraphBuilder g, String path, List<Features> paths) {
    List<Features> adapted = new ArrayList<>();
    for (int i = 0; i < paths.size(); i++) {
      Features x = paths.get(i);
      for (int unit = 0; unit < PATH_UNITS; unit++) {
        x = residualConvUnit(g, path + ".adapt." + i + "." + unit, x);
      }
      adapted.add(x);
    }
    Features x = multiResolutionFusion(g, path + ".fuse", adapted);
    x = chainedResidualPooling(g, path + ".pool", x, POOLING_STAGES);
    return residualConvUnit(g, path + ".output", x);
  }

  private static Conv2d conv3x3(int inChannels, int outChannels) {
    return Conv2d.of(inChannels, outChannels, 3).withPadding(1).withBias();
  }
}
