/**
 * What all kernels on the Vector API need: how wide a vector is, a check that the API is the one
 * that they know, and a warm-up that compiles their loops before a network runs.
 */
package dev.hydranet.engine.kernel.simd.vector;
