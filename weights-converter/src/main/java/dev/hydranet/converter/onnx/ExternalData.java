package dev.hydranet.converter.onnx;

import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import dev.hydranet.converter.onnx.translate.Tensors;
import dev.hydranet.engine.FileTooLargeException;
import dev.hydranet.engine.file.WeightsFile;
import dev.hydranet.engine.tensor.Tensor;
import dev.hydranet.engine.text.OneLine;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Tensors whose numbers lie in the model or in files beside it, inside the model's folder only. */
final class ExternalData {
  /** Tensors may share numbers, but reading a file more than this many times is an attack. */
  private static final int MOST_TIMES = 4;

  private static final int LONGEST_PATH = 1000;
  private static final int SHOWN = 120;

  private final Path model;
  private final Map<Path, Long> taken = new HashMap<>();

  /**
   * For one model.
   *
   * @param model its file, or null if there is none, and so no folder
   */
  ExternalData(Path model) {
    this.model = model;
  }

  Tensor read(TensorProto proto) {
    if (proto.getDataLocation() != TensorProto.DataLocation.EXTERNAL) {
      return Tensors.tensor(proto.getName(), proto, proto.getRawData().asReadOnlyByteBuffer());
    }
    String where = "tensor '" + proto.getName() + "'";
    Map<String, String> entries = new HashMap<>();
    for (StringStringEntryProto entry : proto.getExternalDataList()) {
      if (entries.put(entry.getKey(), entry.getValue()) != null) {
        throw new IllegalArgumentException(
            where + ": expected '" + entry.getKey() + "' once, found it twice");
      }
    }
    String location = entries.getOrDefault("location", "");
    if (location.length() > LONGEST_PATH || !OneLine.of(location).equals(location)) {
      throw outside(where, location);
    }
    if (model == null) {
      throw new IllegalArgumentException(
          where + " lies in file '" + location + "'; read the model from its file");
    }
    try {
      return Tensors.tensor(proto.getName(), proto, bytes(proto, where, location, entries));
    } catch (NoSuchFileException e) {
      throw new IllegalArgumentException(where + ": there is no file '" + location + "'", e);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          where + ": cannot read '" + location + "': " + e.getMessage(), e);
    }
  }

  private ByteBuffer bytes(
      TensorProto proto, String where, String location, Map<String, String> entries)
      throws IOException {
    Path folder = model.toAbsolutePath().getParent().toRealPath();
    Path named = folder.resolve(location).normalize();
    if (location.isEmpty() || !named.startsWith(folder)) {
      throw outside(where, location);
    }
    Path file = named.toRealPath();
    if (!file.startsWith(folder) || !Files.isRegularFile(file)) {
      throw outside(where, location);
    }
    try (WeightsFile opened = WeightsFile.open(file, "a tensor's numbers")) {
      long size = opened.size();
      long offset = number(where, entries, "offset", 0);
      long length = number(where, entries, "length", size - offset);
      if (offset < 0 || length < 0 || offset > size - length) {
        throw new IllegalArgumentException(
            where
                + ": expected "
                + length
                + " bytes from "
                + offset
                + " on in '"
                + location
                + "', which has "
                + size);
      }
      Tensors.checkSize(proto.getName(), proto, length);
      long read = taken.merge(file, length, Math::addExact);
      if (read > MOST_TIMES * size) {
        throw new IllegalArgumentException(
            where
                + ": the tensors in '"
                + location
                + "' would take more than "
                + MOST_TIMES
                + " times its "
                + size
                + " bytes");
      }
      return bytes(opened, offset, (int) length);
    }
  }

  private static ByteBuffer bytes(WeightsFile file, long offset, int length) throws IOException {
    FileTooLargeException.check("a tensor", length);
    ByteBuffer bytes = ByteBuffer.allocate(length);
    while (bytes.hasRemaining()) {
      if (file.channel().read(bytes, offset + bytes.position()) < 0) {
        throw file.changed(null);
      }
    }
    file.checkUnchanged();
    return bytes.flip();
  }

  private static IllegalArgumentException outside(String where, String location) {
    return new IllegalArgumentException(
        where
            + ": expected a file in the model's folder, found '"
            + OneLine.of(location, SHOWN)
            + "'");
  }

  private static long number(
      String where, Map<String, String> entries, String key, long otherwise) {
    String text = entries.get(key);
    try {
      return text == null ? otherwise : Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(where + ": expected a number, found " + text, e);
    }
  }
}
