/** What a rung computes, and the two layouts of memory it may work on. */
package dev.hydranet.benchmarks.ladder.rung;
