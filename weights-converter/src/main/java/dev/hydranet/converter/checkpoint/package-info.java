/** PyTorch checkpoints, read without Python. */
package dev.hydranet.converter.checkpoint;
