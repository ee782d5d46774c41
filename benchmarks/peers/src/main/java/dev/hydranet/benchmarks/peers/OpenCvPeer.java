package dev.hydranet.benchmarks.peers;

import dev.hydranet.benchmarks.network.Scenario;
import dev.hydranet.engine.tensor.Shape;
import dev.hydranet.engine.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_dnn;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.MatVector;
import org.bytedeco.opencv.opencv_core.StringVector;
import org.bytedeco.opencv.opencv_dnn.Net;

/** OpenCV's DNN module on its own CPU kernels, from the ONNX model. */
final class OpenCvPeer implements Peer {
  private final int threads;
  private final List<String> names;
  private final StringVector outputNames;
  private final Mat input;
  private final MatVector outputs = new MatVector();
  private final Net net;

  OpenCvPeer(ModelFiles files, Scenario scenario, int threads, Tensor picture) {
    this.threads = threads;
    names = scenario.graph().outputs();
    outputNames = new StringVector(names.toArray(String[]::new));
    net = opencv_dnn.readNetFromONNX(files.onnx(scenario).toString());
    net.setPreferableBackend(opencv_dnn.DNN_BACKEND_OPENCV);
    net.setPreferableTarget(opencv_dnn.DNN_TARGET_CPU);
    input = new Mat(picture.shape().toArray(), opencv_core.CV_32F);
    new FloatPointer(input.data()).put(picture.data());
  }

  @Override
  public String version() {
    return opencv_core.CV_VERSION();
  }

  /** The number of threads is one for all of OpenCV. */
  @Override
  public void run() {
    opencv_core.setNumThreads(threads);
    net.setInput(input);
    net.forward(outputs, outputNames);
  }

  @Override
  public Map<String, Tensor> outputs() {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      Mat output = outputs.get(i);
      int[] extents = IntStream.range(0, output.dims()).map(output::size).toArray();
      Tensor tensor = Tensor.zeros(Shape.of(extents));
      new FloatPointer(output.data()).get(tensor.data());
      tensors.put(names.get(i), tensor);
    }
    return tensors;
  }

  @Override
  public void close() {
    outputs.close();
    input.close();
    net.close();
  }
}
