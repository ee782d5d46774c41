package dev.hydranet.converter.checkpoint;

import dev.hydranet.engine.DamagedFileException;
import dev.hydranet.engine.WeightsFormatException;
import java.lang.foreign.MemorySegment;

/** A checkpoint file taken apart: the pickled object, and the storages its tensors lie in. */
interface Container {
  /** The object that {@code torch.save} was given. */
  Object root();

  /** Whether the storages' numbers have their most significant byte first. */
  boolean bigEndian();

  /**
   * The bytes of a storage, or of the view of it that is referred to.
   *
   * @throws WeightsFormatException if there is no such storage, or it has another length
   */
  MemorySegment bytes(StorageReference reference) throws WeightsFormatException;

  /**
   * The part of a storage's bytes that a reference is to.
   *
   * @throws WeightsFormatException if the storage has another length than the reference says
   */
  static MemorySegment part(MemorySegment storage, StorageReference reference)
      throws WeightsFormatException {
    int size = reference.type().size();
    if (storage.byteSize() % size != 0 || storage.byteSize() / size != reference.length()) {
      throw new DamagedFileException(
          "%s should have %d elements of %s, found %d bytes"
              .formatted(
                  reference.name(),
                  reference.length(),
                  reference.type().torchName(),
                  storage.byteSize()));
    }
    return storage.asSlice(reference.viewOffset() * size, reference.viewLength() * size);
  }
}
