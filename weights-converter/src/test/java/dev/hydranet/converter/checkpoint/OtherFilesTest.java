package dev.hydranet.converter.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hydranet.converter.Conversion;
import dev.hydranet.engine.DamagedFileException;
import dev.hydranet.engine.NetworkMismatchException;
import dev.hydranet.engine.UnsupportedFileException;
import dev.hydranet.engine.WeightsFormatException;
import dev.hydranet.engine.graph.WeightsMismatchException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Files instead of a checkpoint are named for what they are. */
class OtherFilesTest {
  private static final String EXPECTED =
      "expected a PyTorch checkpoint or a safetensors file, found ";

  @TempDir Path folder;

  static Stream<Arguments> others() {
    char[] tar = new char[1024];
    "sys_info".getChars(0, 8, tar, 0);
    "ustar".getChars(0, 5, tar, 257);
    return Stream.of(
        Arguments.of(
            "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n",
            "a Git LFS pointer, not the file itself; 'git lfs pull' fetches it"),
        Arguments.of("<!DOCTYPE html><html>", "an HTML page, perhaps of a download that failed"),
        Arguments.of("\r\n  <html lang='en'>", "an HTML page, perhaps of a download that failed"),
        Arguments.of("\u001f\u008b\b\0\0\0\0\0\0\3", "a gzip file; decompress it first"),
        Arguments.of("BZh91AY&SY", "a bzip2 file; decompress it first"),
        Arguments.of("\u00fd7zXZ\0\0\4", "an xz file; decompress it first"),
        Arguments.of("(\u00b5/\u00fd\4\0", "a Zstandard file; decompress it first"),
        Arguments.of("\u0089HDF\r\n\u001a\n\0\0\0\0", "an HDF5 file, as Keras writes it"),
        Arguments.of("\u0093NUMPY\1\0v\0", "a NumPy array"),
        Arguments.of("GGUF\3\0\0\0", "a GGUF file"),
        Arguments.of("\u0089PNG\r\n\u001a\n", "a PNG picture"),
        Arguments.of("\u00ff\u00d8\u00ff\u00e0\0\u0010JFIF", "a JPEG picture"),
        Arguments.of("%PDF-1.7", "a PDF document"),
        Arguments.of("\b\t\u0012\7pytorch\u001a\0031.7", "an ONNX model"),
        Arguments.of(
            new String(tar),
            "a tar archive, as the first releases of PyTorch wrote; load and save it with a later"
                + " one"),
        Arguments.of("hello", "a file that starts with the bytes 68 65 6c 6c 6f"),
        Arguments.of(
            "{\"weights\": 1}", "a file that starts with the bytes 7b 22 77 65 69 67 68 74"),
        Arguments.of("\0", "a file that starts with the bytes 00"));
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource
  void others(String content, String name) throws IOException {
    assertRefused(content.getBytes(StandardCharsets.ISO_8859_1), EXPECTED + name);
  }

  @Test
  void anEmptyFile() throws IOException {
    assertRefused(new byte[0], "the file is empty");
  }

  @Test
  void aPickleOfSomethingElse() throws IOException {
    String message =
        "a pickle that torch.save did not write: it does not start with PyTorch's magic number";
    assertRefused(PickleBytes.pickle(List.of(1, 2)), message);
    assertRefused(PickleBytes.pickle(PickleBytes.global("os.system").call("ls")), message);
    assertRefused(PickleBytes.pickle(new PickleBytes.Persistent("x")), message);
  }

  @Test
  void anotherProtocolOfPyTorch() throws IOException {
    byte[] file = TorchFiles.legacy(Map.of(), Map.of());
    // After the magic number: PROTO 2, LONG1 8 1001.
    assertThat(Arrays.copyOfRange(file, 15, 21)).containsExactly(0x80, 2, 0x8a, 8, 0xe9, 3);
    file[20] = 4;

    assertRefused(file, "the checkpoint's protocol is the integer 1257, expected 1001");
  }

  @Test
  void aTruncatedSafetensorsFile() throws IOException {
    byte[] file = Files.readAllBytes(PyTorchFilesTest.FOLDER.resolve("views.safetensors"));
    Path path = Files.write(folder.resolve("cut"), Arrays.copyOf(file, file.length - 1));

    assertThatThrownBy(() -> Checkpoint.read(path))
        .isInstanceOf(WeightsFormatException.class)
        .message()
        .startsWith(path + ": ")
        .doesNotContain(path + ": " + path)
        .doesNotContain("\n");
  }

  @Test
  void aFolder() {
    assertThatThrownBy(() -> Checkpoint.read(folder))
        .isInstanceOf(WeightsFormatException.class)
        .hasMessage(folder + ": expected a checkpoint, found a directory");
  }

  /** A caller can tell a file that is damaged from one that is of another kind. */
  @Test
  void theExceptionSaysWhatKindOfFailureItIs() throws IOException {
    byte[] whole = Files.readAllBytes(PyTorchFilesTest.FOLDER.resolve("top.zip.pth"));
    Path cut = Files.write(folder.resolve("cut.pth"), Arrays.copyOf(whole, 200));
    assertThatThrownBy(() -> Checkpoint.read(cut)).isInstanceOf(DamagedFileException.class);
    for (String other : List.of("refused_module", "refused_sparse", "refused_empty")) {
      Path file = PyTorchFilesTest.FOLDER.resolve(other + ".zip.pth");
      assertThatThrownBy(() -> Checkpoint.read(file)).isInstanceOf(UnsupportedFileException.class);
    }
    Path page = Files.writeString(folder.resolve("page.pth"), "<html>");
    assertThatThrownBy(() -> Checkpoint.read(page)).isInstanceOf(UnsupportedFileException.class);
    Path top = PyTorchFilesTest.FOLDER.resolve("top.zip.pth");
    assertThatThrownBy(() -> Conversion.read(top, Conversion.AUTO))
        .isInstanceOf(NetworkMismatchException.class)
        .hasCauseInstanceOf(WeightsMismatchException.class);
  }

  @Test
  void noFile() {
    assertThatThrownBy(() -> Checkpoint.read(folder.resolve("none.pth")))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessage(folder.resolve("none.pth").toString());
  }

  private void assertRefused(byte[] content, String message) throws IOException {
    Path file = Files.write(folder.resolve("other.pth"), content);

    assertThatThrownBy(() -> Checkpoint.read(file))
        .isInstanceOf(WeightsFormatException.class)
        .hasMessage(file + ": " + message);
  }
}
