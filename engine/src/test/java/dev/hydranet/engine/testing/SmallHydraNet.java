package dev.hydranet.engine.testing;

import dev.hydranet.engine.graph.Conv2d;
import dev.hydranet.engine.graph.Graph;
import dev.hydranet.engine.graph.GraphBuilder;
import dev.hydranet.engine.graph.Value;
import java.util.List;

/** A HydraNet in small: stem, inverted residuals, chained pooling, upsampling and two heads. */
public final class SmallHydraNet {
  private SmallHydraNet() {}

  /** The network, for three channels. */
  public static Graph graph() {
    GraphBuilder g = new GraphBuilder();
    Value input = g.input("input");
    Value stem = g.conv2d("stem", input, Conv2d.of(3, 17, 3).withStride(2).withPadding(1));
    stem = g.relu6("stem.relu", g.batchNorm("stem.norm", stem, 17));
    Value same = g.add("same", stem, invertedResidual(g, "block1", stem, 17, 17, 1));
    Value half = invertedResidual(g, "block2", same, 17, 24, 2);
    Value top = half;
    Value sum = half;
    for (int i = 1; i <= 4; i++) {
      Value pooled = g.maxPool2d("pool" + i, top, 5, 1, 2);
      top = g.conv2d("pool" + i + ".conv", pooled, Conv2d.pointwise(24, 24));
      sum = g.add("sum" + i, top, sum);
    }
    Value adapted = g.conv2d("adapt", sum, Conv2d.pointwise(24, 17));
    Value whole = g.add("whole", same, g.upsampleLike("up", adapted, same));
    for (String task : List.of("segm", "depth")) {
      Value scaled = g.conv2d("pre_" + task, whole, Conv2d.depthwise(17, 1, 1));
      Value clipped = g.relu6("pre_" + task + ".relu", scaled);
      int classes = task.equals("segm") ? 6 : 1;
      g.output(task, g.conv2d(task, clipped, Conv2d.of(17, classes, 3).withPadding(1).withBias()));
    }
    return g.build();
  }

  private static Value invertedResidual(
      GraphBuilder g, String name, Value x, int in, int out, int stride) {
    int wide = 6 * in;
    x = g.conv2d(name + ".expand", x, Conv2d.pointwise(in, wide));
    x = g.relu6(name + ".relu1", g.batchNorm(name + ".norm1", x, wide));
    x = g.conv2d(name + ".depthwise", x, Conv2d.depthwise(wide, 3, stride));
    x = g.relu6(name + ".relu2", g.batchNorm(name + ".norm2", x, wide));
    x = g.conv2d(name + ".project", x, Conv2d.pointwise(wide, out));
    return g.batchNorm(name + ".norm3", x, out);
  }
}
