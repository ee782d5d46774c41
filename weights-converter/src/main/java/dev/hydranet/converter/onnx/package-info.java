/** Exports a graph and its weights as an ONNX file, and imports ONNX models. */
package dev.hydranet.converter.onnx;
