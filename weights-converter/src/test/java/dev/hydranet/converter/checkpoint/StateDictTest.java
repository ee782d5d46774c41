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
import java.util.Optional;
import java.util.stream.IntStream;
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

  @ParameterizedTest
  @ValueSource(strings = {"segmenter", "params", "params_ema", "generator.v2", "\u00e9"})
  void underAnyKeyIfItIsTheOnlyOne(String key) throws IOException {
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("epoch", 3);
    root.put("best_loss", scalar(9));
    root.put("meta", Map.of("mean", vector(3)));
    root.put("optimizer", Map.of("state", Map.of("exp_avg", matrix(7))));
    root.put("callbacks", Map.of("best", matrix(7)));
    root.put(key, Map.of("w", matrix(1)));

    assertThat(values(root)).containsExactly(Map.entry("w", 1f));
    assertThat(read(root).notes().toString()).contains("'" + key + "'");
  }

  @Test
  void deepInDictsListsAndTuples() throws IOException {
    Object deep = Map.of("run", List.of(1, tuple(2, Map.of("net", Map.of("w", matrix(1))))));

    assertThat(values(deep)).containsExactly(Map.entry("w", 1f));
    assertThat(read(deep).notes()).containsExactly("weights under 'run.1.1.net'");
    assertThat(values(tuple(Map.of("w", matrix(2)), 5))).containsExactly(Map.entry("w", 2f));
  }

  @Test
  void severalAreListedAndOneIsChosenByItsKey() throws IOException {
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("params", Map.of("w", matrix(1)));
    root.put("params.ema", Map.of("v", matrix(2), "w", matrix(2)));
    root.put("nested", Map.of("d", Map.of("u", matrix(3))));

    assertThatThrownBy(() -> read(root))
        .isInstanceOf(WeightsFormatException.class)
        .hasMessage(
            folder.resolve("dict.pth")
                + ": several dicts of tensors: 'params' (1 tensor), 'params.ema' (2 tensors),"
                + " 'nested.d' (1 tensor); choose one by its key (--key)");
    assertThat(read(root, StateDictChoice.of("params.ema")).tensors()).containsOnlyKeys("v", "w");
    assertThat(read(root, StateDictChoice.of("nested.d")).tensors()).containsOnlyKeys("u");
    assertThatThrownBy(() -> read(root, StateDictChoice.of("nested")))
        .hasMessageEndingWith(
            ": no dict of tensors under the key 'nested'; found 'params' (1 tensor), 'params.ema'"
                + " (2 tensors), 'nested.d' (1 tensor)");
    StateDictChoice ofNames = new StateDictChoice(Optional.empty(), names -> names.contains("u"));
    assertThat(read(root, ofNames).tensors()).containsOnlyKeys("u");
  }

  @Test
  void aSmallOneBesideALargeOneIsNotTheWeights() throws IOException {
    Map<String, Object> large = new LinkedHashMap<>();
    IntStream.range(0, 20).forEach(i -> large.put("w" + i, matrix(1)));
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("metrics", Map.of("confusion", matrix(1), "other", matrix(1)));
    root.put("segmenter", large);

    assertThat(read(root).tensors()).hasSize(20);
    assertThat(read(root).notes())
        .containsExactly("weights under 'segmenter', not 'metrics' (2 tensors) (--key chooses)");
  }

  @Test
  void theTopHasAnEmptyKey() throws IOException {
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("anchors", matrix(1));
    root.put("net.a", Map.of("v", matrix(2), "w", matrix(2)));

    assertThatThrownBy(() -> read(root))
        .hasMessageContaining("'' (the top, 1 tensor), 'net.a' (2 tensors)");
    assertThat(read(root, StateDictChoice.of("")).tensors()).containsOnlyKeys("anchors");
  }

  @Test
  void theUsualKeyIsPreferredAndSaid() throws IOException {
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("ema", Map.of("w", matrix(1)));
    root.put("state_dict", Map.of("w", matrix(2)));

    assertThat(values(root)).containsExactly(Map.entry("w", 2f));
    assertThat(read(root).notes())
        .containsExactly("weights under 'state_dict', not 'ema' (1 tensor) (--key chooses)");
  }

  @Test
  void aDictInItselfIsFoundOnce() throws IOException {
    // d = {'self': d, 'w': matrix}
    byte[] matrix = PickleBytes.pickle(matrix(4));
    ByteArrayOutputStream pickle = new ByteArrayOutputStream();
    pickle.writeBytes("}q\7(U\4selfh\7U\1w".getBytes(ISO_8859_1));
    pickle.write(matrix, 2, matrix.length - 3);
    pickle.write('u');

    assertThat(values(new Raw(pickle.toByteArray()))).containsExactly(Map.entry("w", 4f));
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

    assertThat(read(root).skipped())
        .containsExactly(
            Map.entry("epoch", "the integer 3"),
            Map.entry("_extra_state", "None"),
            Map.entry("the integer 7", "the string 'seven'"));
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

  private static Call matrix(int value) {
    return tensor(storage("torch.FloatStorage", "0", 10), value, tuple(1, 1), tuple(1, 1));
  }

  private static Call vector(int value) {
    return tensor(storage("torch.FloatStorage", "0", 10), value, tuple(1), tuple(1));
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
    return read(root, StateDictChoice.ANY);
  }

  private Checkpoint read(Object root, StateDictChoice choice) throws IOException {
    Storage numbers = Storage.floats(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
    byte[] file = TorchFiles.zip(root, Map.of("0", numbers)).bytes();
    return Checkpoint.read(Files.write(folder.resolve("dict.pth"), file), choice);
  }
}
