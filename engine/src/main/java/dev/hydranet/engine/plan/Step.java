package dev.hydranet.engine.plan;

import dev.hydranet.engine.kernel.Kernel;
import dev.hydranet.engine.kernel.KernelProvider;
import dev.hydranet.engine.kernel.Nhwc;
import dev.hydranet.engine.tensor.Shape;
import java.util.List;
import java.util.Map;

/**
 * A unit of work of a plan: one kernel, its weights packed.
 *
 * @param name the value that it computes
 * @param what the operators that it stands for, such as {@code Conv2d + BatchNorm + ReLU6}
 * @param reads the values that it reads
 * @param padded whether lanes run over its inputs' channels, so that these must be padded
 * @param extent the shape of its value
 */
record Step(
    String name, String what, List<String> reads, boolean padded, Extent extent, Binding binding) {
  /** Gives the shape of a step's value. */
  interface Extent {
    /** The shape, out of those of the graph's values. */
    Shape of(Map<String, Shape> shapes);
  }

  /** Makes the step's kernel for the places of its inputs and output in a session's memory. */
  interface Binding {
    /** The places of the inputs are in the order of {@link Step#reads}. */
    Kernel bind(KernelProvider kernels, List<Nhwc> inputs, Nhwc output);
  }

  /** A step whose value is one of the graph's. */
  static Step of(Fused fused, String what, List<String> reads, boolean padded, Binding binding) {
    String name = fused.name();
    return new Step(name, what, List.copyOf(reads), padded, shapes -> shapes.get(name), binding);
  }
}
