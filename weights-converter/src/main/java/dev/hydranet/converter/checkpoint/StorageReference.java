package dev.hydranet.converter.checkpoint;

import dev.hydranet.converter.pickle.Inert;
import dev.hydranet.converter.pickle.Printable;
import dev.hydranet.converter.pickle.PyTuple;
import dev.hydranet.converter.pickle.Unpickler;
import dev.hydranet.engine.DamagedFileException;
import dev.hydranet.engine.WeightsFormatException;

/**
 * Where a pickle says that numbers lie: a storage of the file, or a part of one. The lengths are
 * the pickle's word and not yet compared with the file.
 *
 * @param key the storage's name in the file
 * @param type what it holds
 * @param length its number of elements
 * @param viewOffset the first of its elements that belong to this reference
 * @param viewLength how many of its elements belong to this reference
 */
record StorageReference(
    String key, ElementType type, long length, long viewOffset, long viewLength) {

  private static final String STORAGE = "storage";

  /** In the format before 1.6, the class of a pickled module, with its source code. */
  private static final String MODULE = "module";

  /**
   * What a persistent id stands for: a storage, or a value that is inert.
   *
   * @throws WeightsFormatException if it is none that PyTorch writes
   */
  static Object find(Object id) throws WeightsFormatException {
    if (!(id instanceof PyTuple tuple)) {
      throw new DamagedFileException("a persistent id is " + Unpickler.describe(id));
    }
    boolean module = tuple.size() > 1 && tuple.get(0).equals(MODULE);
    // The type of a storage is unknown where PyTorch has a new one.
    boolean storage = tuple.size() > 1 && tuple.get(0).equals(STORAGE);
    return (module || storage) && tuple.get(1) instanceof Inert inert ? inert : of(tuple);
  }

  /**
   * Reads PyTorch's persistent id: {@code ('storage', type, key, location, length)} and, in legacy
   * files, {@code None} or {@code (view key, offset, length)} as a sixth. The location, a device,
   * says nothing about the file.
   */
  static StorageReference of(PyTuple tuple) throws WeightsFormatException {
    if (tuple.size() < 5 || tuple.size() > 6 || !tuple.get(0).equals(STORAGE)) {
      throw new DamagedFileException(
          "a persistent id is a tuple of "
              + tuple.size()
              + " that starts with "
              + (tuple.size() == 0 ? "nothing" : Unpickler.describe(tuple.get(0)))
              + ", expected ('storage', type, key, location, length)");
    }
    if (!(tuple.get(1) instanceof StorageType type)) {
      throw unexpected("type", tuple.get(1));
    }
    if (!(tuple.get(2) instanceof String key)) {
      throw unexpected("key", tuple.get(2));
    }
    long length = count("length", tuple.get(4));
    if (tuple.size() == 5 || !(tuple.get(5) instanceof PyTuple view)) {
      return new StorageReference(key, type.elements(), length, 0, length);
    }
    if (view.size() != 3) {
      throw unexpected("view", view);
    }
    long offset = count("view's offset", view.get(1));
    long viewLength = count("view's length", view.get(2));
    if (offset > length || viewLength > length - offset) {
      throw new DamagedFileException(
          "a view of %d elements from element %d of storage %s, which has %d"
              .formatted(viewLength, offset, Printable.quoted(key), length));
    }
    return new StorageReference(key, type.elements(), length, offset, viewLength);
  }

  /** The storage, for a message. */
  String name() {
    return "storage " + Printable.quoted(key);
  }

  private static long count(String what, Object value) throws WeightsFormatException {
    if (value instanceof Long number && number >= 0) {
      return number;
    }
    throw unexpected(what, value);
  }

  private static WeightsFormatException unexpected(String what, Object value) {
    return new DamagedFileException("a storage's " + what + " is " + Unpickler.describe(value));
  }
}
