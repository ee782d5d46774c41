package dev.hydranet.converter.checkpoint;

import dev.hydranet.converter.pickle.ByteReader;
import dev.hydranet.converter.pickle.PyDict;
import dev.hydranet.converter.pickle.PyList;
import dev.hydranet.converter.pickle.Unpickler;
import dev.hydranet.engine.DamagedFileException;
import dev.hydranet.engine.UnsupportedFileException;
import dev.hydranet.engine.WeightsFormatException;
import java.lang.foreign.MemorySegment;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The file that PyTorch wrote before 1.6: five pickles one after the other (a magic number, the
 * protocol's version, what the machine was like, the object, the keys of the storages), then each
 * storage as its number of elements and the elements, least significant byte first on any machine.
 *
 * <p>Source: {@code _legacy_save} and {@code _legacy_load} in PyTorch's {@code
 * torch/serialization.py}.
 */
final class LegacyContainer implements Container {
  private static final BigInteger MAGIC = new BigInteger("1950a86a20f9469cfc6c", 16);
  private static final Long PROTOCOL = 1001L;

  private final Object root;
  private final Map<String, MemorySegment> storages = new HashMap<>();

  private LegacyContainer(Object root) {
    this.root = root;
  }

  /**
   * Takes a file apart.
   *
   * @throws WeightsFormatException if it is not of this format, or is cut off or malformed
   */
  static LegacyContainer read(MemorySegment file) throws WeightsFormatException {
    ByteReader in = new ByteReader(file);
    if (!MAGIC.equals(plain(in))) {
      throw notTorch();
    }
    Object protocol = plain(in);
    if (!PROTOCOL.equals(protocol)) {
      throw new UnsupportedFileException(
          "the checkpoint's protocol is "
              + Unpickler.describe(protocol)
              + ", expected "
              + PROTOCOL);
    }
    Object system = plain(in);
    if (!(system instanceof PyDict)) {
      throw new DamagedFileException(
          "the description of the system is " + Unpickler.describe(system) + ", expected a dict");
    }
    Map<String, StorageReference> references = new LinkedHashMap<>();
    Object root =
        Unpickler.load(
            in,
            new TorchGlobals(),
            id -> {
              Object found = StorageReference.find(id);
              if (found instanceof StorageReference reference) {
                references.putIfAbsent(reference.key(), reference);
              }
              return found;
            });
    LegacyContainer container = new LegacyContainer(root);
    container.readStorages(in, references);
    return container;
  }

  /** One of the pickles around the object, which name nothing. */
  private static Object plain(ByteReader in) throws WeightsFormatException {
    return Unpickler.load(
        in,
        (module, name) -> {
          throw notTorch();
        },
        id -> {
          throw notTorch();
        });
  }

  private static WeightsFormatException notTorch() {
    return new UnsupportedFileException(
        "a pickle that torch.save did not write: it does not start with PyTorch's magic number");
  }

  private void readStorages(ByteReader in, Map<String, StorageReference> references)
      throws WeightsFormatException {
    if (!(plain(in) instanceof PyList keys)) {
      throw new DamagedFileException("the keys of the storages are not a list");
    }
    for (Object item : keys.items()) {
      StorageReference reference = item instanceof String key ? references.get(key) : null;
      if (reference == null) {
        throw new DamagedFileException(
            "a storage has the key " + Unpickler.describe(item) + ", which no tensor refers to");
      }
      long length = in.i64();
      if (length != reference.length()) {
        throw new DamagedFileException(
            "%s should have %d elements, the file says %d"
                .formatted(reference.name(), reference.length(), length));
      }
      int size = reference.type().size();
      if (length > in.remaining() / size) {
        throw new DamagedFileException(
            "truncated: %s has %d elements of %d bytes, %d bytes are left"
                .formatted(reference.name(), length, size, in.remaining()));
      }
      if (storages.put(reference.key(), in.slice(length * size)) != null) {
        throw new DamagedFileException(reference.name() + " occurs more than once");
      }
    }
    for (StorageReference reference : references.values()) {
      if (!storages.containsKey(reference.key())) {
        throw new DamagedFileException("the file has no " + reference.name());
      }
    }
    if (in.remaining() > 0) {
      throw new DamagedFileException(
          in.remaining() + " bytes follow the last storage; the file should end there");
    }
  }

  @Override
  public Object root() {
    return root;
  }

  @Override
  public boolean bigEndian() {
    return false;
  }

  @Override
  public MemorySegment bytes(StorageReference reference) throws WeightsFormatException {
    return Container.part(storages.get(reference.key()), reference);
  }
}
