package dev.hydranet.converter.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.UnsafeByteOperations;
import dev.hydranet.converter.onnx.translate.ModelLimits;
import dev.hydranet.converter.onnx.translate.ModelTranslator;
import dev.hydranet.engine.FileTooLargeException;
import dev.hydranet.engine.WeightsFormatException;
import dev.hydranet.engine.file.FileKind;
import dev.hydranet.engine.file.WeightsFile;
import dev.hydranet.engine.network.Network;
import dev.hydranet.engine.text.OneLine;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * Reads ONNX models: convolutional networks and their like, float32, opset 7 and later. What is
 * supported stands in docs/onnx.md; anything else is refused by name.
 */
public final class OnnxModel {
  /** Protobuf's own limit. */
  private static final long LARGEST = Integer.MAX_VALUE;

  private static final int LONGEST_MESSAGE = 2000;

  private OnnxModel() {}

  /**
   * Reads a model.
   *
   * @param file an ONNX model; its external data, if it has any, lies in the same folder or below
   * @return the network, whose nodes are called as in the model
   * @throws WeightsFormatException if it is no model, or something in it is not supported; the
   *     message names the file and the nodes
   * @throws IOException if it cannot be read
   */
  public static Network read(Path file) throws IOException {
    long size = 0;
    try (WeightsFile opened = WeightsFile.open(file, "an ONNX model")) {
      size = opened.size();
      if (size > LARGEST) {
        throw new FileTooLargeException(
            file
                + ": "
                + size
                + " bytes, but an ONNX model has at most 2 GB; larger ones keep their"
                + " weights in files beside it");
      }
      FileTooLargeException.check(file.toString(), size);
      byte[] bytes = bytes(opened);
      opened.checkUnchanged();
      return read(file.toString(), bytes, new ExternalData(file));
    } catch (OutOfMemoryError e) {
      throw FileTooLargeException.of(file.toString(), size, e);
    }
  }

  private static byte[] bytes(WeightsFile file) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate((int) file.size());
    while (bytes.hasRemaining()) {
      if (file.channel().read(bytes) < 0) {
        throw file.changed(null);
      }
    }
    return bytes.array();
  }

  /**
   * Reads a model.
   *
   * @param bytes an ONNX model without external data
   * @return the network
   * @throws WeightsFormatException if it is no model, or something in it is not supported
   */
  public static Network read(byte[] bytes) throws WeightsFormatException {
    return read("ONNX model", bytes, new ExternalData(null));
  }

  private static Network read(String name, byte[] bytes, ExternalData external)
      throws WeightsFormatException {
    try {
      ModelScan.check(bytes);
      ModelProto model = parse(bytes);
      if (!model.hasGraph() || model.getGraph().getNodeCount() == 0) {
        throw new IllegalArgumentException(
            "expected an ONNX model, found "
                + (bytes.length == 0 ? FileKind.EMPTY.description() : "one without a graph"));
      }
      ModelLimits.check(model);
      return ModelTranslator.translate(model, external::read);
    } catch (IllegalArgumentException e) {
      throw new WeightsFormatException(
          name + ": " + OneLine.of(String.valueOf(e.getMessage()), LONGEST_MESSAGE), e);
    }
  }

  private static ModelProto parse(byte[] bytes) {
    try {
      // Does not copy the tensors' bytes.
      CodedInputStream in = UnsafeByteOperations.unsafeWrap(bytes).newCodedInput();
      in.enableAliasing(true);
      in.setRecursionLimit(ModelScan.DEEPEST);
      return ModelProto.parseFrom(in);
    } catch (IOException e) {
      throw new IllegalArgumentException("not an ONNX model: " + e.getMessage(), e);
    }
  }
}
