package dev.hydranet.engine.graph;

import dev.hydranet.engine.tensor.Shape;

/**
 * A tensor that an operator needs from a checkpoint.
 *
 * @param name the last part of its name in a {@code state_dict}, such as {@code weight} or {@code
 *     running_mean}
 * @param shape its shape
 * @param learned whether PyTorch counts it as a parameter; running statistics are buffers and are
 *     not counted
 */
public record Parameter(String name, Shape shape, boolean learned) {}
