/** Parts of the network as graphs of their own, in enough copies to exceed the caches. */
package dev.hydranet.benchmarks.pieces;
