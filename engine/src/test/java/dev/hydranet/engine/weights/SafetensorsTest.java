package dev.hydranet.engine.weights;

import static dev.hydranet.engine.weights.SafetensorsBytes.entry;
import static dev.hydranet.engine.weights.SafetensorsBytes.of;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.hydranet.engine.tensor.Shape;
import dev.hydranet.engine.tensor.Tensor;
import dev.hydranet.engine.testing.SeededTensors;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("once")
class SafetensorsTest {
  private static final float INF = Float.POSITIVE_INFINITY;

  @TempDir Path folder;

  @ParameterizedTest
  @MethodSource("storedTypes")
  void readsEveryType(String dtype, String hex, float[] expected) throws IOException {
    byte[] data = HexFormat.of().parseHex(hex.replace(" ", ""));
    String shape = "[" + expected.length + "]";
    byte[] file = of("{" + entry("x", dtype, shape, 0, data.length) + "}", data);
    Tensor x = read(file).tensors().get("x");
    assertThat(x.shape()).isEqualTo(Shape.of(expected.length));
    assertThat(x.data()).containsExactly(expected);
  }

  static Stream<Arguments> storedTypes() {
    return Stream.of(
        arguments("BOOL", "00 01", floats(0, 1)),
        arguments("U8", "00 7f ff", floats(0, 127, 255)),
        arguments("I8", "00 7f 80 ff", floats(0, 127, -128, -1)),
        arguments("U16", "0100 ffff", floats(1, 65535)),
        arguments("I16", "0100 ffff 0080", floats(1, -1, -32768)),
        arguments("U32", "01000000 ffffffff", floats(1, 4294967296f)),
        arguments("I32", "01000000 ffffffff 01000001", floats(1, -1, 16777216)),
        // 2^63 + 2^39 lies half-way between two floats, and the last bit decides.
        arguments(
            "U64",
            "0700000000000000 ffffffffffffffff 0000000080000080 0100000080000080",
            floats(7, 0x1p64f, 0x1p63f, 0x1.000002p63f)),
        arguments(
            "I64", "0700000000000000 ffffffffffffffff 0000000000000080", floats(7, -1, -0x1p63f)),
        arguments(
            "F16",
            "003c 00c0 0100 ff7b 007c 00fc 007e 0080",
            floats(1, -2, 0x1p-24f, 65504, INF, -INF, Float.NaN, -0f)),
        arguments(
            "BF16",
            "803f 00c0 0100 807f 80ff c07f",
            floats(1, -2, Float.intBitsToFloat(1 << 16), INF, -INF, Float.NaN)),
        arguments(
            "F8_E5M2",
            "3c c0 01 7b 7c fc 7e",
            floats(1, -2, 0x1p-16f, 57344, INF, -INF, Float.NaN)),
        arguments(
            "F8_E4M3",
            "38 c0 01 08 7e 7f ff 80",
            floats(1, -2, 0x1p-9f, 0x1p-6f, 448, Float.NaN, Float.NaN, -0f)),
        arguments(
            "F32",
            "0000803f 000000c0 01000000 0000807f 0000c07f",
            floats(1, -2, Float.MIN_VALUE, INF, Float.NaN)),
        arguments(
            "F64",
            "000000000000f03f 9a9999999999b93f ffffffffffffef7f 000000000000f8ff",
            floats(1, 0.1f, INF, Float.NaN)));
  }

