package dev.hydranet.converter.checkpoint;

/** A PyTorch storage class, such as {@code torch.FloatStorage}. */
record StorageType(ElementType elements) {}
