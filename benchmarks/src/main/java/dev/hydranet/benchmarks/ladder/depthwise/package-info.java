/** The ladder's depthwise convolutions, with one kernel per channel. */
package dev.hydranet.benchmarks.ladder.depthwise;
