/**
 * Functions of single numbers, a vector of them at a time: activations that are more than a clamp.
 * Polynomials replace the library's functions; they are off by a few units in the last place.
 */
package dev.hydranet.engine.kernel.simd.function;
