package dev.hydranet.converter.checkpoint;

import static dev.hydranet.converter.checkpoint.PickleBytes.global;
import static dev.hydranet.converter.checkpoint.PickleBytes.pickle;
import static dev.hydranet.converter.checkpoint.PickleBytes.tuple;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Writes checkpoints of given pickles and storages, as {@code torch.save} lays them out. */
final class TorchFiles {
  private static final byte[] MAGIC = {
    (byte) 0x80,
    2,
    (byte) 0x8a,
    10,
    0x6c,
    (byte) 0xfc,
    (byte) 0x9c,
    0x46,
    (byte) 0xf9,
    0x20,
    0x6a,
    (byte) 0xa8,
    0x50,
    0x19,
    '.'
  };

  private TorchFiles() {}

  /** The bytes of a storage, and how many elements that is. */
  record Storage(byte[] bytes, long length) {
    static Storage floats(float... values) {
      ByteBuffer buffer = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
      for (float value : values) {
        buffer.putFloat(value);
      }
      return new Storage(buffer.array(), values.length);
    }
  }

  /** The format before 1.6. */
  static byte[] legacy(Object root, Map<String, Storage> storages) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(MAGIC);
    out.writeBytes(pickle(1001));
    out.writeBytes(pickle(Map.of("little_endian", true)));
    out.writeBytes(pickle(root));
    out.writeBytes(pickle(List.copyOf(storages.keySet())));
    storages
        .values()
        .forEach(
            storage -> {
              ByteBuffer length = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
              out.writeBytes(length.putLong(storage.length()).array());
              out.writeBytes(storage.bytes());
            });
    return out.toByteArray();
  }

  /** The format since 1.6, of which more can be said before its bytes are taken. */
  static ZipBytes zip(Object root, Map<String, Storage> storages) {
    ZipBytes zip = new ZipBytes();
    zip.store("archive/data.pkl", pickle(root));
    storages.forEach((key, storage) -> zip.store("archive/data/" + key, storage.bytes()));
    zip.store("archive/version", "3\n".getBytes());
    return zip;
  }

  /** A reference to a float storage, as legacy files have it. */
  static PickleBytes.Persistent legacyStorage(String key, long length, Object view) {
    return new PickleBytes.Persistent(
        new PickleBytes.Tuple(
            Arrays.asList("storage", global("torch.FloatStorage"), key, "cpu", length, view)));
  }

  /** A reference to a storage, as zip archives have it. */
  static PickleBytes.Persistent storage(String type, String key, long length) {
    return new PickleBytes.Persistent(tuple("storage", global(type), key, "cpu", length));
  }

  /** A tensor as it has been written since 0.4. */
  static PickleBytes.Call tensor(
      Object storage, long offset, PickleBytes.Tuple size, PickleBytes.Tuple stride) {
    return global("torch._utils._rebuild_tensor_v2")
        .call(storage, offset, size, stride, false, global("collections.OrderedDict").call());
  }
}
