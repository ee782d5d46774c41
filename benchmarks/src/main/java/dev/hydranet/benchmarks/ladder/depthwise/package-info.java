/** The rungs of the convolution with one kernel per channel. */
package dev.hydranet.benchmarks.ladder.depthwise;
