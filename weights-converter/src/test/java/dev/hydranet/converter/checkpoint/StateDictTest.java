package dev.hydranet.converter.checkpoint;

import static dev.hydranet.converter.checkpoint.PickleBytes.global;
import static dev.hydranet.converter.checkpoint.PickleBytes.tuple;
import static dev.hydranet.converter.checkpoint.TorchFiles.storage;
import static dev.hydranet.converter.checkpoint.TorchFiles.tensor;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hydranet.converter.checkpoint.PickleBytes.Built;
import dev.hydranet.converter.checkpoint.PickleBytes.Call;
import dev.hydranet.converter.checkpoint.PickleBytes.Raw;
import dev.hydranet.converter.checkpoint.TorchFiles.Storage;
import dev.hydranet.engine.WeightsFormatException;
import dev.hydranet.engine.tensor.Shape;
import dev.hydranet.engine.tensor.Tensor;
import dev.hydranet.engine.weights.DType;
import dev.hydranet.engine.weights.Safetensors;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the weights are among what was saved, and what they are called. */
class StateDictTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "state_dict",
        "model_state_dict",
        "model_state",
        "model",
        "network",
        "net",
        "weights"
      })
  void underAUsualKey(String key) throws IOException {
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("epoch", 3);
    root.put("best_loss", scalar(9));
    root.put(key, Map.of("w", scalar(1)));

    assertThat(values(root)).containsExactly(Map.entry("w", 1f));
  }

  @Test
  void underTheFirstOfThem() throws IOException {
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("model", Map.of("w", scalar(1)));
    root.put("state_dict", Map.of("w", scalar(2)));

    assertThat(values(root)).containsExactly(Map.entry("w", 2f));
  }

  @Test
  void twoLevelsDown() throws IOException {
    Object inner = Map.of("state_dict", Map.of("w", scalar(1)), "args", "small");

    assertThat(values(Map.of("model", inner))).containsExactly(Map.entry("w", 1f));
  }

  @Test
  void atTheTopAlthoughALayerIsCalledModel() throws IOException {
    assertThat(values(Map.of("model", scalar(4)))).containsExactly(Map.entry("model", 4f));
  }

  static Stream<Arguments> dicts() {
    Object pairs = List.of(List.of("b", scalar(1)), List.of("a", scalar(2)));
    Map<String, Object> plain = new LinkedHashMap<>();
    plain.put("b", scalar(1));
    plain.put("a", scalar(2));
    Call ordered = global("collections.OrderedDict").call(pairs);
    return Stream.of(
        Arguments.of("plain", plain),
        Arguments.of("ordered, of pairs", ordered),
        Arguments.of("ordered, of a dict", global("collections.OrderedDict").call(plain)),
        Arguments.of("with metadata", new Built(ordered, Map.of("_metadata", Map.of()))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void dicts(String name, Object dict) throws IOException {
    assertThat(values(dict)).containsExactly(Map.entry("b", 1f), Map.entry("a", 2f));
  }

  @Test
  void aDefaultDictGetsItsItemsLater() throws IOException {
    // c collections defaultdict, c builtins dict, ) TUPLE1 REDUCE, then SETITEM.
    byte[] start = "ccollections\ndefaultdict\ncbuiltins\ndict\n\u0085R".getBytes(ISO_8859_1);
    byte[] scalar = PickleBytes.pickle(scalar(5));
    ByteArrayOutputStream pickle = new ByteArrayOutputStream();
    pickle.writeBytes(start);
    pickle.writeBytes("U\u0001w".getBytes(ISO_8859_1));
    pickle.write(scalar, 2, scalar.length - 3);
    pickle.write('s');

    assertThat(values(new Raw(pickle.toByteArray()))).containsExactly(Map.entry("w", 5f));
  }

  @Test
  void wrappersPrefixesAreLeftOut() throws IOException {
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("module.a", scalar(1));
    root.put("module.module.b", scalar(2));
    root.put("module._orig_mod.c", scalar(3));
    root.put("_orig_mod.module.d", scalar(4));
    root.put("e.module.f", scalar(5));

    assertThat(values(root))
        .containsExactly(
            Map.entry("a", 1f),
            Map.entry("b", 2f),
            Map.entry("c", 3f),
            Map.entry("d", 4f),
            Map.entry("e.module.f", 5f));
  }

  @Test
  void noTwoTensorsOfOneName() throws IOException {
    Map<String, Object> root = Map.of("a", scalar(1), "module.a", scalar(2));
    String message = "two tensors are 'a' when the prefixes module. and _orig_mod. are left out";

    assertThatThrownBy(() -> values(root))
        .isInstanceOf(WeightsFormatException.class)
        .hasMessage(folder.resolve("dict.pth") + ": " + message);

    Tensor tensor = Tensor.zeros(Shape.of(1));
    Path file = folder.resolve("twice.safetensors");
    Safetensors.write(file, Map.of("a", tensor, "module.a", tensor), Map.of(), DType.F32);
    assertThatThrownBy(() -> Checkpoint.read(file))
        .isInstanceOf(WeightsFormatException.class)
        .hasMessage(file + ": " + message);
  }

  @Test
  void whatIsNoTensorIsSkippedByName() throws IOException {
    Map<Object, Object> root = new LinkedHashMap<>();
    root.put("w", scalar(1));
    root.put("epoch", 3);
    root.put("_extra_state", null);
    root.put(7, "seven");

    assertThat(read(root).skipped()).containsExactly("epoch", "_extra_state", "the integer 7");
  }

  @Test
  void metadataOfSafetensorsIsKept() throws IOException {
    Path file = folder.resolve("some.safetensors");
    Safetensors.write(
        file, Map.of("module.w", Tensor.of(Shape.of(1), 2)), Map.of("key", "value"), DType.F32);

    Checkpoint checkpoint = Checkpoint.read(file);
    assertThat(checkpoint.tensors()).containsOnlyKeys("w");
    assertThat(checkpoint.metadata()).containsExactly(Map.entry("key", "value"));
  }

  private static Call scalar(int value) {
    return tensor(storage("torch.FloatStorage", "0", 10), value, tuple(), tuple());
  }

  private Map<String, Float> values(Object root) throws IOException {
    Map<String, Float> values = new LinkedHashMap<>();
    read(root).tensors().forEach((name, tensor) -> values.put(name, tensor.data()[0]));
    return values;
  }

  private Checkpoint read(Object root) throws IOException {
    Storage numbers = Storage.floats(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
    byte[] file = TorchFiles.zip(root, Map.of("0", numbers)).bytes();
    return Checkpoint.read(Files.write(folder.resolve("dict.pth"), file));
  }
}
