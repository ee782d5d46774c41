package dev.hydranet.converter.checkpoint;

import static dev.hydranet.converter.checkpoint.PickleBytes.global;
import static dev.hydranet.converter.checkpoint.PickleBytes.tuple;
import static dev.hydranet.converter.checkpoint.TorchFiles.legacyStorage;
import static dev.hydranet.converter.checkpoint.TorchFiles.storage;
import static dev.hydranet.converter.checkpoint.TorchFiles.tensor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hydranet.converter.checkpoint.PickleBytes.Persistent;
import dev.hydranet.converter.checkpoint.PickleBytes.Tuple;
import dev.hydranet.converter.checkpoint.TorchFiles.Storage;
import dev.hydranet.engine.WeightsFormatException;
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

/** Tensors and storages that are not where, or of the size that, the pickle says. */
class HostileTensorsTest {
  private static final long HUGE = Long.MAX_VALUE;
  private static final Storage EIGHT = Storage.floats(0, 1, 2, 3, 4, 5, 6, 7);

  @TempDir Path folder;

  static Stream<Arguments> views() {
    return Stream.of(
        Arguments.of(
            0L,
            tuple(3, 3),
            tuple(3, 1),
            "tensor 'w' [3, 3] with strides [3, 1] from element 0 is outside of storage '0', which"
                + " has 8 elements of float32"),
        Arguments.of(
            8L, tuple(), tuple(), "tensor 'w' [] with strides [] from element 8 is outside of"),
        Arguments.of(HUGE, tuple(2), tuple(1), "from element 9223372036854775807 is outside of"),
        Arguments.of(0L, tuple(2), tuple(HUGE), "strides [9223372036854775807] from"),
        Arguments.of(1L, tuple(2, 2), tuple(HUGE, HUGE), "is outside of storage '0'"),
        Arguments.of(0L, tuple(3), tuple(1L << 62), "is outside of storage '0'"),
        Arguments.of(
            0L,
            tuple(1L << 31),
            tuple(0),
            "tensor 'w' [2147483648] has an extent above 2147483647"),
        Arguments.of(
            0L,
            tuple(1L << 30, 1L << 30, 1L << 30),
            tuple(0, 0, 0),
            "tensor 'w' [1073741824, 1073741824, 1073741824]: shape [1073741824, 1073741824,"
                + " 1073741824] overflows"),
        Arguments.of(
            0L,
            tuple(1L << 30, 1L << 30),
            tuple(0, 0),
            "tensor 'w' [1073741824, 1073741824] would take 1152921504606846976 elements of 4 bytes"
                + " in memory; of the "),
        Arguments.of(
            0L,
            tuple(1 << 12, 1 << 12),
            tuple(0, 0),
            "tensor 'w' [4096, 4096] would take 16777216 elements of 4 bytes in memory; of the "));
  }

  @ParameterizedTest(name = "{3}")
  @MethodSource
  void views(long offset, Tuple size, Tuple stride, String message) {
    Object view = tensor(storage("torch.FloatStorage", "0", 8), offset, size, stride);

    assertThatThrownBy(() -> readZip(Map.of("w", view)))
        .isInstanceOf(WeightsFormatException.class)
        .hasMessageContaining(message);
  }

  @Test
  void manySmallExpandedTensorsAreLimitedTogether() {
    Map<String, Object> views = new LinkedHashMap<>();
    for (int i = 0; i < 100; i++) {
      Object storage = storage("torch.FloatStorage", "0", 8);
      views.put("w" + i, tensor(storage, 0, tuple(1000, 1000), tuple(0, 0)));
    }

    assertThatThrownBy(() -> readZip(views))
        .isInstanceOf(WeightsFormatException.class)
        .hasMessageContaining("tensor 'w8' [1000, 1000] would take 1000000 elements of 4 bytes");
  }

  @Test
  void anExpandedTensorOfReasonableSizeIsRead() throws IOException {
    Object storage = storage("torch.FloatStorage", "0", 8);
    Object view = tensor(storage, 3, tuple(100, 1000), tuple(0, 0));

    assertThat(readZip(Map.of("w", view)).tensors().get("w").data())
        .hasSize(100_000)
        .containsOnly(3);
  }

  @Test
  void anEmptyTensorMayClaimAnyStrideAndOffset() throws IOException {
    Object storage = storage("torch.FloatStorage", "0", 8);
    Object view = tensor(storage, HUGE, tuple(0, 5), tuple(HUGE, HUGE));

    assertThat(readZip(Map.of("w", view)).tensors().get("w").data()).isEmpty();
  }

