/** Benchmarks of each kind of layer, in every shape of the network. */
package dev.hydranet.benchmarks.kernels;
