package dev.hydranet.benchmarks.stages;

import java.util.Optional;

/**
 * Where MobileNetV2 (224x224 images) and the light-weight RefineNet decoder behind it convolve: the
 * size and channels that a depthwise convolution sees or, in the decoder, a pointwise one.
 */
public enum Stage {
  S112_C32(112, 32, 1, new Block(32, 16)),
  S112_C96_DOWN(112, 96, 2, new Block(16, 24)),
  S56_C144(56, 144, 1, new Block(24, 24)),
  S56_C144_DOWN(56, 144, 2, new Block(24, 32)),
  S28_C192(28, 192, 1, new Block(32, 32)),
  S28_C192_DOWN(28, 192, 2, new Block(32, 64)),
  S14_C384(14, 384, 1, new Block(64, 64)),
  S14_C576(14, 576, 1, new Block(96, 96)),
  S14_C576_DOWN(14, 576, 2, new Block(96, 160)),
  S7_C960(7, 960, 1, new Block(160, 160)),
  DECODER_7(7, 256, 1, null),
  DECODER_14(14, 256, 1, null),
  DECODER_28(28, 256, 1, null),
  DECODER_56(56, 256, 1, null);

  /**
   * The inverted residual around a depthwise convolution.
   *
   * @param in channels before they are expanded
   * @param out channels after they are projected
   */
  public record Block(int in, int out) {}

  private final int size;
  private final int channels;
  private final int stride;
  private final Block block;

  Stage(int size, int channels, int stride, Block block) {
    this.size = size;
    this.channels = channels;
    this.stride = stride;
    this.block = block;
  }

  /** Input pixels on a side. */
  public int size() {
    return size;
  }

  /** Input channels. */
  public int channels() {
    return channels;
  }

  /** 1, or 2 where the encoder halves its images. */
  public int stride() {
    return stride;
  }

  /** The block around it; the decoder has none. */
  public Optional<Block> block() {
    return Optional.ofNullable(block);
  }

  /** Size, channels and stride, as readable text. */
  @Override
  public String toString() {
    String where = name().startsWith("DECODER") ? "decoder " : "";
    return where + size + "/" + channels + (stride == 1 ? "" : " s" + stride);
  }
}
