/** Reads and writes safetensors files, and makes random weights for any graph. */
package dev.hydranet.engine.weights;
