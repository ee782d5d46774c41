package dev.hydranet.engine.graph;

import dev.hydranet.engine.tensor.Shape;
import java.util.List;

/**
 * An element-wise activation. NaN passes through, as in PyTorch.
 *
 * @param function which one
 */
public record Activation(Function function) implements Op {
  /** Which one. */
  public enum Function {
    /** max(x, 0). */
    RELU,
    /** min(max(x, 0), 6). */
    RELU6
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    return Inputs.one(inputs);
  }

  @Override
  public String kind() {
    return switch (function) {
      case RELU -> "ReLU";
      case RELU6 -> "ReLU6";
    };
  }
}
