/** Chooses scalar or SIMD kernels and the width of vectors, once in each JVM. */
package dev.hydranet.engine.kernel.choice;
