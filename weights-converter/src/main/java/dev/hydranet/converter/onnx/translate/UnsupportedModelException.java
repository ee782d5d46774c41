package dev.hydranet.converter.onnx.translate;

/** Something in an ONNX model that this project does not support; the message names it. */
final class UnsupportedModelException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  UnsupportedModelException(String message) {
    super(message);
  }
}
