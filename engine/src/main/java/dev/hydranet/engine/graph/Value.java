package dev.hydranet.engine.graph;

/** A tensor-to-be inside a {@link GraphBuilder}: an input of the graph or the output of a node. */
public record Value(String name) {}
