/** The ladder's convolutions over all channels, standard and pointwise. */
package dev.hydranet.benchmarks.ladder.dense;
