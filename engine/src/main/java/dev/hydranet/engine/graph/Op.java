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
   * The shape of the output for inputs of the given shapes.
   *
   * @throws IllegalArgumentException if the operator does not take such inputs; the message says
   *     what it expected
   */
  Shape outputShape(List<Shape> inputs);

  /** The tensors it needs from a checkpoint, in the order in which PyTorch lists them. */
  default List<Parameter> parameters() {
    return List.of();
  }

  /**
   * Multiply-adds of convolutions and linear layers for inputs of the given shapes, padding counted
   * as PyTorch's profilers count it; 0 for all others.
   */
  default long macs(List<Shape> inputs) {
    return 0;
  }

  /** The operator's name in messages and tables. */
  default String kind() {
    return getClass().getSimpleName();
  }
}
