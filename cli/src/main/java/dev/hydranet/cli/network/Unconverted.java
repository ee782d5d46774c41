package dev.hydranet.cli.network;

import dev.hydranet.engine.UnsupportedFileException;
import dev.hydranet.engine.file.FileKind;
import dev.hydranet.engine.file.WeightsFile;
import dev.hydranet.engine.text.OneLine;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;

/** Weights in a format that has to be converted first. */
public final class Unconverted {
  private Unconverted() {}

  /**
   * Looks at a file's first bytes.
   *
   * @throws UnsupportedFileException if {@code convert} takes such files; the message has the
   *     command
   */
  public static void refuse(Path file) throws IOException {
    FileKind kind;
    try (WeightsFile content = WeightsFile.open(file, "a safetensors file")) {
      ByteBuffer head = ByteBuffer.allocate(FileKind.HEAD);
      while (head.hasRemaining() && content.channel().read(head) >= 0) {}
      kind = FileKind.of(Arrays.copyOf(head.array(), head.position()));
    }
    switch (kind) {
      case ZIP, PICKLE ->
          throw found(file, kind, "if it is a PyTorch checkpoint, " + command(file));
      case ONNX -> throw found(file, kind, command(file));
      default -> {}
    }
  }

  private static UnsupportedFileException found(Path file, FileKind kind, String advice) {
    return new UnsupportedFileException(
        file + ": expected a safetensors file, found " + kind.description() + "; " + advice);
  }

  private static String command(Path file) {
    String name = file.getFileName().toString();
    int dot = name.lastIndexOf('.');
    String stem = dot > 0 ? name.substring(0, dot) : name;
    boolean same = name.equals(stem + ".safetensors");
    Path out = file.resolveSibling(stem + (same ? ".converted" : "") + ".safetensors");
    return "`hydranet convert " + word(file) + " " + word(out) + "` converts it";
  }

  /** A name as a shell takes it. */
  private static String word(Path file) {
    String word = OneLine.of(file.toString());
    return word.matches("[\\w./\\\\:@%+=,~-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
