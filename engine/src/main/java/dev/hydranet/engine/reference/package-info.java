/**
 * Computes a graph operator by operator in plain loops that sum in {@code double}. Everything
 * faster is tested against it.
 */
package dev.hydranet.engine.reference;
