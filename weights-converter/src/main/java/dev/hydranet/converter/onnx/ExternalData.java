package dev.hydranet.converter.onnx;

import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import dev.hydranet.converter.onnx.translate.Tensors;
import dev.hydranet.engine.tensor.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Tensors whose numbers lie in the model or in files beside it, inside the model's folder only. */
final class ExternalData {
  private final Path model;

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
      entries.put(entry.getKey(), entry.getValue());
    }
    String location = entries.getOrDefault("location", "");
    if (model == null) {
      throw new IllegalArgumentException(
          where + " lies in file '" + location + "'; read the model from its file");
    }
    try {
      return Tensors.tensor(proto.getName(), proto, bytes(where, location, entries));
    } catch (IOException e) {
      throw new IllegalArgumentException(where + ": cannot read '" + location + "': " + e, e);
    }
  }

  private ByteBuffer bytes(String where, String location, Map<String, String> entries)
      throws IOException {
    Path folder = model.toAbsolutePath().getParent().toRealPath();
    Path file = folder.resolve(location).toRealPath();
    if (location.isEmpty() || !file.startsWith(folder)) {
      throw new IllegalArgumentException(
          where + ": expected data in the model's folder, found '" + location + "'");
    }
    try (FileChannel channel = FileChannel.open(file)) {
      long offset = number(where, entries, "offset", 0);
      long length = number(where, entries, "length", channel.size() - offset);
      if (offset < 0 || length < 0 || offset > channel.size() - length) {
        throw new IllegalArgumentException(
            where
                + ": expected bytes "
                + offset
                + " to "
                + (offset + length)
                + " in '"
                + location
                + "', which has "
                + channel.size());
      }
      return channel.map(FileChannel.MapMode.READ_ONLY, offset, length);
    }
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
