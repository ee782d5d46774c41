/** Parts of the network as separate graphs, in enough copies to exceed the caches. */
package dev.hydranet.benchmarks.pieces;
