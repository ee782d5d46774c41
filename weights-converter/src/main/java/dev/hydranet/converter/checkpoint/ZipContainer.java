package dev.hydranet.converter.checkpoint;

import dev.hydranet.converter.pickle.ByteReader;
import dev.hydranet.converter.pickle.Printable;
import dev.hydranet.converter.pickle.Unpickler;
import dev.hydranet.engine.DamagedFileException;
import dev.hydranet.engine.UnsupportedFileException;
import dev.hydranet.engine.WeightsFormatException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The zip archive that PyTorch writes since 1.6: {@code NAME/data.pkl} is the object, {@code
 * NAME/data/KEY} are the storages, {@code NAME/byteorder} (since 2.1) says in which order their
 * bytes are. Other entries say nothing about the weights.
 */
final class ZipContainer implements Container {
  private static final String PICKLE = "data.pkl";
  private static final int SHOWN = 4;

  private final MemorySegment archive;
  private final MemoryBudget budget;
  private final Map<String, ZipEntry> entries;
  private final String folder;
  private final Map<String, MemorySegment> storages = new HashMap<>();
  private final Object root;
  private final boolean bigEndian;

  private ZipContainer(MemorySegment archive, MemoryBudget budget) throws WeightsFormatException {
    this.archive = archive;
    this.budget = budget;
    this.entries = ZipDirectory.read(archive);
    this.folder = folder(entries);
    this.bigEndian = readByteOrder();
    ByteReader in = new ByteReader(content(entries.get(folder + PICKLE)));
    this.root = Unpickler.load(in, new TorchGlobals(), StorageReference::find);
    if (in.remaining() > 0) {
      throw new DamagedFileException(in.remaining() + " bytes follow the pickle in " + PICKLE);
    }
  }

  /**
   * Takes a file apart; storages are read when they are asked for.
   *
   * @throws WeightsFormatException if it is not such an archive, or is cut off or malformed
   */
  static ZipContainer read(MemorySegment file, MemoryBudget budget) throws WeightsFormatException {
    return new ZipContainer(file, budget);
  }

  /** The part of the paths before {@code data.pkl}, with its slash. */
  private static String folder(Map<String, ZipEntry> entries) throws WeightsFormatException {
    List<String> pickles =
        entries.keySet().stream()
            .filter(name -> name.equals(PICKLE) || name.endsWith("/" + PICKLE))
            .toList();
    if (pickles.size() != 1) {
      List<String> some = entries.keySet().stream().limit(SHOWN).map(Printable::quoted).toList();
      throw new UnsupportedFileException(
          "a zip archive, but no PyTorch checkpoint: it should have one data.pkl, it has "
              + pickles.size()
              + " and "
              + entries.size()
              + " files ("
              + String.join(", ", some)
              + (entries.size() > SHOWN ? ", ...)" : ")"));
    }
    String folder = pickles.get(0).substring(0, pickles.get(0).length() - PICKLE.length());
    if (entries.containsKey(folder + "constants.pkl")) {
      throw new DamagedFileException(
          "a TorchScript archive, which holds a program; save the model's state_dict() instead");
    }
    return folder;
  }

  private boolean readByteOrder() throws WeightsFormatException {
    ZipEntry entry = entries.get(folder + "byteorder");
    if (entry == null) {
      return false;
    }
    String order =
        new String(content(entry).toArray(ValueLayout.JAVA_BYTE), StandardCharsets.ISO_8859_1);
    return switch (order) {
      case "little" -> false;
      case "big" -> true;
      default ->
          throw new DamagedFileException(
              "the byte order is " + Printable.quoted(order) + ", expected little or big");
    };
  }

  private MemorySegment content(ZipEntry entry) throws WeightsFormatException {
    return ZipContent.read(archive, entry, budget);
  }

  @Override
  public Object root() {
    return root;
  }

  @Override
  public boolean bigEndian() {
    return bigEndian;
  }

  @Override
  public MemorySegment bytes(StorageReference reference) throws WeightsFormatException {
    MemorySegment storage = storages.get(reference.key());
    if (storage == null) {
      ZipEntry entry = entries.get(folder + "data/" + reference.key());
      if (entry == null) {
        throw new DamagedFileException("the file has no " + reference.name());
      }
      storage = content(entry);
      storages.put(reference.key(), storage);
    }
    return Container.part(storage, reference);
  }
}
