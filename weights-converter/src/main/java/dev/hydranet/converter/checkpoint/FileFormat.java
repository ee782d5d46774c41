package dev.hydranet.converter.checkpoint;

import dev.hydranet.converter.pickle.ByteReader;
import dev.hydranet.engine.DamagedFileException;
import dev.hydranet.engine.UnsupportedFileException;
import dev.hydranet.engine.WeightsFormatException;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** What a file is, by its first bytes. */
enum FileFormat {
  /** PyTorch's before 1.6. */
  LEGACY,
  /** PyTorch's since 1.6. */
  ZIP,
  /** Hugging Face's, and this project's. */
  SAFETENSORS;

  private static final int HEAD = 512;
  private static final int TAR_MAGIC_AT = 257;
  private static final int JSON_AT = 8;

  /** What is found instead of a checkpoint, by the Latin-1 text that it starts with. */
  private static final Map<String, String> OTHERS = new LinkedHashMap<>();

  static {
    OTHERS.put(
        "version https://git-lfs.github.com/",
        "a Git LFS pointer, not the file itself; 'git lfs pull' fetches it");
    OTHERS.put("\u001f\u008b", "a gzip file; decompress it first");
    OTHERS.put("BZh", "a bzip2 file; decompress it first");
    OTHERS.put("\u00fd7zXZ\0", "an xz file; decompress it first");
    OTHERS.put("(\u00b5/\u00fd", "a Zstandard file; decompress it first");
    OTHERS.put("\u0089HDF\r\n\u001a\n", "an HDF5 file, as Keras writes it");
    OTHERS.put("\u0093NUMPY", "a NumPy array");
    OTHERS.put("GGUF", "a GGUF file");
    OTHERS.put("\u0089PNG", "a PNG picture");
    OTHERS.put("\u00ff\u00d8\u00ff", "a JPEG picture");
    OTHERS.put("%PDF", "a PDF document");
  }

  /**
   * What the file is.
   *
   * @throws WeightsFormatException if it is nothing that weights are read from; the message names
   *     what it is instead, if that is known
   */
  static FileFormat of(MemorySegment file) throws WeightsFormatException {
    if (file.byteSize() == 0) {
      throw new DamagedFileException("the file is empty");
    }
    byte[] bytes = new ByteReader(file).array(Math.min(HEAD, file.byteSize()));
    String head = new String(bytes, StandardCharsets.ISO_8859_1);
    if (head.startsWith("PK\u0003\u0004") || head.startsWith("PK\u0005\u0006")) {
      return ZIP;
    }
    if (head.startsWith("\u0080") || head.startsWith("L119547037146038801333356L\n")) {
      return LEGACY;
    }
    if (head.length() > JSON_AT && head.charAt(JSON_AT) == '{') {
      return SAFETENSORS;
    }
    throw new UnsupportedFileException(
        "expected a PyTorch checkpoint or a safetensors file, found " + describe(head));
  }

  private static String describe(String head) {
    for (Map.Entry<String, String> other : OTHERS.entrySet()) {
      if (head.startsWith(other.getKey())) {
        return other.getValue();
      }
    }
    if (head.startsWith("ustar", TAR_MAGIC_AT)) {
      return "a tar archive, as the first releases of PyTorch wrote; load and save it with a later one";
    }
    // The first fields of a ModelProto: ir_version, then a string or the graph.
    if (head.matches("(?s)\b[\u0001-\u0020][\u0012\u001a\":].*")) {
      return "an ONNX model";
    }
    String text = head.strip().toLowerCase(Locale.ROOT);
    if (text.startsWith("<!doctype html") || text.startsWith("<html")) {
      return "an HTML page, perhaps of a download that failed";
    }
    int shown = Math.min(8, head.length());
    byte[] start = head.substring(0, shown).getBytes(StandardCharsets.ISO_8859_1);
    return "a file that starts with the bytes " + HexFormat.ofDelimiter(" ").formatHex(start);
  }
}
