/**
 * Converts weights: reads PyTorch checkpoints and ONNX models, downloads the published files,
 * exports ONNX.
 */
module dev.hydranet.converter {
  requires com.google.protobuf;
  requires java.net.http;
  requires transitive dev.hydranet;
  requires org.tribuo.util.onnx;

  exports dev.hydranet.converter;
  exports dev.hydranet.converter.checkpoint;
  exports dev.hydranet.converter.onnx;
  exports dev.hydranet.converter.published;
}
