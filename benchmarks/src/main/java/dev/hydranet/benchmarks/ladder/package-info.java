/** Three convolutions, each made faster rung by rung. */
package dev.hydranet.benchmarks.ladder;
