package dev.hydranet.engine.graph;

/**
 * A tensor-to-be inside a {@link GraphBuilder}: an input of the graph or the output of a node.
 *
 * @param name the input's or the node's
 */
public record Value(String name) {}
