/** Kernels in plain loops, for JVMs without the Vector API. */
package dev.hydranet.engine.kernel.scalar;
