/**
 * Networks as graphs of operators, without weights and sizes. {@link
 * dev.hydranet.engine.graph.GraphBuilder} makes one; each {@link dev.hydranet.engine.graph.Op}
 * defines its output shape, parameters and multiply-adds.
 */
package dev.hydranet.engine.graph;
