package dev.hydranet.engine.graph;

import dev.hydranet.engine.tensor.Shape;
import java.util.List;

/**
 * An operator: a small immutable value that knows its output shape, its parameters, its cost and
 * how far rounding takes it.
 *
 * <p>A new operator is a record here, a case in {@code ReferenceExecutor}, which defines what it
 * computes, and a case in {@code Lowering}, which chooses its kernel. {@link GraphBuilder} may
 * offer it by name.
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
        ArgMax.Largest,
        Flatten,
        Linear,
        ConvTranspose2d,
        Elementwise,
        MatMul,
        Normalize,
        Rearrange,
        Reduce,
        Reduce.Cumulative,
        Resize,
        ShapeDependent {

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

  /**
   * {@return how many rounded numbers make one element of the output; 0 where nothing is rounded,
   * so that results must be exact}
   *
   * @param inputs one for each input, in order
   */
  default long summands(List<Shape> inputs) {
    return 0;
  }

  /** {@return the operator's name in messages and tables} */
  default String kind() {
    return getClass().getSimpleName();
  }
}
