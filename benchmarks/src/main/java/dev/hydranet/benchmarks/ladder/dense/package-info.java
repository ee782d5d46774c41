/** The rungs of convolutions over all channels. */
package dev.hydranet.benchmarks.ladder.dense;
