/** Checkpoints of PyTorch in, safetensors out. */
package dev.hydranet.converter;
