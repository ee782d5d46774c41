package dev.hydranet.engine.run;

import dev.hydranet.engine.graph.Graph;
import dev.hydranet.engine.graph.Node;
import dev.hydranet.engine.kernel.Kernel;
import dev.hydranet.engine.kernel.Nhwc;
import dev.hydranet.engine.tensor.Shape;
import java.util.List;
import java.util.Map;

/**
 * A unit of work: one kernel, its weights packed.
 *
 * @param name the value that it computes
 * @param description the operators that it stands for, such as {@code Conv2d + BatchNorm + ReLU6}
 * @param nodes the nodes of the graph whose work it does
 * @param reads the values that it reads
 * @param padded whether lanes run over its inputs' channels, so that these must be padded
 * @param extent the shape of its value
 * @param layout how values of rank 4 that it reads and computes must lie
 * @param binding makes its kernel
 */
public record Step(
    String name,
    String description,
    List<Node> nodes,
    List<String> reads,
    boolean padded,
    Extent extent,
    Layout layout,
    Binding binding) {
  /** How the values of rank 4 of a step lie. */
  public enum Layout {
    /** As images, channels innermost. */
    PIXELS,
    /** In any way. */
    ANY,
    /** In any way, but all alike. */
    EQUAL,
    /** In any way, best row-major. */
    ROWS
  }

  /** Gives the shape of a step's value. */
  public interface Extent {
    /** The shape, out of those of the graph's values. */
    Shape of(Map<String, Shape> shapes);
  }

  /** Makes the step's kernel for the places of its inputs and output in a session's memory. */
  public interface Binding {
    /** The places of the inputs are in the order of {@link Step#reads}. */
    Kernel bind(List<Place> inputs, Place output);

    /** A binding that only needs to know where pixels lie. */
    static Binding ofPixels(PixelBinding binding) {
      return (inputs, output) ->
          binding.bind(inputs.stream().map(Place::nhwc).toList(), output.nhwc());
    }
  }

  /** Makes a kernel that works on pixels. */
  public interface PixelBinding {
    /** The places of the inputs are in the order of {@link Step#reads}. */
    Kernel bind(List<Nhwc> inputs, Nhwc output);
  }

  /** A step on images. */
  public Step(
      String name,
      String description,
      List<Node> nodes,
      List<String> reads,
      boolean padded,
      Extent extent,
      Binding binding) {
    this(name, description, nodes, reads, padded, extent, Layout.PIXELS, binding);
  }

  /** Copies the lists. */
  public Step {
    nodes = List.copyOf(nodes);
    reads = List.copyOf(reads);
  }

  /** The same with another kernel. */
  public Step with(Binding other) {
    return new Step(name, description, nodes, reads, padded, extent, layout, other);
  }

  /** The same for another layout. */
  public Step with(Layout other) {
    return new Step(name, description, nodes, reads, padded, extent, other, binding);
  }

  /** The multiply-adds of its nodes. */
  public long macs(Map<String, Shape> shapes) {
    return nodes.stream().mapToLong(node -> node.op().macs(Graph.inputShapes(node, shapes))).sum();
  }
}