  @Test
  void acceptsAnyOrderAndAlignment() throws IOException {
    String header =
        " \n{ \"second\" : {\"shape\":[ 2 ],\"data_offsets\":[3,7],\"dtype\":\"F16\"} , "
            + "\"__metadata__\":{\"source\":\"\\u00e9\\ud83d\\ude00\\n\\/\"},"
            + "\"none\":{\"dtype\":\"F64\",\"shape\":[0,7],\"data_offsets\":[3,3]},"
            + "\"scalar\":{\"dtype\":\"U8\",\"shape\":[],\"data_offsets\":[7,8]},"
            + entry("first", "I8", "[3,1]", 0, 3)
            + "}  ";
    byte[] data = {1, 2, 3, 0, 0x3c, 0, 0x40, 9};
    Safetensors read = read(of(header.stripLeading(), data));
    assertThat(read.tensors().keySet()).containsExactly("second", "none", "scalar", "first");
    assertThat(read.metadata()).isEqualTo(Map.of("source", "\u00e9\ud83d\ude00\n/"));
    assertThat(read.tensors().get("second").data()).containsExactly(1, 2);
    assertThat(read.tensors().get("first").data()).containsExactly(1, 2, 3);
    assertThat(read.tensors().get("first").shape()).isEqualTo(Shape.of(3, 1));
    assertThat(read.tensors().get("scalar").shape()).isEqualTo(Shape.of());
    assertThat(read.tensors().get("scalar").data()).containsExactly(9);
    assertThat(read.tensors().get("none").shape()).isEqualTo(Shape.of(0, 7));
  }

  @Test
  void readsHeaderWhoseLengthLooksLikePickle() throws IOException {
    byte[] file = of("{" + entry("x", "U8", "[1]", 0, 1) + "}" + " ".repeat(587), (byte) 5);
    assertThat(file).startsWith(0x80, 0x02);
    assertThat(read(file).tensors().get("x").data()).containsExactly(5);
  }

  @ParameterizedTest
  @EnumSource(DType.class)
  void readsWhatItWrote(DType dtype) throws IOException {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    // More than one chunk of the reader and of the writer.
    float[] many = new float[200_003];
    Random random = new Random(1);
    for (int i = 0; i < many.length; i++) {
      many[i] = Float.float16ToFloat(Float.floatToFloat16((float) random.nextGaussian()));
    }
    tensors.put("z.many", Tensor.of(Shape.of(1, many.length), many));
    tensors.put("a\"\\\n\u00e9\ud83d\ude00", Tensor.of(Shape.of(), INF));
    tensors.put("empty", Tensor.of(Shape.of(3, 0)));
    tensors.put("odd", Tensor.of(Shape.of(3), Float.NaN, -0f, -INF));
    Path file = folder.resolve("out.safetensors");
    Safetensors.write(file, tensors, Map.of("b", "2\t", "a", "1"), dtype);

    Safetensors read = Safetensors.read(file);
    assertThat(read.metadata()).containsExactly(Map.entry("a", "1"), Map.entry("b", "2\t"));
    assertThat(read.tensors().keySet())
        .containsExactly("a\"\\\n\u00e9\ud83d\ude00", "empty", "odd", "z.many");
    tensors.forEach(
        (name, tensor) -> {
          assertThat(read.tensors().get(name).shape()).isEqualTo(tensor.shape());
          assertThat(read.tensors().get(name).data()).containsExactly(tensor.data());
        });
  }

  @Test
  void writesAlignedSortedAndReproducibly() throws IOException {
    Map<String, Tensor> oneOrder = new LinkedHashMap<>();
    oneOrder.put("b", Tensor.of(Shape.of(2), 1, 2));
    oneOrder.put("a", Tensor.of(Shape.of(1, 1), 3));
    Map<String, Tensor> otherOrder = new LinkedHashMap<>();
    otherOrder.put("a", oneOrder.get("a"));
    otherOrder.put("b", oneOrder.get("b"));
    Path one = folder.resolve("one");
    Path other = folder.resolve("other");
    Safetensors.write(one, oneOrder, Map.of("k", "v"), DType.F32);
    Safetensors.write(other, otherOrder, Map.of("k", "v"), DType.F32);
    byte[] bytes = Files.readAllBytes(one);
    assertThat(bytes).isEqualTo(Files.readAllBytes(other));

    ByteBuffer content = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int length = (int) content.getLong();
    assertThat((8 + length) % 8).isZero();
    assertThat(new String(bytes, 8, length, StandardCharsets.UTF_8).stripTrailing())
        .isEqualTo(
            "{\"__metadata__\":{\"k\":\"v\"},"
                + entry("a", "F32", "[1,1]", 0, 4)
                + ","
                + entry("b", "F32", "[2]", 4, 12)
                + "}");
    content.position(8 + length);
    assertThat(content.getFloat()).isEqualTo(3);
    assertThat(content.getFloat()).isEqualTo(1);
    assertThat(content.getFloat()).isEqualTo(2);
    assertThat(content.hasRemaining()).isFalse();
  }

