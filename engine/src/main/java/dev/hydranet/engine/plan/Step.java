package dev.hydranet.engine.plan;

import dev.hydranet.engine.graph.Graph;
import dev.hydranet.engine.graph.Node;
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
 * @param nodes the nodes of the graph whose work it does
 * @param reads the values that it reads
 * @param padded whether lanes run over its inputs' channels, so that these must be padded
 * @param extent the shape of its value
 */
record Step(
    String name,
    String what,
    List<Node> nodes,
    List<String> reads,
    boolean padded,
    Extent extent,
    Binding binding) {
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

  /** A step that computes all of some fused nodes, and of their values only the last. */
  static Step of(
      List<Fused> members, String what, List<String> reads, boolean padded, Binding binding) {
    String name = members.get(members.size() - 1).name();
    List<Node> nodes = members.stream().flatMap(member -> member.nodes().stream()).toList();
    return new Step(
        name, what, nodes, List.copyOf(reads), padded, shapes -> shapes.get(name), binding);
  }

  /** The multiply-adds of its nodes. */
  long macs(Map<String, Shape> shapes) {
    return nodes.stream().mapToLong(node -> node.op().macs(Graph.inputShapes(node, shapes))).sum();
  }
}
