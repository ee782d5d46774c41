package dev.hydranet.engine.weights;

import dev.hydranet.engine.DamagedFileException;
import dev.hydranet.engine.FileTooLargeException;
import dev.hydranet.engine.UnsupportedFileException;
import dev.hydranet.engine.WeightsFormatException;
import dev.hydranet.engine.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What the header of a safetensors file says: its tensors and its metadata.
 *
 * @see <a href="https://github.com/huggingface/safetensors#format">the format</a>
 */
record SafetensorsHeader(List<StoredTensor> tensors, Map<String, String> metadata) {
  /** The key under which the header keeps its metadata, not a tensor. */
  static final String METADATA = "__metadata__";

  /** The most elements that a Java array is sure to hold. */
  private static final long LONGEST_ARRAY = Integer.MAX_VALUE - 8;

  /**
   * Far above any network here. A header takes fifty bytes a tensor, the objects made of it ten
   * times as many: without a limit a file of that kind would be the largest of all in memory.
   */
  private static final int MOST_ENTRIES = 1 << 16;

  /** Parses the header's bytes; does not yet know how many bytes of data follow. */
  static SafetensorsHeader parse(String input, byte[] header) throws WeightsFormatException {
    JsonReader json = new JsonReader(input, header);
    Map<String, StoredTensor> tensors = new LinkedHashMap<>();
    Map<String, String> metadata = null;
    json.open('{');
    while (json.next('}')) {
      limit(json, "tensors", tensors.size());
      String name = json.key();
      if (tensors.containsKey(name) || (name.equals(METADATA) && metadata != null)) {
        throw json.error("the name " + WeightsFormatException.quote(name) + " occurs twice");
      }
      if (name.equals(METADATA)) {
        metadata = metadata(json);
      } else {
        tensors.put(name, tensor(input, json, name));
      }
    }
    json.end();
    return new SafetensorsHeader(
        List.copyOf(tensors.values()), metadata == null ? Map.of() : metadata);
  }

  private static void limit(JsonReader json, String what, int count) throws WeightsFormatException {
    if (count == MOST_ENTRIES) {
      throw new FileTooLargeException(
          json.error("more than " + MOST_ENTRIES + " " + what).getMessage());
    }
  }

  private static Map<String, String> metadata(JsonReader json) throws WeightsFormatException {
    Map<String, String> metadata = new LinkedHashMap<>();
    json.open('{');
    while (json.next('}')) {
      limit(json, "metadata keys", metadata.size());
      String key = json.key();
      if (metadata.putIfAbsent(key, json.string()) != null) {
        throw json.error("the metadata key " + WeightsFormatException.quote(key) + " occurs twice");
      }
    }
    return metadata;
  }

  private static StoredTensor tensor(String input, JsonReader json, String name)
      throws WeightsFormatException {
    String type = null;
    long[] dims = null;
    long[] offsets = null;
    json.open('{');
    while (json.next('}')) {
      String key = json.key();
      boolean again =
          switch (key) {
            case "dtype" -> type != null;
            case "shape" -> dims != null;
            case "data_offsets" -> offsets != null;
            default ->
                throw json.error(
                    "a tensor has dtype, shape and data_offsets, found "
                        + WeightsFormatException.quote(key));
          };
      if (again) {
        throw json.error("the key " + WeightsFormatException.quote(key) + " occurs twice");
      }
      switch (key) {
        case "dtype" -> type = json.string();
        case "shape" -> dims = json.integers();
        default -> offsets = json.integers();
      }
    }
    String where = input + ": tensor " + WeightsFormatException.quote(name);
    if (type == null || dims == null || offsets == null) {
      throw new DamagedFileException(
          where + " has no " + (type == null ? "dtype" : dims == null ? "shape" : "data_offsets"));
    }
    return checked(where, name, type, dims, offsets);
  }

  private static StoredTensor checked(
      String where, String name, String typeName, long[] dims, long[] offsets)
      throws WeightsFormatException {
    StoredType type =
        Arrays.stream(StoredType.values())
            .filter(known -> known.name().equals(typeName))
            .findAny()
            .orElseThrow(
                () ->
                    new UnsupportedFileException(
                        where
                            + ": expected a dtype among "
                            + Arrays.toString(StoredType.values())
                            + ", found "
                            + WeightsFormatException.quote(typeName)));
    if (offsets.length != 2 || offsets[0] > offsets[1]) {
      throw new DamagedFileException(
          where
              + ": expected data_offsets [begin, end], found "
              + Arrays.toString(Arrays.copyOf(offsets, Math.min(offsets.length, 3))));
    }
    long elements = 1;
    long bytes;
    try {
      for (long dim : dims) {
        elements = Math.multiplyExact(elements, dim);
      }
      bytes = Math.multiplyExact(elements, type.bytes());
    } catch (ArithmeticException e) {
      throw new DamagedFileException(
          where + ": the size of shape " + Arrays.toString(dims) + " overflows", e);
    }
    if (bytes != offsets[1] - offsets[0]) {
      throw new DamagedFileException(
          String.format(
              Locale.ROOT,
              "%s: shape %s of %s takes %d bytes, data_offsets %s span %d",
              where,
              Arrays.toString(dims),
              type,
              bytes,
              Arrays.toString(offsets),
              offsets[1] - offsets[0]));
    }
    if (elements > LONGEST_ARRAY || Arrays.stream(dims).anyMatch(d -> d > LONGEST_ARRAY)) {
      throw new FileTooLargeException(
          where
              + ": shape "
              + Arrays.toString(dims)
              + " is larger than a Java array, which holds "
              + LONGEST_ARRAY
              + " elements");
    }
    Shape shape = Shape.of(Arrays.stream(dims).mapToInt(Math::toIntExact).toArray());
    return new StoredTensor(name, type, shape, offsets[0], offsets[1]);
  }

  /**
   * The tensors as they lie in the input, after checking that they cover its data: no byte left
   * out, none used twice, none missing.
   *
   * @param dataBytes how many bytes follow the header, or {@link ByteInput#UNKNOWN}
   */
  List<StoredTensor> inFileOrder(String input, long dataBytes) throws WeightsFormatException {
    List<StoredTensor> sorted = new ArrayList<>(tensors);
    sorted.sort(Comparator.comparingLong(StoredTensor::begin).thenComparingLong(StoredTensor::end));
    long covered = 0;
    String before = null;
    for (StoredTensor tensor : sorted) {
      String name = WeightsFormatException.quote(tensor.name());
      if (tensor.begin() < covered) {
        throw new DamagedFileException(
            String.format(
                Locale.ROOT,
                "%s: tensor %s begins at byte %d of the data, inside tensor %s, which ends at %d",
                input,
                name,
                tensor.begin(),
                before,
                covered));
      }
      if (tensor.begin() > covered) {
        throw new DamagedFileException(
            String.format(
                Locale.ROOT,
                "%s: bytes %d to %d of the data, before tensor %s, belong to no tensor",
                input,
                covered,
                tensor.begin(),
                name));
      }
      if (tensor.end() > dataBytes) {
        throw new DamagedFileException(
            String.format(
                Locale.ROOT,
                "%s: tensor %s ends at byte %d of the data, but the file holds %d: it is cut off",
                input,
                name,
                tensor.end(),
                dataBytes));
      }
      covered = tensor.end();
      before = name;
    }
    if (covered < dataBytes && dataBytes != ByteInput.UNKNOWN) {
      throw new DamagedFileException(
          String.format(
              Locale.ROOT, "%s: %d bytes after the last tensor", input, dataBytes - covered));
    }
    return sorted;
  }
}
