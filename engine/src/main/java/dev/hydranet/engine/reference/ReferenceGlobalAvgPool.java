package dev.hydranet.engine.reference;

import dev.hydranet.engine.tensor.Tensor;

/** The mean of each plane. */
final class ReferenceGlobalAvgPool {
  private ReferenceGlobalAvgPool() {}

  /**
   * @param in {@code [N, C, H, W]}
   * @param out {@code [N, C, 1, 1]}
   */
  static void compute(Tensor in, Tensor out) {
    int plane = in.shape().height() * in.shape().width();
    for (int i = 0; i < out.data().length; i++) {
      double sum = 0;
      for (int j = 0; j < plane; j++) {
        sum += in.data()[i * plane + j];
      }
      out.data()[i] = (float) (sum / plane);
    }
  }
}
