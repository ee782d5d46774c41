package dev.hydranet.engine.reference;

import dev.hydranet.engine.graph.BatchNorm;
import dev.hydranet.engine.tensor.Shape;
import dev.hydranet.engine.tensor.Tensor;
import java.util.List;

/** {@code (x - mean) / sqrt(var + eps) * weight + bias}, each channel with its own four numbers. */
final class ReferenceBatchNorm {
  private ReferenceBatchNorm() {}

  /**
   * @param in {@code [N, C, ...]}
   * @param parameters weight, bias, running mean and running variance, each {@code [C]}
   * @param out {@code [N, C, ...]}
   */
  static void compute(BatchNorm norm, Tensor in, List<Tensor> parameters, Tensor out) {
    float[] weight = parameters.get(0).data();
    float[] bias = parameters.get(1).data();
    float[] mean = parameters.get(2).data();
    float[] variance = parameters.get(3).data();
    Shape shape = in.shape();
    int plane = in.data().length / Math.max(1, shape.dim(0) * norm.channels());
    int i = 0;
    for (int n = 0; n < shape.dim(0); n++) {
      for (int c = 0; c < norm.channels(); c++) {
        double deviation = Math.sqrt(variance[c] + norm.eps());
        for (int end = i + plane; i < end; i++) {
          out.data()[i] =
              (float) (((double) in.data()[i] - mean[c]) / deviation * weight[c] + bias[c]);
        }
      }
    }
  }
}
