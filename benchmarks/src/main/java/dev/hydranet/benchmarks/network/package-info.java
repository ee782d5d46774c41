/** Benchmarks of the whole network, end to end. */
package dev.hydranet.benchmarks.network;
