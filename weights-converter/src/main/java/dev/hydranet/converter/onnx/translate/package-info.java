/** Translates ONNX models into the engine's graphs and weights, operator by operator. */
package dev.hydranet.converter.onnx.translate;
