package dev.hydranet.engine.graph;

import dev.hydranet.engine.tensor.Shape;
import java.util.List;

/**
 * exp(x) over its sum, computed without overflow.
 *
 * @param axis along which it is summed; one below 0 counts from the end
 * @param toEnd whether it is summed along all axes from this one on together
 * @param log whether the result is its logarithm
 */
public record Softmax(int axis, boolean toEnd, boolean log) implements Op {
  /** Along dimension 1: channels or classes. */
  public Softmax() {
    this(1, false, false);
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    Shape in = Inputs.one(inputs);
    Inputs.axis(axis, in);
    return in;
  }

  @Override
  public String kind() {
    return log ? "LogSoftmax" : "Softmax";
  }

  @Override
  public long summands(List<Shape> inputs) {
    Shape in = inputs.get(0);
    int first = Inputs.axis(axis, in);
    long summed = 1;
    for (int i = first; i < (toEnd ? in.rank() : first + 1); i++) {
      summed *= in.dim(i);
    }
    return summed;
  }
}
