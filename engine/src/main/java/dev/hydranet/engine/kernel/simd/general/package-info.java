/** Kernels on the Vector API that imported networks need beside those of HydraNets. */
package dev.hydranet.engine.kernel.simd.general;
