package dev.hydranet.engine.graph;

import dev.hydranet.engine.tensor.Shape;
import java.util.List;

/**
 * An operator: a small immutable value that knows its output shape, its parameters and its cost.
 * What it computes is told, canonically, by {@code engine.reference}.
 */
public sealed interface Op
    permits Conv2d,
        BatchNorm,
        Activation,
        Add,
        Concat,
        MaxPool2d,
        AvgPool2d,
        GlobalAvgPool,
        Upsample,
        Softmax,
        ArgMax,
        Flatten,
        Linear {

  /**
   * {@return the shape of the output for inputs of the given shapes}
   *
   * @param inputs one for each input, in order
   * @throws IllegalArgumentException if the operator does not take such inputs; the message says
   *     what it expected
   */
  Shape outputShape(List<Shape> inputs);

  /** {@return the tensors it needs from a checkpoint, in the order in which PyTorch lists them} */
  default List<Parameter> parameters() {
    return List.of();
  }

  /**
   * {@return multiply-adds of convolutions and linear layers for inputs of the given shapes,
   * padding counted as PyTorch's profilers count it; 0 for all others}
   *
   * @param inputs one for each input, in order
   */
  default long macs(List<Shape> inputs) {
    return 0;
  }

  /** {@return the operator's name in messages and tables} */
  default String kind() {
    return getClass().getSimpleName();
  }
}
