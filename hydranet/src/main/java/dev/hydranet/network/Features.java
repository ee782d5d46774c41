package dev.hydranet.network;

import dev.hydranet.engine.graph.Value;

/**
 * A feature map while a graph is built.
 *
 * @param value the value in the graph, NCHW
 * @param channels its channels
 */
public record Features(Value value, int channels) {}
