package dev.hydranet.engine.file;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** What a file is that stands where weights should, judged by its first bytes. */
public enum FileKind {
  /** No bytes at all. */
  EMPTY("an empty file"),
  /** The text that Git leaves instead of a large file it has not fetched. */
  GIT_LFS_POINTER("a Git LFS pointer (`git lfs pull` fetches the file itself)"),
  /** A web page, often an error page or a sign-in form saved under the file's name. */
  HTML("an HTML page"),
  /** A zip archive, as PyTorch 1.6 and later write checkpoints. */
  ZIP("a zip archive"),
  /** A pickle, as PyTorch wrote checkpoints before 1.6. */
  PICKLE("a Python pickle"),
  /** An ONNX model. */
  ONNX("an ONNX model"),
  /** An HDF5 file, as Keras writes weights. */
  HDF5("an HDF5 file"),
  /** A NumPy array. */
  NUMPY("a NumPy array"),
  /** A gzip stream. */
  GZIP("a gzip file"),
  /** A tar archive, as the oldest PyTorch wrote checkpoints. */
  TAR("a tar archive"),
  /** A PNG picture. */
  PNG("a PNG image"),
  /** A JPEG picture. */
  JPEG("a JPEG image"),
  /** None of the above. */
  UNKNOWN("an unknown format");

  /** How many of a file's first bytes {@link #of} looks at. */
  public static final int HEAD = 512;

  private final String description;

  FileKind(String description) {
    this.description = description;
  }

  /** {@return the kind in words, with its article: {@code a zip archive}} */
  public String description() {
    return description;
  }

  /**
   * {@return the kind of a file that begins with the given bytes, or consists of them}
   *
   * @param head the first {@link #HEAD} bytes, or all there are
   */
  public static FileKind of(byte[] head) {
    if (head.length == 0) {
      return EMPTY;
    }
    String bytes = new String(head, 0, Math.min(head.length, HEAD), StandardCharsets.ISO_8859_1);
    if (bytes.startsWith("version https://git-lfs.github.com/")) {
      return GIT_LFS_POINTER;
    }
    String text = bytes.startsWith("\u00ef\u00bb\u00bf") ? bytes.substring(3) : bytes;
    text = text.stripLeading().toLowerCase(Locale.ROOT);
    if (text.startsWith("<!doctype html") || text.startsWith("<html")) {
      return HTML;
    }
    if (bytes.startsWith("PK\u0003\u0004") || bytes.startsWith("PK\u0005\u0006")) {
      return ZIP;
    }
    // Of protocols 0 and 1, which have no mark: the number that PyTorch begins with.
    if (bytes.startsWith("L119547037146038801333356L\n")) {
      return PICKLE;
    }
    // The first fields of a ModelProto: ir_version, then a string or the graph.
    if (bytes.matches("(?s)\b[\u0001-\u0020][\u0012\u001a\":].*")) {
      return ONNX;
    }
    if (bytes.length() > 1
        && bytes.charAt(0) == 0x80
        && bytes.charAt(1) >= 2
        && bytes.charAt(1) <= 5) {
      return PICKLE;
    }
    if (bytes.startsWith("\u0089HDF\r\n\u001a\n")) {
      return HDF5;
    }
    if (bytes.startsWith("\u0093NUMPY")) {
      return NUMPY;
    }
    if (bytes.startsWith("\u001f\u008b")) {
      return GZIP;
    }
    if (bytes.startsWith("ustar", 257)) {
      return TAR;
    }
    if (bytes.startsWith("\u0089PNG\r\n\u001a\n")) {
      return PNG;
    }
    if (bytes.startsWith("\u00ff\u00d8\u00ff")) {
      return JPEG;
    }
    return UNKNOWN;
  }
}
