package dev.hydranet.benchmarks.ladder;

import dev.hydranet.benchmarks.ladder.rung.ChannelsLastRung;
import dev.hydranet.benchmarks.ladder.rung.Convolution;
import dev.hydranet.engine.kernel.Clamp;
import dev.hydranet.engine.kernel.Kernel;

/**
 * Another algorithm: the engine's kernel for 3x3 convolutions of stride 1 makes 16 outputs with 36
 * multiplications instead of 144 (Winograd's F(4x4, 3x3)).
 *
 * <p>Multiply-adds a second are those that the definition asks for, and may so be more than the
 * machine does.
 */
final class EngineWinograd extends ChannelsLastRung {
  private final Kernel kernel;

  EngineWinograd(Convolution c) {
    super(c);
    kernel = EngineKernels.winograd(c, Engine.input(this), Clamp.RELU6, Engine.output(this));
  }

  @Override
  public int parts() {
    return kernel.parts();
  }

  @Override
  public long scratchFloats() {
    return kernel.scratchFloats();
  }

  @Override
  public void run(int part, float[] scratch) {
    kernel.run(part, scratch);
  }
}
