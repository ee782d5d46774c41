/** The interface of the ladder's rungs, and the two memory layouts that they use. */
package dev.hydranet.benchmarks.ladder.rung;
