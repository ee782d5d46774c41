package dev.hydranet.converter.onnx.translate;

/** How one ONNX operator is said in the engine's operators. */
interface Translator {
  /**
   * Defines the node's outputs.
   *
   * @throws UnsupportedModelException if the engine has no such form of the operator
   * @throws IllegalArgumentException if the node is not as ONNX has it
   */
  void translate(OnnxNode node, Translation network);
}
