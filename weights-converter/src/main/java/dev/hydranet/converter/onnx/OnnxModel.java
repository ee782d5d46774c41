package dev.hydranet.converter.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import com.google.protobuf.CodedInputStream;
import dev.hydranet.converter.onnx.translate.ModelTranslator;
import dev.hydranet.engine.WeightsFormatException;
import dev.hydranet.engine.network.Network;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Reads ONNX models: convolutional networks and their like, float32, opset 7 and later. What is
 * supported stands in docs/onnx.md; anything else is refused by name.
 */
public final class OnnxModel {
  /** Protobuf's own limit. */
  private static final long LARGEST = Integer.MAX_VALUE;

  private static final int DEEPEST = 64;

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
    long size = Files.size(file);
    if (size > LARGEST) {
      throw new WeightsFormatException(
          file
              + ": "
              + size
              + " bytes, but an ONNX model has at most 2 GB; larger ones keep their"
              + " weights in files beside it");
    }
    return read(file.toString(), Files.readAllBytes(file), new ExternalData(file));
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
    ModelProto model;
    try {
      CodedInputStream in = CodedInputStream.newInstance(bytes);
      in.setRecursionLimit(DEEPEST);
      model = ModelProto.parseFrom(in);
    } catch (IOException e) {
      throw new WeightsFormatException(name + ": not an ONNX model: " + e.getMessage(), e);
    }
    if (!model.hasGraph() || model.getGraph().getNodeCount() == 0) {
      throw new WeightsFormatException(name + ": not an ONNX model: it has no graph");
    }
    try {
      return ModelTranslator.translate(model, external::read);
    } catch (IllegalArgumentException e) {
      throw new WeightsFormatException(name + ": " + e.getMessage(), e);
    }
  }
}
