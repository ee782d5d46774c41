/**
 * Checkpoints of PyTorch become safetensors that the engine loads. {@link
 * dev.hydranet.converter.Conversion} recognises the network by its tensors, checks every one, and
 * writes the file with metadata that makes it self-describing.
 */
package dev.hydranet.converter;
