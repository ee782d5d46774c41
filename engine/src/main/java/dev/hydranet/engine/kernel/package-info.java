/**
 * The steps that a session runs, the layouts of tensors and weights that they share, and {@code
 * KernelProvider}, which the scalar and the SIMD kernels implement.
 */
package dev.hydranet.engine.kernel;
