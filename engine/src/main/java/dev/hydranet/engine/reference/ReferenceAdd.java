package dev.hydranet.engine.reference;

import dev.hydranet.engine.tensor.Tensor;

/** The element-wise sum. */
final class ReferenceAdd {
  private ReferenceAdd() {}

  static void compute(Tensor a, Tensor b, Tensor out) {
    for (int i = 0; i < out.data().length; i++) {
      out.data()[i] = a.data()[i] + b.data()[i];
    }
  }
}