  static Stream<Arguments> ids() {
    Object type = global("torch.FloatStorage");
    return Stream.of(
        Arguments.of("0", "a persistent id is the string '0'"),
        Arguments.of(
            tuple("other", type, "a.py", "import os", 0),
            "a persistent id is a tuple of 5 that starts with the string 'other', expected"
                + " ('storage', type, key, location, length)"),
        Arguments.of(tuple(), "a persistent id is a tuple of 0 that starts with nothing"),
        Arguments.of(tuple("storage"), "a persistent id is a tuple of 1"),
        Arguments.of(
            tuple("storage", "torch.FloatStorage", "0", "cpu", 8),
            "a storage's type is the string 'torch.FloatStorage'"),
        Arguments.of(
            tuple("storage", global("argparse.Namespace"), "0", "cpu", 8),
            "tensor 'w': expected a dense tensor of numbers, found a tensor whose numbers are 'argparse"),
        Arguments.of(tuple("storage", type, 0, "cpu", 8), "a storage's key is the integer 0"),
        Arguments.of(
            tuple("storage", type, "0", "cpu", -8), "a storage's length is the integer -8"),
        Arguments.of(tuple("storage", type, "0", "cpu", "8"), "a storage's length is the string"),
        Arguments.of(
            tuple("storage", type, "0", "cpu", 8, tuple(1, 2)), "a storage's view is a tuple of 2"),
        Arguments.of(
            tuple("storage", type, "0", "cpu", 8, tuple("v", -1, 2)),
            "a storage's view's offset is the integer -1"),
        Arguments.of(
            tuple("storage", type, "0", "cpu", 8, tuple("v", 7, 2)),
            "a view of 2 elements from element 7 of storage '0', which has 8"),
        Arguments.of(
            tuple("storage", type, "0", "cpu", 8, tuple("v", 1, HUGE)),
            "a view of 9223372036854775807 elements from element 1 of storage '0', which has 8"),
        Arguments.of(
            tuple("storage", type, "0", "cpu", 9),
            "storage '0' should have 9 elements of float32, found 32 bytes"),
        Arguments.of(
            tuple("storage", type, "0", "cpu", HUGE),
            "storage '0' should have 9223372036854775807 elements of float32, found 32 bytes"),
        Arguments.of(
            tuple("storage", global("torch.DoubleStorage"), "0", "cpu", 8),
            "tensor 'w' [1]: storage '0' should have 8 elements of float64, found 32 bytes"),
        Arguments.of(
            tuple("storage", type, "1", "cpu", 8), "tensor 'w' [1]: the file has no storage '1'"),
        Arguments.of(
            tuple("storage", type, "../data.pkl", "cpu", 8),
            "the file has no storage '../data.pkl'"));
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource
  void ids(Object id, String message) {
    Object view = tensor(new Persistent(id), 0, tuple(1), tuple(1));

    assertThatThrownBy(() -> readZip(Map.of("w", view)))
        .isInstanceOf(WeightsFormatException.class)
        .hasMessageContaining(message);
  }

  static Stream<Arguments> legacyStorages() {
    Object claimsEight = legacyStorage("0", 8, null);
    Object other = legacyStorage("1", 8, null);
    Storage lying = new Storage(EIGHT.bytes(), 9);
    Storage negative = new Storage(EIGHT.bytes(), -1);
    return Stream.of(
        Arguments.of(
            claimsEight, Map.of("0", lying), "storage '0' should have 8 elements, the file says 9"),
        Arguments.of(
            claimsEight,
            Map.of("0", negative),
            "storage '0' should have 8 elements, the file says -1"),
        Arguments.of(
            legacyStorage("0", HUGE, null),
            Map.of("0", new Storage(EIGHT.bytes(), HUGE)),
            "truncated: storage '0' has 9223372036854775807 elements of 4 bytes, 32 bytes are left"),
        Arguments.of(
            legacyStorage("0", 9, null),
            Map.of("0", lying),
            "truncated: storage '0' has 9 elements of 4 bytes, 32 bytes are left"),
        Arguments.of(
            legacyStorage("0", 7, null),
            Map.of("0", new Storage(EIGHT.bytes(), 7)),
            "4 bytes follow the last storage; the file should end there"),
        Arguments.of(claimsEight, Map.of(), "the file has no storage '0'"),
        Arguments.of(
            other, Map.of("0", EIGHT), "a storage has the key the string '0', which no tensor"),
        Arguments.of(
            List.of(claimsEight, legacyStorage("0", 4, null)),
            Map.of("0", EIGHT),
            "expected a dict of tensors, found a list of 2"));
  }

  @ParameterizedTest(name = "{2}")
  @MethodSource
  void legacyStorages(Object storage, Map<String, Storage> storages, String message) {
    Object root =
        storage instanceof Persistent
            ? Map.of("w", tensor(storage, 0, tuple(8), tuple(1)))
            : storage;

    assertThatThrownBy(() -> read(TorchFiles.legacy(root, storages)))
        .isInstanceOf(WeightsFormatException.class)
        .hasMessageContaining(message);
  }

  @Test
  void twoReferencesThatDisagreeAboutAStorage() {
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("a", tensor(legacyStorage("0", 8, null), 0, tuple(8), tuple(1)));
    root.put("b", tensor(legacyStorage("0", 4, null), 0, tuple(4), tuple(1)));

    assertThatThrownBy(() -> read(TorchFiles.legacy(root, Map.of("0", EIGHT))))
        .isInstanceOf(WeightsFormatException.class)
        .hasMessageContaining(
            "tensor 'b' [4]: storage '0' should have 4 elements of float32, found 32 bytes");
  }

  @Test
  void aViewOfAStorageBoundsItsTensors() throws IOException {
    Object view = legacyStorage("0", 8, tuple("v", 2, 3));
    Object within = tensor(view, 1, tuple(2), tuple(1));
    Object beyond = tensor(view, 1, tuple(3), tuple(1));

    byte[] file = TorchFiles.legacy(Map.of("w", within), Map.of("0", EIGHT));
    assertThat(read(file).tensors().get("w").data()).containsExactly(3, 4);
    assertThatThrownBy(() -> read(TorchFiles.legacy(Map.of("w", beyond), Map.of("0", EIGHT))))
        .isInstanceOf(WeightsFormatException.class)
        .hasMessageContaining("is outside of storage '0', which has 3 elements of float32");
  }

  private Checkpoint readZip(Object root) throws IOException {
    return read(TorchFiles.zip(root, Map.of("0", EIGHT)).bytes());
  }

  private Checkpoint read(byte[] file) throws IOException {
    return Checkpoint.read(Files.write(folder.resolve("hostile.pth"), file));
  }
}
