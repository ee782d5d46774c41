package dev.hydranet.engine.reference;

import dev.hydranet.engine.tensor.Tensor;

/** A matrix product: {@code out[n][o] = bias[o] + sum over i of weight[o][i] * in[n][i]}. */
final class ReferenceLinear {
  private ReferenceLinear() {}

  /**
   * @param in {@code [..., I]}
   * @param weight {@code [O, I]}
   * @param bias {@code [O]}, or null
   * @param out {@code [..., O]}
   */
  static void compute(Tensor in, Tensor weight, Tensor bias, Tensor out) {
    int inFeatures = weight.shape().dim(1);
    int outFeatures = weight.shape().dim(0);
    for (int n = 0; n < in.data().length / inFeatures; n++) {
      for (int o = 0; o < outFeatures; o++) {
        double sum = bias == null ? 0 : bias.data()[o];
        for (int i = 0; i < inFeatures; i++) {
          sum += (double) weight.data()[o * inFeatures + i] * in.data()[n * inFeatures + i];
        }
        out.data()[n * outFeatures + o] = (float) sum;
      }
    }
  }
}
