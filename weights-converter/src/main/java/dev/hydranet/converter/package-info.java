/**
 * Converts PyTorch checkpoints to safetensors that the engine loads. {@link
 * dev.hydranet.converter.Conversion} recognises the network by its tensors, checks each of them,
 * and writes the file with the metadata that describes it.
 */
package dev.hydranet.converter;
