/**
 * What every benchmark shares: the kernels it runs on, its cost, its check and its random input.
 */
package dev.hydranet.benchmarks.harness;
