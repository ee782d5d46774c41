package dev.hydranet.engine.reference;

import dev.hydranet.engine.graph.Normalize;
import dev.hydranet.engine.tensor.Shape;
import dev.hydranet.engine.tensor.Tensor;
import java.util.List;

/** Mean and variance of each part of the input, then each element by them. */
final class ReferenceNormalize {
  private ReferenceNormalize() {}

  /**
   * @param in {@code [N, C, ...]}, or for layer normalisation {@code [..., dims]}
   * @param parameters weight and bias, if the operator has them
   * @param out of the input's shape
   */
  static void compute(Normalize op, Tensor in, List<Tensor> parameters, Tensor out) {
    switch (op) {
      case Normalize.Group group -> {
        int plane = plane(in.shape());
        int length = group.channels() / group.groups() * plane;
        for (int begin = 0; begin < in.data().length; begin += length) {
          int first = begin / plane % group.channels();
          normalize(in, out, begin, length, group.eps(), parameters, first, plane);
        }
      }
      case Normalize.Layer layer -> {
        int length = layer.dims().stream().reduce(1, (a, b) -> a * b);
        for (int begin = 0; begin < in.data().length; begin += length) {
          normalize(in, out, begin, length, layer.eps(), parameters, 0, 1);
        }
      }
      case Normalize.LocalResponse lrn -> localResponse(lrn, in, out);
    }
  }

  /** Elements of one channel of one image. */
  private static int plane(Shape shape) {
    int plane = 1;
    for (int axis = 2; axis < shape.rank(); axis++) {
      plane *= shape.dim(axis);
    }
    return plane;
  }

  /**
   * One part of the input; {@code repeat} elements in a row share a weight, the first of which is
   * number {@code first}.
   */
  private static void normalize(
      Tensor in,
      Tensor out,
      int begin,
      int length,
      double eps,
      List<Tensor> parameters,
      int first,
      int repeat) {
    double sum = 0;
    for (int i = begin; i < begin + length; i++) {
      sum += in.data()[i];
    }
    double mean = sum / length;
    double squares = 0;
    for (int i = begin; i < begin + length; i++) {
      squares += (in.data()[i] - mean) * (in.data()[i] - mean);
    }
    double deviation = Math.sqrt(squares / length + eps);
    for (int i = 0; i < length; i++) {
      int weight = first + i / repeat;
      out.data()[begin + i] =
          (float)
              ((in.data()[begin + i] - mean) / deviation * parameters.get(0).data()[weight]
                  + parameters.get(1).data()[weight]);
    }
  }

  private static void localResponse(Normalize.LocalResponse op, Tensor in, Tensor out) {
    int channels = in.shape().dim(1);
    int plane = plane(in.shape());
    for (int i = 0; i < in.data().length; i++) {
      int channel = i / plane % channels;
      double sum = 0;
      int begin = Math.max(0, channel - (op.size() - 1) / 2);
      int end = Math.min(channels - 1, channel + op.size() / 2);
      for (int c = begin; c <= end; c++) {
        double x = in.data()[i + (c - channel) * plane];
        sum += x * x;
      }
      double base = op.bias() + (double) op.alpha() / op.size() * sum;
      out.data()[i] = (float) (in.data()[i] / Math.pow(base, op.beta()));
    }
  }
}
