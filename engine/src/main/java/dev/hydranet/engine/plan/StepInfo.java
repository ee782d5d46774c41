package dev.hydranet.engine.plan;

import dev.hydranet.engine.tensor.Shape;
import java.util.List;

/**
 * What a session does in one step. Copies of inputs and outputs are steps, too.
 *
 * @param value the value that it computes: the name of an input or a node; of an output, where it
 *     is a copy for the caller
 * @param nodes the names of the graph's nodes whose work it does; a convolution that takes two
 *     steps belongs to the first of them
 * @param operators the same as readable text, such as {@code Conv2d + BatchNorm + ReLU6}
 * @param kernel the name of the kernel's class
 * @param output the shape of the value
 * @param macs multiply-adds of the nodes, as {@link dev.hydranet.engine.graph.Op#macs} counts them
 * @param macsDone multiply-adds with weights that the kernel really does: those on padded channels
 *     and those done twice count, those that it saves do not
 * @param parts independent parts, which the threads share
 * @param bytes the least memory traffic: inputs, weights and output, each once, channels padded
 * @param weightBytes packed weights
 * @param scratchBytes memory that each thread needs for it
 */
public record StepInfo(
    String value,
    List<String> nodes,
    String operators,
    String kernel,
    Shape output,
    long macs,
    long macsDone,
    int parts,
    long bytes,
    long weightBytes,
    long scratchBytes) {
  /** Copies the list of nodes. */
  public StepInfo {
    nodes = List.copyOf(nodes);
  }
}
