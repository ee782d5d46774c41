package dev.hydranet.benchmarks.ladder;

import dev.hydranet.benchmarks.ladder.rung.ChannelsLastRung;
import dev.hydranet.benchmarks.ladder.rung.Convolution;
import dev.hydranet.engine.kernel.Clamp;
import dev.hydranet.engine.kernel.Kernel;
import dev.hydranet.engine.kernel.Nhwc;

/**
 * The engine's own kernel: all of the rungs below at once, for any size, any number of channels and
 * every width of vectors, in parts for threads.
 *
 * <p>Its sums are cut into blocks whose errors stay small, its tiles are five pixels by four
 * vectors where there are registers for them; a standard convolution copies what the kernel sees at
 * each pixel into a row of a matrix.
 */
final class Engine extends ChannelsLastRung {
  private final Kernel kernel;

  Engine(Convolution c) {
    super(c);
    kernel = EngineKernels.direct(c, input(this), null, Clamp.RELU6, output(this));
  }

  static Nhwc input(ChannelsLastRung rung) {
    Convolution c = rung.c;
    return new Nhwc(rung.in, 0, 1, c.height(), c.width(), c.channels(), c.channels());
  }

  static Nhwc output(ChannelsLastRung rung) {
    Convolution c = rung.c;
    return new Nhwc(rung.out, 0, 1, c.outHeight(), c.outWidth(), c.outputs(), c.outputs());
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
