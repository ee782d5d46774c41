/** A graph and its weights as an ONNX file. */
package dev.hydranet.converter.onnx;
