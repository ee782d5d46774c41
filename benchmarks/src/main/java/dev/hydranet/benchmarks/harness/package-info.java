/**
 * What all benchmarks share: the choice of kernels, the cost, the check against the reference, and
 * random input.
 */
package dev.hydranet.benchmarks.harness;
