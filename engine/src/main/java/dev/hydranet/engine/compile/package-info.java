/**
 * Turns a graph and its weights into steps: finds what can be fused, folds and packs the weights,
 * and chooses the kernels.
 */
package dev.hydranet.engine.compile;
