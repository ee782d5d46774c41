package dev.hydranet.engine.weights;

import dev.hydranet.engine.tensor.Shape;

/**
 * One tensor in a safetensors header.
 *
 * @param begin the first byte of its numbers, counted from the end of the header
 * @param end the byte after the last
 */
record StoredTensor(String name, StoredType type, Shape shape, long begin, long end) {}
