/**
 * The matrix product behind all convolutions: {@code Gemm} cuts it into tiles, whose sums stay in
 * registers. A tile is named {@code Tile}, its pixels, {@code x}, its vectors of columns.
 */
package dev.hydranet.engine.kernel.simd.gemm;
