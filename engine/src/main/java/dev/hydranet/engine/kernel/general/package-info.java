/**
 * Kernels for tensors of any rank and layout: element-wise functions, reductions, matrix products,
 * resizing and copies.
 */
package dev.hydranet.engine.kernel.general;
