package dev.hydranet.benchmarks.peers;

import com.google.flatbuffers.FlatBufferBuilder;
import dev.hydranet.benchmarks.peers.TfLiteModel.Operator;
import dev.hydranet.engine.graph.Conv2d;
import dev.hydranet.engine.graph.Size;
import dev.hydranet.engine.tensor.Shape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Writes a HydraNet as a TensorFlow Lite model, channels last. */
final class TfLiteExport {
  private static final byte SAME = 0;
  private static final byte VALID = 1;
  private static final byte NO_ACTIVATION = 0;
  private static final byte RELU6 = 3;
  private static final int POOL = 5;

  private final Layers layers;
  private final TfLiteModel model = new TfLiteModel();
  private final Map<String, Integer> tensors = new HashMap<>();

  private TfLiteExport(Layers layers) {
    this.layers = layers;
  }

  static void write(Path file, Layers layers) throws IOException {
    ByteBuffer bytes = new TfLiteExport(layers).translate();
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    }
  }

  private ByteBuffer translate() {
    layers.inputs().forEach(this::declare);
    for (Layer layer : layers.all()) {
      int out = declare(layer.output());
      switch (layer) {
        case Layer.Convolution convolution -> convolution(convolution, out);
        case Layer.Sum sum ->
            model.operator(
                Operator.ADD,
                b -> activation(b, sum.relu6()),
                out,
                tensors.get(sum.first()),
                tensors.get(sum.second()));
        case Layer.Pool pool ->
            model.operator(
                Operator.MAX_POOL_2D, TfLiteExport::pool, out, tensors.get(pool.input()));
        case Layer.Resize resize -> {
          int[] size = {resize.size().height(), resize.size().width()};
          model.operator(
              Operator.RESIZE_BILINEAR,
              TfLiteExport::halfPixelCentres,
              out,
              tensors.get(resize.input()),
              model.constant(resize.output() + ".size", size, 2));
        }
        case Layer.Relu6 relu6 ->
            model.operator(Operator.RELU6, b -> 0, out, tensors.get(relu6.input()));
      }
    }
    return model.finish(indices(layers.inputs()), indices(layers.outputs()));
  }

  private int declare(String value) {
    Shape shape = layers.shape(value);
    int tensor =
        model.tensor(value, shape.batch(), shape.height(), shape.width(), shape.channels());
    tensors.put(value, tensor);
    return tensor;
  }

  private int[] indices(List<String> values) {
    return values.stream().mapToInt(tensors::get).toArray();
  }

  private void convolution(Layer.Convolution layer, int out) {
    Conv2d conv = layer.conv();
    // With a stride, TensorFlow would pad the far sides first.
    boolean same =
        conv.stride().equals(Size.square(1))
            && conv.padding().height() == conv.kernel().height() / 2
            && conv.padding().width() == conv.kernel().width() / 2;
    byte padding = same ? SAME : VALID;
    int in = same ? tensors.get(layer.input()) : padded(layer);
    // A depthwise convolution's filters are one filter of all channels.
    int filters = conv.groups() == 1 ? conv.outChannels() : 1;
    int channels = conv.groups() == 1 ? conv.inChannels() : conv.outChannels();
    int height = conv.kernel().height();
    int width = conv.kernel().width();
    float[] packed = channelsLast(layer.filters(), filters, channels, height * width);
    String name = layer.output();
    int filter = model.constant(name + ".weight", packed, filters, height, width, channels);
    int bias = model.constant(name + ".bias", layer.bias(), conv.outChannels());
    if (conv.groups() == 1) {
      model.operator(
          Operator.CONV_2D,
          b -> convolution(b, conv.stride(), padding, layer.relu6()),
          out,
          in,
          filter,
          bias);
    } else {
      model.operator(
          Operator.DEPTHWISE_CONV_2D,
          b -> depthwise(b, conv.stride(), padding, layer.relu6()),
          out,
          in,
          filter,
          bias);
    }
  }

  /** From {@code [filters][channels][taps]} to {@code [filters][taps][channels]}. */
  private static float[] channelsLast(float[] weights, int filters, int channels, int taps) {
    float[] packed = new float[weights.length];
    for (int f = 0; f < filters; f++) {
      for (int c = 0; c < channels; c++) {
        for (int tap = 0; tap < taps; tap++) {
          packed[(f * taps + tap) * channels + c] = weights[(f * channels + c) * taps + tap];
        }
      }
    }
    return packed;
  }

  private int padded(Layer.Convolution layer) {
    int in = tensors.get(layer.input());
    int h = layer.conv().padding().height();
    int w = layer.conv().padding().width();
    if (h == 0 && w == 0) {
      return in;
    }
    String name = layer.output();
    Shape shape = layers.shape(layer.input());
    int out =
        model.tensor(
            name + ".padded",
            shape.batch(),
            shape.height() + 2 * h,
            shape.width() + 2 * w,
            shape.channels());
    int amounts = model.constant(name + ".padding", new int[] {0, 0, h, h, w, w, 0, 0}, 4, 2);
    model.operator(Operator.PAD, TfLiteExport::empty, out, in, amounts);
    return out;
  }

  private static int empty(FlatBufferBuilder b) {
    b.startTable(0);
    return b.endTable();
  }

  private static int activation(FlatBufferBuilder b, boolean relu6) {
    b.startTable(1);
    b.addByte(0, relu6 ? RELU6 : NO_ACTIVATION, NO_ACTIVATION);
    return b.endTable();
  }

  private static int convolution(FlatBufferBuilder b, Size stride, byte padding, boolean relu6) {
    b.startTable(6);
    b.addByte(0, padding, SAME);
    b.addInt(1, stride.width(), 0);
    b.addInt(2, stride.height(), 0);
    b.addByte(3, relu6 ? RELU6 : NO_ACTIVATION, NO_ACTIVATION);
    return b.endTable();
  }

  private static int depthwise(FlatBufferBuilder b, Size stride, byte padding, boolean relu6) {
    b.startTable(7);
    b.addByte(0, padding, SAME);
    b.addInt(1, stride.width(), 0);
    b.addInt(2, stride.height(), 0);
    b.addInt(3, 1, 0); // output channels for each input channel
    b.addByte(4, relu6 ? RELU6 : NO_ACTIVATION, NO_ACTIVATION);
    return b.endTable();
  }

  private static int pool(FlatBufferBuilder b) {
    b.startTable(6);
    b.addByte(0, SAME, SAME);
    b.addInt(1, 1, 0);
    b.addInt(2, 1, 0);
    b.addInt(3, POOL, 0);
    b.addInt(4, POOL, 0);
    return b.endTable();
  }

  private static int halfPixelCentres(FlatBufferBuilder b) {
    b.startTable(4);
    b.addBoolean(3, true, false);
    return b.endTable();
  }
}
