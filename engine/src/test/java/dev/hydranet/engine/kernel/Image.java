package dev.hydranet.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hydranet.engine.kernel.choice.Kernels;
import dev.hydranet.engine.tensor.Shape;
import dev.hydranet.engine.tensor.Tensor;
import java.util.Arrays;

/**
 * Memory for an image as a session may lay it out: at an odd offset, with room between pixels. All
 * that is no value of the image is NaN, which shows in a result that it has got into.
 */
final class Image {
  private static final int BEFORE = 5;
  private static final int BEHIND = 64;

  private final Nhwc place;
  private final Shape shape;

  private Image(Shape shape, int gap) {
    int lanes = Kernels.provider().lanes();
    int stride = Math.ceilDiv(shape.channels(), lanes) * lanes + gap * lanes;
    int pixels = shape.batch() * shape.height() * shape.width();
    float[] data = new float[BEFORE + pixels * stride + BEHIND];
    Arrays.fill(data, Float.NaN);
    this.shape = shape;
    this.place =
        new Nhwc(
            data, BEFORE, shape.batch(), shape.height(), shape.width(), shape.channels(), stride);
  }

  /**
   * Memory for a result.
   *
   * @param gap vectors of room between pixels
   */
  static Image empty(Shape shape, int gap) {
    return new Image(shape, gap);
  }

  /** A tensor in memory. */
  static Image of(Tensor tensor, int gap) {
    Image image = new Image(tensor.shape(), gap);
    for (int i = 0; i < tensor.data().length; i++) {
      image.place.data()[image.index(i)] = tensor.data()[i];
    }
    return image;
  }

  Nhwc place() {
    return place;
  }

  /** What the memory holds. */
  Tensor tensor() {
    Tensor tensor = Tensor.zeros(shape);
    for (int i = 0; i < tensor.data().length; i++) {
      tensor.data()[i] = place.data()[index(i)];
    }
    return tensor;
  }

  /** Where the i-th value of a tensor lies, counted in NCHW. */
  private int index(int i) {
    int plane = shape.height() * shape.width();
    int channel = i / plane % shape.channels();
    int pixel = i / plane / shape.channels() * plane + i % plane;
    return place.pixel(pixel) + channel;
  }

  /** Fails if anything was written before the image or behind it. */
  void assertNothingElseIsWritten() {
    float[] data = place.data();
    for (int i = 0; i < data.length; i++) {
      if (i < BEFORE || i >= data.length - BEHIND) {
        assertThat(data[i]).as("float %d of %d", i, data.length).isNaN();
      }
    }
  }
}
