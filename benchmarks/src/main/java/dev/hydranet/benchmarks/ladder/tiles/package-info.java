/** Tiles of several shapes: what a register too few costs. */
package dev.hydranet.benchmarks.ladder.tiles;
