/**
 * Kernels on the Vector API, lanes over channels.
 *
 * <p>Names: {@code Simd} and an operator is a kernel, a step of a plan. What it is made of is named
 * by what it does and the extent that it does it for: {@code Tile6x2} is a matrix product of six
 * pixels by two vectors of columns, {@code Depthwise3x3} a filter of three by three, {@code
 * Pool5x5} a window of five by five.
 */
package dev.hydranet.engine.kernel.simd;
