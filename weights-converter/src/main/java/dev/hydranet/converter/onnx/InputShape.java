package dev.hydranet.converter.onnx;

import dev.hydranet.engine.tensor.Shape;

/** What an exported model takes as one of its inputs. */
public sealed interface InputShape {
  /**
   * Exactly this shape.
   *
   * @param shape every extent of it
   */
  record Fixed(Shape shape) implements InputShape {}

  /**
   * NCHW images of these many channels, in any batch and of any height and width.
   *
   * @param channels at least 1
   */
  record AnySize(int channels) implements InputShape {
    /**
     * Checks the channels.
     *
     * @throws IllegalArgumentException if there are none
     */
    public AnySize {
      if (channels < 1) {
        throw new IllegalArgumentException("channels must be at least 1, found " + channels);
      }
    }
  }
}
