/**
 * PyTorch checkpoints, read without Python. {@link dev.hydranet.converter.checkpoint.Checkpoint}
 * gives the tensors of a {@code state_dict} as float32; {@link
 * dev.hydranet.converter.checkpoint.RawConversion} writes them as safetensors in the types that
 * they have. A pickle is read as data: nothing in it is ever executed, and what stands beside the
 * weights is dropped, whatever its class.
 */
package dev.hydranet.converter.checkpoint;
