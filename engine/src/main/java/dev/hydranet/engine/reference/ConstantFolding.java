package dev.hydranet.engine.reference;

import dev.hydranet.engine.graph.MaxPool2d;
import dev.hydranet.engine.graph.Op;
import dev.hydranet.engine.tensor.Shape;
import dev.hydranet.engine.tensor.Tensor;
import java.util.List;

/**
 * Computes operators on constants, once and for all. A graph out of a file may ask for work and
 * memory without end: what is computed here is bounded by what the file holds. Not thread-safe.
 */
public final class ConstantFolding {
  /** A value that is larger than what it is made of is computed in each run, from here on. */
  private static final long LARGEST_GROWN = 1 << 20;

  /** Elements that may be kept, and terms that may be computed, for a file that holds nothing. */
  private static final long KEPT = 1 << 24;

  private static final long TERMS = 1 << 27;

  /** The same for each number that the file holds. */
  private static final long KEPT_EACH = 3;

  private static final long TERMS_EACH = 16;

  private long kept = KEPT;
  private long terms = TERMS;

  /** For a file that holds nothing yet. */
  public ConstantFolding() {}

  /**
   * Allows for more work.
   *
   * @param elements numbers that the file holds
   */
  public void allow(long elements) {
    kept += KEPT_EACH * elements;
    terms += TERMS_EACH * elements;
  }

  /**
   * Takes room for numbers.
   *
   * @param what they are, for the message
   * @param elements how many there are
   * @throws IllegalArgumentException if there is no room
   */
  public void keep(String what, long elements) {
    if (elements > kept) {
      throw new IllegalArgumentException(
          what
              + " of "
              + elements
              + " numbers, but this file's constants may take only "
              + kept
              + " more");
    }
    kept -= elements;
  }

  /**
   * {@return the value of an operator, or null where it is to be computed in each run, as it is
   * large}
   *
   * @param op without {@link dev.hydranet.engine.graph.ShapeDependent} ones
   * @param inputs of the operator
   * @param parameters of the operator
   * @throws IllegalArgumentException if the operator does not take such inputs
   */
  public Tensor value(Op op, List<Tensor> inputs, List<Tensor> parameters) {
    List<Shape> shapes = inputs.stream().map(Tensor::shape).toList();
    long out = op.outputShape(shapes).elementCount();
    long in =
        inputs.stream().mapToLong(tensor -> tensor.data().length).sum()
            + parameters.stream().mapToLong(tensor -> tensor.data().length).sum();
    // As a floating-point number: it may be more than a long holds.
    double cost = in + (double) out * Math.max(1, termsOf(op, shapes));
    if (out > Math.max(in, LARGEST_GROWN) || out > kept || cost > terms) {
      return null;
    }
    kept -= out;
    terms -= (long) cost;
    return ReferenceExecutor.evaluate(op, inputs, parameters);
  }

  private static double termsOf(Op op, List<Shape> shapes) {
    // A maximum is exact and sums nothing, but looks at as many.
    return op instanceof MaxPool2d pool
        ? (double) pool.kernel().height() * pool.kernel().width()
        : op.summands(shapes);
  }
}
