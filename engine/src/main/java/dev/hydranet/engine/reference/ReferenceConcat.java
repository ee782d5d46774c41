package dev.hydranet.engine.reference;

import dev.hydranet.engine.graph.Concat;
import dev.hydranet.engine.tensor.Tensor;
import java.util.List;

/** What the inputs have along the axis and behind it, one input after the other. */
final class ReferenceConcat {
  private ReferenceConcat() {}

  /**
   * @param inputs alike but for their extents along the axis
   * @param out the sum of these
   */
  static void compute(Concat op, List<Tensor> inputs, Tensor out) {
    Lines whole = Lines.from(op.axis(), out.shape());
    int to = 0;
    for (int i = 0; i < whole.count(); i++) {
      for (Tensor in : inputs) {
        int length = Lines.from(op.axis(), in.shape()).length();
        System.arraycopy(in.data(), i * length, out.data(), to, length);
        to += length;
      }
    }
  }
}
