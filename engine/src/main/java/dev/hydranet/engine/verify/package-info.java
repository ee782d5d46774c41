/** Compares tensors with expected ones, and defines how large an error may be. */
package dev.hydranet.engine.verify;
