package dev.hydranet.engine.reference;

import dev.hydranet.engine.tensor.Tensor;
import java.util.List;

/** The inputs' channels one after the other, image by image. */
final class ReferenceConcat {
  private ReferenceConcat() {}

  /**
   * @param inputs {@code [N, C_i, H, W]} each
   * @param out {@code [N, sum of C_i, H, W]}
   */
  static void compute(List<Tensor> inputs, Tensor out) {
    int to = 0;
    for (int n = 0; n < out.shape().batch(); n++) {
      for (Tensor in : inputs) {
        int image = in.shape().channels() * in.shape().height() * in.shape().width();
        System.arraycopy(in.data(), n * image, out.data(), to, image);
        to += image;
      }
    }
  }
}