  @Test
  void roundsToNearestEvenHalf() throws IOException {
    // Halves between 2048 and 4096 are the even integers; 2049 and 2051 lie between two.
    Tensor tensor = Tensor.of(Shape.of(4), 2049, 2051, 65519.996f, 0x1.8p-25f);
    Path file = folder.resolve("half");
    Safetensors.write(file, Map.of("x", tensor), Map.of(), DType.F16);
    assertThat(Safetensors.read(file).tensors().get("x").data())
        .containsExactly(2048, 2052, 65504, 0x1p-24f);
  }

  @Test
  void refusesWhatTheFileCannotHoldAndLeavesNothing() throws IOException {
    Path file = folder.resolve("kept");
    Files.writeString(file, "old");
    Tensor large = Tensor.of(Shape.of(2), 1, 65520);
    assertRefused(
        file,
        Map.of("w", large),
        Map.of(),
        "tensor \"w\" holds 65520.0, float16 ends at 65504: store it as float32");
    Tensor one = Tensor.of(Shape.of(), 1);
    assertRefused(
        file, Map.of("__metadata__", one), Map.of(), "a tensor must not be named __metadata__");
    assertRefused(file, Map.of("\ud800", one), Map.of(), "not valid Unicode: \"\\ud800\"");
    assertRefused(file, Map.of("w", one), Map.of("k", "\udc00"), "not valid Unicode: \"\\udc00\"");
    assertThat(Files.readString(file)).isEqualTo("old");
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).isEqualTo(List.of(file));
    }
  }

  private static void assertRefused(
      Path file, Map<String, Tensor> tensors, Map<String, String> metadata, String message) {
    assertThatThrownBy(() -> Safetensors.write(file, tensors, metadata, DType.F16))
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  private Safetensors read(byte[] content) throws IOException {
    return Safetensors.read(Files.write(folder.resolve("in.safetensors"), content));
  }

  private static float[] floats(float... values) {
    return values;
  }

  /** Tensors longer than a chunk and shorter, from all that bytes can come from. */
  @Test
  void readsTheSameFromAnything() throws IOException {
    Map<String, Tensor> tensors =
        Map.of(
            "long", SeededTensors.uniform("long", Shape.of(7, 100_003), 1),
            "short", SeededTensors.uniform("short", Shape.of(3), 1),
            "none", Tensor.zeros(Shape.of(0, 4)));
    Path file = folder.resolve("x.safetensors");
    Safetensors.write(file, tensors, Map.of("k", "v"), DType.F32);
    byte[] bytes = Files.readAllBytes(file);
    ByteBuffer direct = ByteBuffer.allocateDirect(bytes.length + 5);
    direct.position(3).put(bytes).flip().position(3);
    Path zip = folder.resolve("x.zip");
    try (FileSystem inside = FileSystems.newFileSystem(zip, Map.of("create", "true"))) {
      Files.write(inside.getPath("inner.safetensors"), bytes);
    }
    assertTensors(Safetensors.read(file), tensors);
    assertTensors(Safetensors.read(bytes), tensors);
    assertTensors(Safetensors.read(direct.asReadOnlyBuffer()), tensors);
    assertThat(direct.position()).isEqualTo(3);
    assertTensors(Safetensors.read(new ByteArrayInputStream(bytes), "x"), tensors);
    try (FileSystem inside = FileSystems.newFileSystem(zip)) {
      assertTensors(Safetensors.read(inside.getPath("inner.safetensors")), tensors);
    }
  }

  private static void assertTensors(Safetensors read, Map<String, Tensor> expected) {
    assertThat(read.metadata()).containsExactly(Map.entry("k", "v"));
    assertThat(read.tensors()).containsOnlyKeys(expected.keySet());
    expected.forEach(
        (name, tensor) -> {
          assertThat(read.tensors().get(name).shape()).isEqualTo(tensor.shape());
          assertThat(read.tensors().get(name).data()).isEqualTo(tensor.data());
        });
  }
}
