/** Weights in and out: PyTorch checkpoints, ONNX models, the published files. */
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
