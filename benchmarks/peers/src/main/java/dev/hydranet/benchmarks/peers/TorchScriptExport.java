package dev.hydranet.benchmarks.peers;

import dev.hydranet.engine.graph.Conv2d;
import dev.hydranet.engine.graph.Size;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes a HydraNet as a TorchScript archive: a zip file of the module's code, its attributes as a
 * pickle, and their numbers. Filters and activations are channels last in memory, which is what
 * PyTorch's convolutions are fastest with on a processor.
 */
final class TorchScriptExport {
  private static final String ROOT = "hydranet/";

  /** {@code torch.channels_last} among memory formats. */
  private static final int CHANNELS_LAST = 2;

  private final Layers layers;
  private final StringBuilder attributes = new StringBuilder();
  private final StringBuilder code = new StringBuilder();
  private final ByteArrayOutputStream pickle = new ByteArrayOutputStream();
  private final List<float[]> storages = new ArrayList<>();
  private final Map<String, String> variables = new HashMap<>();

  private TorchScriptExport(Layers layers) {
    this.layers = layers;
  }

  static void write(Path file, Layers layers) throws IOException {
    new TorchScriptExport(layers).write(file);
  }

  private void write(Path file) throws IOException {
    ascii("\u0080\u0002c__torch__\nHydraNet\n)\u0081}(");
    text("training");
    ascii("\u0089");
    translate();
    ascii("ub.");
    String source =
        "class HydraNet(Module):\n  __parameters__ = []\n  __buffers__ = []\n  training : bool\n"
            + attributes
            + code;
    try (OutputStream out = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      entry(zip, "version", "3\n".getBytes(StandardCharsets.US_ASCII));
      entry(zip, "data.pkl", pickle.toByteArray());
      entry(zip, "code/__torch__.py", source.getBytes(StandardCharsets.US_ASCII));
      // An empty tuple.
      entry(zip, "constants.pkl", new byte[] {(byte) 0x80, 2, ')', '.'});
      for (int i = 0; i < storages.size(); i++) {
        float[] numbers = storages.get(i);
        ByteBuffer bytes =
            ByteBuffer.allocate(numbers.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(numbers);
        entry(zip, "data/" + i, bytes.array());
      }
    }
  }

  /** PyTorch reads entries that are not compressed only. */
  private static void entry(ZipOutputStream zip, String name, byte[] content) throws IOException {
    CRC32 crc = new CRC32();
    crc.update(content);
    ZipEntry entry = new ZipEntry(ROOT + name);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(content.length);
    entry.setCrc(crc.getValue());
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
  }

  private void translate() {
    String results = "Tuple[" + "Tensor, ".repeat(layers.outputs().size()).strip() + "]";
    line("def forward(self: __torch__.HydraNet, x: Tensor) -> " + results.replace(",]", "]") + ":");
    variables.put(layers.inputs().get(0), "x0");
    code.append("    x0 = torch.contiguous(x, memory_format=" + CHANNELS_LAST + ")\n");
    for (Layer layer : layers.all()) {
      String result = "x" + variables.size();
      variables.put(layer.output(), result);
      switch (layer) {
        case Layer.Convolution convolution -> {
          String bias = attribute(convolution.bias(), convolution.bias().length);
          assign(
              result,
              "torch.conv2d(%s, self.%s, self.%s, %s, %s, %s, %d)",
              variables.get(convolution.input()),
              filters(convolution),
              bias,
              list(convolution.conv().stride()),
              list(convolution.conv().padding()),
              list(convolution.conv().dilation()),
              convolution.conv().groups());
          relu6(result, convolution.relu6());
        }
        case Layer.Sum sum -> {
          assign(
              result, "torch.add(%s, %s)", variables.get(sum.first()), variables.get(sum.second()));
          relu6(result, sum.relu6());
        }
        case Layer.Pool pool ->
            assign(
                result,
                "torch.max_pool2d(%s, [5, 5], [1, 1], [2, 2], [1, 1], False)",
                variables.get(pool.input()));
        case Layer.Resize resize ->
            assign(
                result,
                "torch.upsample_bilinear2d(%s, %s, False, None, None)",
                variables.get(resize.input()),
                list(resize.size()));
        case Layer.Relu6 relu6 ->
            assign(result, "torch.hardtanh(%s, 0., 6.)", variables.get(relu6.input()));
      }
    }
    List<String> outputs = layers.outputs().stream().map(variables::get).toList();
    code.append("    return (").append(String.join(", ", outputs)).append(")\n");
  }

  private void assign(String result, String form, Object... arguments) {
    code.append("    ").append(result).append(" = ").append(String.format(form, arguments));
    code.append('\n');
  }

  private void relu6(String result, boolean there) {
    if (there) {
      assign(result, "torch.hardtanh_(%s, 0., 6.)", result);
    }
  }

  private static String list(Size size) {
    return "[" + size.height() + ", " + size.width() + "]";
  }

  private void line(String text) {
    code.append("  ").append(text).append('\n');
  }

  /** Filters whose strides are those of channels last. */
  private String filters(Layer.Convolution layer) {
    Conv2d conv = layer.conv();
    int channels = conv.inChannels() / conv.groups();
    int height = conv.kernel().height();
    int width = conv.kernel().width();
    int taps = height * width;
    float[] packed = new float[layer.filters().length];
    for (int i = 0; i < packed.length; i++) {
      int tap = i % taps;
      int c = i / taps % channels;
      int o = i / taps / channels;
      packed[(o * taps + tap) * channels + c] = layer.filters()[i];
    }
    int[] shape = {conv.outChannels(), channels, height, width};
    int[] strides = {taps * channels, 1, width * channels, channels};
    return attribute(packed, shape, strides);
  }

  private String attribute(float[] numbers, int length) {
    return attribute(numbers, new int[] {length}, new int[] {1});
  }

  /** Declares a tensor and appends it to the pickle; returns its name. */
  private String attribute(float[] numbers, int[] shape, int[] strides) {
    String name = "t" + storages.size();
    attributes.append("  ").append(name).append(" : Tensor\n");
    text(name);
    ascii("ctorch._utils\n_rebuild_tensor_v2\n((");
    text("storage");
    ascii("ctorch\nFloatStorage\n");
    text(Integer.toString(storages.size()));
    text("cpu");
    integer(numbers.length);
    ascii("tQ");
    integer(0);
    tuple(shape);
    tuple(strides);
    ascii("\u0089ccollections\nOrderedDict\n)RtR");
    storages.add(numbers);
    return name;
  }

  private void tuple(int... values) {
    ascii("(");
    for (int value : values) {
      integer(value);
    }
    ascii("t");
  }

  private void integer(int value) {
    ascii("J");
    byte[] bytes =
        ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array();
    pickle.write(bytes, 0, bytes.length);
  }

  private void text(String value) {
    ascii("X");
    byte[] bytes = value.getBytes(StandardCharsets.US_ASCII);
    byte[] length =
        ByteBuffer.allocate(Integer.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putInt(bytes.length)
            .array();
    pickle.write(length, 0, length.length);
    pickle.write(bytes, 0, bytes.length);
  }

  /** Appends opcodes (of pickle's protocol 2) and names. */
  private void ascii(String opcodes) {
    byte[] bytes = opcodes.getBytes(StandardCharsets.ISO_8859_1);
    pickle.write(bytes, 0, bytes.length);
  }
}
