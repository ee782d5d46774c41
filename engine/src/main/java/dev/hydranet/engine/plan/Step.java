package dev.hydranet.engine.plan;

import dev.hydranet.engine.kernel.Kernel;
import dev.hydranet.engine.kernel.KernelProvider;
import dev.hydranet.engine.kernel.Nhwc;
import java.util.List;

/**
 * A unit of work of a plan: an operator with what was fused into it, its weights packed.
 *
 * @param name the value that it computes
 * @param what the operators that it stands for, such as {@code Conv2d + BatchNorm + ReLU6}
 * @param reads the values that it reads
 * @param padded whether lanes run over its inputs' channels, so that these must be padded
 */
record Step(String name, String what, List<String> reads, boolean padded, Binding binding) {
  /** Makes the step's kernel for the places of its inputs and output in a session's memory. */
  interface Binding {
    /** The places of the inputs are in the order of {@link Step#reads}. */
    Kernel bind(KernelProvider kernels, List<Nhwc> inputs, Nhwc output);
  }
}
