package dev.hydranet.benchmarks.peers;

import dev.hydranet.benchmarks.network.Scenario;
import dev.hydranet.engine.tensor.Shape;
import dev.hydranet.engine.tensor.Tensor;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.tensorflowlite.BuiltinOpResolverWithXNNPACK;
import org.bytedeco.tensorflowlite.FlatBufferModel;
import org.bytedeco.tensorflowlite.Interpreter;
import org.bytedeco.tensorflowlite.InterpreterBuilder;
import org.bytedeco.tensorflowlite.OpResolver;
import org.bytedeco.tensorflowlite.global.tensorflowlite;

/** TensorFlow Lite with XNNPACK. Input and outputs are channels last, as it has them. */
final class TfLitePeer implements Peer {
  private final Scenario scenario;
  private final FlatBufferModel model;
  private final OpResolver operators = new BuiltinOpResolverWithXNNPACK();
  private final Interpreter interpreter = new Interpreter((Pointer) null);
  private final float[] picture;

  TfLitePeer(ModelFiles files, Scenario scenario, int threads, Tensor picture) throws IOException {
    this.scenario = scenario;
    String file = files.tfLite(scenario).toString();
    model = FlatBufferModel.BuildFromFile(file);
    try (InterpreterBuilder builder = new InterpreterBuilder(model, operators)) {
      check(builder.SetNumThreads(threads));
      check(builder.apply(interpreter));
    }
    check(interpreter.AllocateTensors());
    this.picture = channelsLast(picture);
  }

  @Override
  public String version() {
    return tensorflowlite.TfLiteVersion().getString();
  }

  @Override
  public void run() throws IOException {
    interpreter.typed_input_tensor_float(0).put(picture);
    check(interpreter.Invoke());
  }

  @Override
  public Map<String, Tensor> outputs() {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    scenario
        .outputShapes()
        .forEach(
            (name, shape) -> {
              float[] data = new float[(int) shape.elementCount()];
              interpreter.typed_output_tensor_float(tensors.size()).get(data);
              tensors.put(name, channelsFirst(shape, data));
            });
    return tensors;
  }

  private static void check(int status) throws IOException {
    if (status != tensorflowlite.kTfLiteOk) {
      throw new IOException("TensorFlow Lite failed with status " + status);
    }
  }

  private static float[] channelsLast(Tensor tensor) {
    int channels = tensor.shape().channels();
    int pixels = tensor.data().length / channels;
    float[] data = new float[tensor.data().length];
    for (int i = 0; i < data.length; i++) {
      data[i] = tensor.data()[i % channels * pixels + i / channels];
    }
    return data;
  }

  private static Tensor channelsFirst(Shape shape, float[] data) {
    Tensor tensor = Tensor.zeros(shape);
    int channels = shape.channels();
    int pixels = data.length / channels;
    for (int i = 0; i < data.length; i++) {
      tensor.data()[i % channels * pixels + i / channels] = data[i];
    }
    return tensor;
  }

  @Override
  public void close() {
    interpreter.close();
    operators.close();
    model.close();
  }
}
