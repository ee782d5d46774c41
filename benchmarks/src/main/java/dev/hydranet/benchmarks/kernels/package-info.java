/** A benchmark for each kind of layer, over every shape of the network. */
package dev.hydranet.benchmarks.kernels;
