/**
 * Reads PyTorch checkpoints without Python. {@link dev.hydranet.converter.checkpoint.Checkpoint}
 * returns the tensors of a {@code state_dict} as float32; {@link
 * dev.hydranet.converter.checkpoint.RawConversion} writes them as safetensors in their own types. A
 * pickle is read as data: nothing in it is ever executed. Objects other than the weights are
 * dropped, whatever their class.
 */
package dev.hydranet.converter.checkpoint;
