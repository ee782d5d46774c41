/** Tensors of {@code float} and their shapes. */
package dev.hydranet.engine.tensor;
