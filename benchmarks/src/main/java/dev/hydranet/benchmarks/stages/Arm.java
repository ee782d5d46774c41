package dev.hydranet.benchmarks.stages;

import dev.hydranet.benchmarks.ladder.EngineKernels;
import dev.hydranet.benchmarks.ladder.rung.ChannelsLastRung;
import dev.hydranet.benchmarks.ladder.rung.Convolution;
import dev.hydranet.engine.kernel.Clamp;
import dev.hydranet.engine.kernel.Kernel;
import dev.hydranet.engine.kernel.Nhwc;
import dev.hydranet.engine.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/** Who computes. */
enum Arm {
  /** The plain loops of the ladder's third rung. */
  LOOPS {
    @Override
    Pass bind(Operation operation, Layers layers) {
      if (operation == Operation.WINOGRAD || operation.fused()) {
        throw new IllegalArgumentException("there are no plain loops for " + operation);
      }
      Nhwc in = image(layers.input());
      Nhwc x = in;
      List<Kernel> kernels = new ArrayList<>();
      for (int i = 0; i < layers.convolutions().size(); i++) {
        Convolution c = layers.convolutions().get(i);
        Nhwc y = image(c.output());
        kernels.add(
            c.conv().isDepthwise()
                ? new dev.hydranet.benchmarks.ladder.depthwise.ChannelsLast(c, x.data(), y.data())
                : new dev.hydranet.benchmarks.ladder.dense.ChannelsLast(
                    c, x.data(), y.data(), layers.relu6(i)));
        x = y;
      }
      if (layers.residual()) {
        kernels.add(new PlainAdd(x, in));
      }
      return new Pass(kernels, in, x);
    }

    private Nhwc image(Shape shape) {
      int channels = shape.channels();
      float[] data = ChannelsLastRung.image(shape);
      return new Nhwc(data, 0, 1, shape.height(), shape.width(), channels, channels);
    }
  },

  /** The engine's kernels. */
  ENGINE {
    @Override
    Pass bind(Operation operation, Layers layers) {
      Nhwc in = EngineKernels.image(layers.input());
      List<Convolution> parts = layers.convolutions();
      if (operation == Operation.WINOGRAD) {
        Nhwc out = EngineKernels.image(layers.output());
        return new Pass(
            List.of(EngineKernels.winograd(parts.get(0), in, Clamp.RELU6, out)), in, out);
      }
      if (operation.fused()) {
        Nhwc out = EngineKernels.image(layers.output());
        Kernel together =
            EngineKernels.invertedResidual(
                parts.get(0), parts.get(1), parts.get(2), in, layers.residual() ? in : null, out);
        return new Pass(List.of(together), in, out);
      }
      Nhwc x = in;
      List<Kernel> kernels = new ArrayList<>();
      for (int i = 0; i < parts.size(); i++) {
        Nhwc y = EngineKernels.image(parts.get(i).output());
        Nhwc added = layers.residual() && i == parts.size() - 1 ? in : null;
        Clamp clamp = layers.relu6(i) ? Clamp.RELU6 : Clamp.NONE;
        kernels.add(EngineKernels.direct(parts.get(i), x, added, clamp, y));
        x = y;
      }
      return new Pass(kernels, in, x);
    }
  };

  /** Kernels with their own memory. */
  abstract Pass bind(Operation operation, Layers layers);
}
