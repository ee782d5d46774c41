package dev.hydranet.converter.checkpoint;

import static dev.hydranet.converter.checkpoint.PickleBytes.tuple;
import static dev.hydranet.converter.checkpoint.TorchFiles.storage;
import static dev.hydranet.converter.checkpoint.TorchFiles.tensor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hydranet.converter.checkpoint.TorchFiles.Storage;
import dev.hydranet.engine.WeightsFormatException;
import dev.hydranet.engine.weights.Safetensors;
import dev.hydranet.engine.weights.StoredType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that PyTorch 1.13 wrote, and what it reads of them: validation/checkpoints_beside.py. */
class RawConversionTest {
  private static final Path FOLDER = PyTorchFilesTest.FOLDER.resolve("raw");

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"all_types.zip.pth", "all_types.legacy.pth"})
  void everyTypeAndViewIsWrittenToTheBit(String name) throws IOException {
    Path out = folder.resolve("out.safetensors");
    RawConversion conversion = run(FOLDER.resolve(name), out);

    assertThat(out).hasSameBinaryContentAs(FOLDER.resolve("all_types.safetensors"));
    assertThat(conversion.tensors())
        .hasSize(22)
        .containsEntry("norm.num_batches_tracked", StoredType.I64)
        .containsEntry("types.bfloat16", StoredType.BF16)
        .containsEntry("types.bool", StoredType.BOOL);
    assertThat(conversion.skipped()).isEmpty();
    assertThat(conversion.notes()).isEmpty();
  }

  static Stream<String> everything() {
    return IntStream.rangeClosed(2, 5)
        .boxed()
        .flatMap(i -> Stream.of("zip", "legacy").map(form -> form + ".protocol" + i));
  }

  /** Beside these weights is what people leave there, seventy kinds of it. */
  @ParameterizedTest
  @MethodSource("everything")
  void whateverIsBesideTheWeights(String form) throws IOException {
    Path out = folder.resolve("out.safetensors");
    run(FOLDER.resolve("everything." + form + ".pth"), out);

    assertThat(out).hasSameBinaryContentAs(FOLDER.resolve("everything.safetensors"));
  }

  @ParameterizedTest
  @CsvSource({
    "dataclass, zip, __main__.Config",
    "dataclass, legacy, __main__.Config",
    "own_module, zip, __main__.Net",
    "own_module, legacy, __main__.Net",
    "module, zip, torch.nn.modules.container.Sequential"
  })
  void whatIsNotWeightsIsRefusedByItsClass(String kind, String form, String type) {
    Path whole = FOLDER.resolve("refused_" + kind + "." + form + ".pth");
    assertThatThrownBy(() -> run(whole, folder.resolve("out")))
        .isInstanceOf(WeightsFormatException.class)
        .hasMessageStartingWith(
            whole + ": expected a dict of tensors, found an object of '" + type + "'; objects");
    Path under = FOLDER.resolve("refused_" + kind + "_under_a_key." + form + ".pth");
    assertThatThrownBy(() -> run(under, folder.resolve("out")))
        .isInstanceOf(WeightsFormatException.class)
        .hasMessageStartingWith(under + ": no weights: ")
        .hasMessageContaining("'epoch', 'model'; 'model' is an object of '" + type + "'; objects");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void namesAreKeptWithTheirPrefixes() throws IOException {
    Object weight = tensor(storage("torch.FloatStorage", "0", 2), 0, tuple(2), tuple(1));
    Path in = write(Map.of("module.a", weight), Storage.floats(1, 2));
    Path out = folder.resolve("out.safetensors");

    assertThat(run(in, out).tensors()).containsOnlyKeys("module.a");
    Safetensors written = Safetensors.read(out);
    assertThat(written.tensors().get("module.a").data()).containsExactly(1, 2);
    assertThat(written.metadata()).containsExactly(Map.entry("format", "pt"));
  }

  @Test
  void bigEndianStoragesBecomeLittleEndian() throws IOException {
    Object weight = tensor(storage("torch.FloatStorage", "0", 2), 1, tuple(1), tuple(1));
    ZipBytes zip =
        TorchFiles.zip(
            Map.of("w", weight),
            Map.of("0", new Storage(new byte[] {0, 0, 0, 0, 63, -64, 0, 0}, 2)));
    zip.store("archive/byteorder", "big".getBytes());
    Path in = Files.write(folder.resolve("big.pth"), zip.bytes());
    Path out = folder.resolve("out.safetensors");
    run(in, out);

    assertThat(Safetensors.read(out).tensors().get("w").data()).containsExactly(1.5f);
  }

  @Test
  void anExpandedTensorIsNoLargerThanAFileOfItsSizeMayBe() throws IOException {
    Object weight =
        tensor(storage("torch.FloatStorage", "0", 2), 0, tuple(1 << 14, 1 << 14), tuple(0, 0));
    Path in = write(Map.of("w", weight), Storage.floats(1, 2));

    assertThatThrownBy(() -> run(in, folder.resolve("out")))
        .isInstanceOf(WeightsFormatException.class)
        .hasMessageContaining("tensor 'w' [16384, 16384] would take 268435456 elements of 4 bytes");
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @Test
  void aNameThatSafetensorsCannotHoldIsAnErrorOfTheFile() throws IOException {
    Object weight = tensor(storage("torch.FloatStorage", "0", 2), 0, tuple(2), tuple(1));
    Path in = write(Map.of("__metadata__", weight), Storage.floats(1, 2));

    assertThatThrownBy(() -> run(in, folder.resolve("out")))
        .isInstanceOf(WeightsFormatException.class)
        .hasMessage(in + ": a tensor must not be named __metadata__");
  }

  @Test
  void safetensorsAreNotConvertedAgain() {
    Path in = FOLDER.resolve("all_types.safetensors");

    assertThatThrownBy(() -> run(in, folder.resolve("out")))
        .isInstanceOf(WeightsFormatException.class)
        .hasMessage(in + ": expected a PyTorch checkpoint, found safetensors already");
  }

  @Test
  void aFolderThatIsNotThereIsNoFaultOfTheCheckpoint() {
    Path in = FOLDER.resolve("several.zip.pth");
    Path out = folder.resolve("none/out.safetensors");

    assertThatThrownBy(() -> RawConversion.run(in, out, StateDictChoice.of("params")))
        .isInstanceOf(IOException.class)
        .isNotInstanceOf(WeightsFormatException.class);
  }

  private Path write(Object root, Storage numbers) throws IOException {
    byte[] file = TorchFiles.zip(root, Map.of("0", numbers)).bytes();
    return Files.write(folder.resolve("in.pth"), file);
  }

  private static RawConversion run(Path in, Path out) throws IOException {
    return RawConversion.run(in, out, StateDictChoice.ANY);
  }
}
