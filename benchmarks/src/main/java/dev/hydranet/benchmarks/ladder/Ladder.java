package dev.hydranet.benchmarks.ladder;

import dev.hydranet.benchmarks.ladder.dense.CacheBlocks;
import dev.hydranet.benchmarks.ladder.dense.ChannelsLast;
import dev.hydranet.benchmarks.ladder.dense.Fusion;
import dev.hydranet.benchmarks.ladder.dense.Packing;
import dev.hydranet.benchmarks.ladder.dense.RegisterTile;
import dev.hydranet.benchmarks.ladder.dense.Vectors;
import dev.hydranet.benchmarks.ladder.rung.Convolution;
import dev.hydranet.benchmarks.ladder.rung.Rung;
import java.util.List;
import java.util.function.Function;

/** The three convolutions, each with its rungs from the ground up. */
public enum Ladder {
  /** 3x3 over all channels. */
  STANDARD(
      List.of(
          SevenLoops::new,
          LoopOrder::new,
          ChannelsLast::new,
          Vectors::new,
          RegisterTile::new,
          CacheBlocks::new,
          Packing::new,
          Fusion::new,
          Engine::new,
          EngineWinograd::new)),

  /** 1x1 over all channels. */
  POINTWISE(
      List.of(
          SevenLoops::new,
          LoopOrder::new,
          ChannelsLast::new,
          Vectors::new,
          RegisterTile::new,
          CacheBlocks::new,
          Packing::new,
          Fusion::new,
          Engine::new)),

  /** 3x3, a kernel for each channel. */
  DEPTHWISE(
      List.of(
          SevenLoops::new,
          LoopOrder::new,
          dev.hydranet.benchmarks.ladder.depthwise.ChannelsLast::new,
          dev.hydranet.benchmarks.ladder.depthwise.Vectors::new,
          dev.hydranet.benchmarks.ladder.depthwise.RegisterTile::new,
          dev.hydranet.benchmarks.ladder.depthwise.CacheBlocks::new,
          dev.hydranet.benchmarks.ladder.depthwise.Packing::new,
          dev.hydranet.benchmarks.ladder.depthwise.Fusion::new,
          Engine::new));

  private final List<Function<Convolution, Rung>> rungs;

  Ladder(List<Function<Convolution, Rung>> rungs) {
    this.rungs = rungs;
  }

  /** How many rungs it has. */
  public int height() {
    return rungs.size();
  }

  /**
   * A rung with its own memory.
   *
   * @param number from 1, the lowest
   */
  public Rung rung(int number, Convolution c) {
    return rungs.get(number - 1).apply(c);
  }

  /** Its convolution, with equal numbers of input and output channels, stride 1. */
  public Convolution convolution(int channels, int height, int width) {
    return switch (this) {
      case STANDARD -> Convolution.standard(channels, channels, 1, height, width);
      case POINTWISE -> Convolution.pointwise(channels, channels, height, width);
      case DEPTHWISE -> Convolution.depthwise(channels, 1, height, width);
    };
  }
}
