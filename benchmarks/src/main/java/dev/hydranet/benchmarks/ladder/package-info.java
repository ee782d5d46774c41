/** The ladder: three convolutions, each made faster step by step. */
package dev.hydranet.benchmarks.ladder;
