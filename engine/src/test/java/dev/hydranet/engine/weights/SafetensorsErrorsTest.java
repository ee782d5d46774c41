package dev.hydranet.engine.weights;

import static dev.hydranet.engine.weights.SafetensorsBytes.concat;
import static dev.hydranet.engine.weights.SafetensorsBytes.entry;
import static dev.hydranet.engine.weights.SafetensorsBytes.length;
import static dev.hydranet.engine.weights.SafetensorsBytes.of;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.hydranet.engine.DamagedFileException;
import dev.hydranet.engine.FileTooLargeException;
import dev.hydranet.engine.UnsupportedFileException;
import dev.hydranet.engine.WeightsFormatException;
import dev.hydranet.engine.testing.OtherJvm;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every way in which a safetensors file can be wrong, and what the reader says of it. */
@Tag("once")
class SafetensorsErrorsTest {
  @TempDir Path folder;

  @ParameterizedTest
  @MethodSource({"notSafetensors", "wrongJson", "wrongEntries", "wrongCover"})
  void saysWhatIsWrong(byte[] content, String message) throws IOException {
    Path file = Files.write(folder.resolve("x.safetensors"), content);
    assertThatThrownBy(() -> Safetensors.read(file))
        .isInstanceOf(WeightsFormatException.class)
        .hasMessage(file + ": " + message);
  }

  @ParameterizedTest
  @MethodSource({"notSafetensors", "wrongJson", "wrongEntries", "wrongCover"})
  void saysTheSameOfBytesInMemory(byte[] content, String message) {
    assertThatThrownBy(() -> Safetensors.read(content))
        .isInstanceOf(WeightsFormatException.class)
        .hasMessage("bytes: " + message);
  }

  /** Whether a stream is wrong or cut off, only its end tells. */
  @ParameterizedTest
  @MethodSource({"notSafetensors", "wrongJson", "wrongEntries", "wrongCover"})
  void refusesTheSameFromAStream(byte[] content, String message) {
    boolean lengthMatters =
        message.contains("cut off")
            || message.contains("after the last tensor")
            || message.contains("expected a safetensors file");
    assertThatThrownBy(() -> Safetensors.read(dribbling(content), "x"))
        .isInstanceOf(WeightsFormatException.class)
        .hasMessageStartingWith("x: " + (lengthMatters ? "" : message))
        .hasMessageNotContaining(Long.toString(Long.MAX_VALUE));
  }

  /** A stream that gives a byte at a time. */
  private static InputStream dribbling(byte[] content) {
    return new ByteArrayInputStream(content) {
      @Override
      public int read(byte[] to, int offset, int length) {
        return super.read(to, offset, Math.min(1, length));
      }
    };
  }

  /** The kinds of failure that a caller can tell apart. */
  @Test
  void theExceptionSaysWhatKindOfFailureItIs() {
    String claimed = "{" + entry("a", "F32", "[500000000]", 0, 2000000000L) + "}";
    assertThatThrownBy(() -> Safetensors.read(of("{", new byte[3])))
        .isInstanceOf(DamagedFileException.class);
    assertThatThrownBy(() -> Safetensors.read(of(claimed, new byte[3])))
        .isInstanceOf(DamagedFileException.class);
    assertThatThrownBy(() -> Safetensors.read(latin1("<html>and so on")))
        .isInstanceOf(UnsupportedFileException.class);
    assertThatThrownBy(
            () -> Safetensors.read(of("{" + entry("a", "C64", "[1]", 0, 8) + "}", new byte[8])))
        .isInstanceOf(UnsupportedFileException.class);
    assertThatThrownBy(
            () ->
                Safetensors.read(
                    new ByteArrayInputStream(
                        concat(length(100_000_001), concat(latin1("{"), new byte[600]))),
                    "x"))
        .isInstanceOf(FileTooLargeException.class);
  }

  /** Streams that claim more than they hold: a header, a tensor, more than the heap. */
  @Test
  void aStreamIsNotTrustedForItsLength() throws Exception {
    assertThat(OtherJvm.run(Liars.class, List.of("-Xmx48m")))
        .containsExactly(
            "x: the header has 99999999 bytes, but there are 1000001: it is cut off",
            "x: tensor \"a\" ends at byte 40000000 of the data, but there are 1000: it is cut off",
            "x: it needs at least 7,630 MB of memory; the heap may grow to 48 MB (-Xmx)",
            "x: it needs at least 7,630 MB of memory; the heap may grow to 48 MB (-Xmx)");
  }

  /** In a heap that does not have room for what is claimed. */
  static final class Liars {
    public static void main(String[] args) throws IOException {
      tell(concat(length(99_999_999), concat(latin1("{"), new byte[1_000_000])));
      tell(of("{" + entry("a", "F32", "[10000000]", 0, 40_000_000) + "}", new byte[1000]));
      String large = "{" + entry("a", "F32", "[2000000000]", 0, 8_000_000_000L) + "}";
      tell(of(large, new byte[1000]));
      tell(of("{" + entry("a", "U8", "[2000000000]", 0, 2_000_000_000L) + "}", new byte[1000]));
    }

    private static void tell(byte[] content) throws IOException {
      try {
        Safetensors.read(new ByteArrayInputStream(content), "x");
      } catch (WeightsFormatException e) {
        System.out.println(e.getMessage());
      }
    }
  }

  static Stream<Arguments> notSafetensors() {
    String expected = "expected a safetensors file, found ";
    String convert =
        "; if it is a PyTorch checkpoint, `hydranet convert` makes a safetensors file of it";
    byte[] tar = new byte[600];
    System.arraycopy("ustar".getBytes(StandardCharsets.US_ASCII), 0, tar, 257, 5);
    return Stream.of(
        arguments(new byte[0], expected + "an empty file"),
        arguments(new byte[5], expected + "5 bytes"),
        arguments(length(2), expected + "8 bytes"),
        arguments(
            latin1("version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n"),
            expected + "a Git LFS pointer (`git lfs pull` fetches the file itself)"),
        arguments(latin1("\n <!DOCTYPE HTML>\n<p>Not found"), expected + "an HTML page"),
        arguments(latin1("\u00ef\u00bb\u00bf<html lang=en>"), expected + "an HTML page"),
        arguments(latin1("PK\u0003\u0004 and so on"), expected + "a zip archive" + convert),
        arguments(
            latin1("\u0080\u0002\u008a\nl\u00fc\u009cF"), expected + "a Python pickle" + convert),
        arguments(latin1("L119547037146038801333356L\n."), expected + "a Python pickle" + convert),
        arguments(
            latin1("\b\7\u0012\7pytorch"),
            expected + "an ONNX model; `hydranet convert` makes a safetensors file of it"),
        arguments(tar, expected + "a tar archive" + convert),
        arguments(latin1("\u0089HDF\r\n\u001a\n...."), expected + "an HDF5 file"),
        arguments(latin1("\u0093NUMPY\u0001\0v\0{"), expected + "a NumPy array"),
        arguments(latin1("\u001f\u008b\b\0\0\0\0\0\0\3"), expected + "a gzip file"),
        arguments(latin1("\u0089PNG\r\n\u001a\n\0\0"), expected + "a PNG image"),
        arguments(latin1("\u00ff\u00d8\u00ff\u00e0\0\20JFIF"), expected + "a JPEG image"),
        arguments(
            concat(length(0), latin1("{}")),
            expected + "a header length of 0 in a file of 10 bytes"),
        arguments(
            concat(length(3), latin1("{}")),
            expected + "a header length of 3 in a file of 10 bytes"),
        arguments(
            concat(length(-1), latin1("{}")),
            expected + "a header length of 18446744073709551615 in a file of 10 bytes"),
        arguments(of(" {}"), "expected a safetensors file, whose header begins with '{'"));
  }

  static Stream<Arguments> wrongJson() {
    String deep = "[".repeat(100_000);
    return Stream.of(
        arguments(of("{"), "header byte 1: expected '\"', found the end of the header"),
        arguments(of("{]"), "header byte 1: expected '\"', found ']'"),
        arguments(of("{}}"), "header byte 2: expected the end of the header, found '}'"),
        arguments(of("{} \0"), "header byte 3: expected the end of the header, found byte 0x00"),
        arguments(
            of("{\"a"),
            "header byte 3: expected '\"' or a character of the string, found the end of the header"),
        arguments(
            of("{\"a\\"),
            "header byte 4: expected an escaped character, found the end of the header"),
        arguments(
            of("{\"a\nb\":0}"),
            "header byte 3: expected '\"' or a character of the string, found byte 0x0a"),
        arguments(of("{\"a\" 0}"), "header byte 5: expected ':', found '0'"),
        arguments(of("{\"a\":1}"), "header byte 5: expected '{', found '1'"),
        arguments(of("{\"a\":null}"), "header byte 5: expected '{', found 'n'"),
        arguments(of("{\"a\":" + deep), "header byte 5: expected '{', found '['"),
        arguments(
            of("{\"a\":{\"shape\":" + deep),
            "header byte 15: expected a non-negative integer, found '['"),
        arguments(
            of("{\"a\":{\"shape\":[1 2]}}"), "header byte 17: expected ',' or ']', found '2'"),
        arguments(
            of("{\"a\":{\"shape\":[1,]}}"),
            "header byte 17: expected a non-negative integer, found ']'"),
        arguments(
            of("{\"a\":{\"shape\":[-1]}}"),
            "header byte 15: expected a non-negative integer, found '-'"),
        arguments(
            of("{\"a\":{\"shape\":[1.0]}}"), "header byte 16: expected ',' or ']', found '.'"),
        arguments(
            of("{\"a\":{\"shape\":[1e3]}}"), "header byte 16: expected ',' or ']', found 'e'"),
        arguments(of("{\"a\":{\"shape\":[01]}}"), "header byte 15: a number with a leading zero"),
        arguments(
            of("{\"a\":{\"shape\":[9223372036854775808]}}"),
            "header byte 15: a number above 2^63 - 1"),
        arguments(
            of("{\"a\":{\"shape\":[" + "1,".repeat(64) + "1]}}"),
            "header byte 143: a list of more than 64 numbers"),
        arguments(of("{\"a\":{\"dtype\":4}}"), "header byte 14: expected '\"', found '4'"),
        arguments(of("{\"\\x\":{}}"), "header byte 2: the string has an unknown escape"),
        arguments(
            of("{\"\\u12g4\":{}}"),
            "header byte 2: the string has an escape \\u without four hexadecimal digits"),
        arguments(
            of("{\"\\u12\":{}}"),
            "header byte 2: the string has an escape \\u without four hexadecimal digits"),
        arguments(of("{\"\\ud800\":{}}"), "header byte 2: the string has half of a surrogate pair"),
        arguments(of(latin1("{\"\u00c0\u0080\":{}}")), "header byte 2: the string is not UTF-8"),
        arguments(
            of(latin1("{\"\u00ed\u00a0\u0080\":{}}")), "header byte 2: the string is not UTF-8"),
        arguments(of(latin1("{\"caf\u00e9\":{}}")), "header byte 2: the string is not UTF-8"),
        arguments(of("{'a':{}}"), "header byte 1: expected '\"', found '''"),
        arguments(of("{/**/}"), "header byte 1: expected '\"', found '/'"));
  }

  static Stream<Arguments> wrongEntries() {
    String types =
        "[BOOL, U8, I8, F8_E5M2, F8_E4M3, U16, I16, F16, BF16, U32, I32, F32, U64, I64, F64]";
    return Stream.of(
        arguments(
            of("{" + entry("a", "U8", "[1]", 0, 1) + "," + entry("a", "U8", "[1]", 1, 2) + "}"),
            "header byte 57: the name \"a\" occurs twice"),
        arguments(
            of(
                "{"
                    + entry("a", "U8", "[1]", 0, 1)
                    + ","
                    + entry("\\u0061", "U8", "[1]", 1, 2)
                    + "}"),
            "header byte 62: the name \"a\" occurs twice"),
        arguments(
            of("{\"__metadata__\":{},\"__metadata__\":{}}"),
            "header byte 34: the name \"__metadata__\" occurs twice"),
        arguments(
            of("{\"__metadata__\":{\"k\":\"1\",\"k\":\"2\"}}"),
            "header byte 32: the metadata key \"k\" occurs twice"),
        arguments(of("{\"__metadata__\":{\"k\":1}}"), "header byte 21: expected '\"', found '1'"),
        arguments(of("{\"__metadata__\":[]}"), "header byte 16: expected '{', found '['"),
        arguments(
            of("{\"a\":{\"dtype\":\"U8\",\"dtype\":\"U8\"}}"),
            "header byte 27: the key \"dtype\" occurs twice"),
        arguments(
            of("{\"a\":{\"strides\":[1]}}"),
            "header byte 16: a tensor has dtype, shape and data_offsets, found \"strides\""),
        arguments(of("{\"a\":{\"shape\":[],\"data_offsets\":[0,0]}}"), "tensor \"a\" has no dtype"),
        arguments(
            of("{\"a\":{\"dtype\":\"U8\",\"data_offsets\":[0,0]}}"), "tensor \"a\" has no shape"),
        arguments(
            of("{\"a\":{\"dtype\":\"U8\",\"shape\":[]}}"), "tensor \"a\" has no data_offsets"),
        arguments(
            of("{" + entry("a", "F128", "[1]", 0, 16) + "}", new byte[16]),
            "tensor \"a\": expected a dtype among " + types + ", found \"F128\""),
        arguments(
            of("{" + entry("a", "f32", "[1]", 0, 4) + "}", new byte[4]),
            "tensor \"a\": expected a dtype among " + types + ", found \"f32\""),
        arguments(
            of("{\"a\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0]}}", new byte[1]),
            "tensor \"a\": expected data_offsets [begin, end], found [0]"),
        arguments(
            of("{\"a\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1,2,3]}}", new byte[1]),
            "tensor \"a\": expected data_offsets [begin, end], found [0, 1, 2]"),
        arguments(
            of("{" + entry("a", "U8", "[1]", 1, 0) + "}", new byte[1]),
            "tensor \"a\": expected data_offsets [begin, end], found [1, 0]"),
        arguments(
            of("{" + entry("a", "F32", "[2,3]", 0, 20) + "}", new byte[20]),
            "tensor \"a\": shape [2, 3] of F32 takes 24 bytes, data_offsets [0, 20] span 20"),
        arguments(
            of("{" + entry("a", "F32", "[2]", 4, 16) + "}", new byte[16]),
            "tensor \"a\": shape [2] of F32 takes 8 bytes, data_offsets [4, 16] span 12"),
        arguments(
            of("{" + entry("a", "U8", "[4294967296,4294967296]", 0, 0) + "}"),
            "tensor \"a\": the size of shape [4294967296, 4294967296] overflows"),
        arguments(
            of("{" + entry("a", "F64", "[2305843009213693952]", 0, 0) + "}"),
            "tensor \"a\": the size of shape [2305843009213693952] overflows"),
        arguments(
            of("{" + entry("a", "U8", "[2147483640]", 0, 2147483640L) + "}"),
            "tensor \"a\": shape [2147483640] is larger than a Java array, which holds 2147483639 elements"),
        arguments(
            of("{" + entry("a", "U8", "[0,4294967296]", 0, 0) + "}"),
            "tensor \"a\": shape [0, 4294967296] is larger than a Java array, which holds 2147483639 elements"),
        arguments(
            of(
                "{" + entry("\\r\\n\\u001b[2J\\u202e\\u2028\\\"", "U8", "[2]", 0, 1) + "}",
                new byte[1]),
            "tensor \"\\u000d\\u000a\\u001b[2J\\u202e\\u2028\\\"\": shape [2] of U8 takes 2 bytes,"
                + " data_offsets [0, 1] span 1"),
        arguments(
            of("{" + entry("n".repeat(1000), "U8", "[2]", 0, 1) + "}", new byte[1]),
            "tensor \""
                + "n".repeat(120)
                + "...\": shape [2] of U8 takes 2 bytes, data_offsets [0, 1] span 1"));
  }

  static Stream<Arguments> wrongCover() {
    return Stream.of(
        arguments(of("{}", new byte[7]), "7 bytes after the last tensor"),
        arguments(
            of("{" + entry("a", "U8", "[4]", 0, 4) + "}", new byte[5]),
            "1 bytes after the last tensor"),
        arguments(
            of("{" + entry("a", "U8", "[4]", 0, 4) + "}", new byte[3]),
            "tensor \"a\" ends at byte 4 of the data, but the file holds 3: it is cut off"),
        arguments(
            of("{" + entry("a", "F32", "[500000000]", 0, 2000000000L) + "}", new byte[3]),
            "tensor \"a\" ends at byte 2000000000 of the data, but the file holds 3: it is cut off"),
        arguments(
            of("{" + entry("a", "U8", "[4]", 4, 8) + "}", new byte[8]),
            "bytes 0 to 4 of the data, before tensor \"a\", belong to no tensor"),
        arguments(
            of(
                "{" + entry("b", "U8", "[1]", 3, 4) + "," + entry("a", "U8", "[2]", 0, 2) + "}",
                new byte[4]),
            "bytes 2 to 3 of the data, before tensor \"b\", belong to no tensor"),
        arguments(
            of(
                "{" + entry("b", "U8", "[2]", 1, 3) + "," + entry("a", "U8", "[2]", 0, 2) + "}",
                new byte[3]),
            "tensor \"b\" begins at byte 1 of the data, inside tensor \"a\", which ends at 2"),
        arguments(
            of(
                "{" + entry("a", "U8", "[2]", 0, 2) + "," + entry("b", "U8", "[2]", 0, 2) + "}",
                new byte[2]),
            "tensor \"b\" begins at byte 0 of the data, inside tensor \"a\", which ends at 2"),
        arguments(
            of(
                "{" + entry("a", "U8", "[2]", 0, 2) + "," + entry("b", "U8", "[0]", 1, 1) + "}",
                new byte[2]),
            "tensor \"b\" begins at byte 1 of the data, inside tensor \"a\", which ends at 2"));
  }

  @Test
  void refusesHeaderAboveTheFormatsLimitThoughTheFileHoldsIt() throws IOException {
    Path file = folder.resolve("long.safetensors");
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.CREATE)) {
      channel.write(ByteBuffer.wrap(concat(length(100_000_001), latin1("{"))));
      channel.write(ByteBuffer.wrap(new byte[1]), 100_000_100);
    }
    assertThatThrownBy(() -> Safetensors.read(file))
        .isInstanceOf(WeightsFormatException.class)
        .hasMessage(
            file
                + ": expected a safetensors file, found a header length of 100000001, above the limit of 100000000");
  }

  @Test
  void refusesDirectoryAndMissingFile() {
    assertThatThrownBy(() -> Safetensors.read(folder))
        .isInstanceOf(WeightsFormatException.class)
        .hasMessage(folder + ": expected a safetensors file, found a directory");
    Path missing = folder.resolve("missing.safetensors");
    assertThatThrownBy(() -> Safetensors.read(missing))
        .isExactlyInstanceOf(NoSuchFileException.class)
        .hasMessage(missing.toString());
  }

  /** A device has no end; opening a pipe that nobody writes to waits for ever. */
  @Test
  @Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  @DisabledOnOs(OS.WINDOWS)
  void refusesDevicesAndPipes() throws Exception {
    Path pipe = folder.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    for (Path file : List.of(pipe, Path.of("/dev/zero"))) {
      assertThatThrownBy(() -> Safetensors.read(file))
          .isInstanceOf(WeightsFormatException.class)
          .hasMessage(file + ": expected a safetensors file, found a pipe or a device");
    }
  }

  @Test
  void refusesMoreEntriesThanAnyNetworkHas() throws IOException {
    Path file = folder.resolve("many.safetensors");
    String tensors =
        IntStream.range(0, 65_537)
            .mapToObj(i -> entry(Integer.toHexString(i), "U8", "[0]", 0, 0))
            .collect(Collectors.joining(",", "{", "}"));
    Files.write(file, of(tensors));
    assertThatThrownBy(() -> Safetensors.read(file))
        .isInstanceOf(WeightsFormatException.class)
        .hasMessageEndingWith(": more than 65536 tensors");

    String keys =
        IntStream.range(0, 65_537)
            .mapToObj(i -> "\"" + i + "\":\"\"")
            .collect(Collectors.joining(",", "{\"__metadata__\":{", "}}"));
    Files.write(file, of(keys));
    assertThatThrownBy(() -> Safetensors.read(file))
        .isInstanceOf(WeightsFormatException.class)
        .hasMessageEndingWith(": more than 65536 metadata keys");
  }

  /** Whatever a byte is changed to, wherever the file is cut: it reads, or it is a format error. */
  @Test
  void damageIsFormatErrorOrHarmless() throws IOException {
    byte[] good =
        of(
            "{\"__metadata__\":{\"k\":\"\\u00e9\"},"
                + entry("a", "F16", "[2,1]", 0, 4)
                + ","
                + entry("b", "I64", "[1]", 4, 12)
                + "}",
            new byte[12]);
    Path file = folder.resolve("damaged.safetensors");
    int refused = 0;
    for (int i = 0; i < good.length; i++) {
      for (int value : new int[] {0, 1, '"', '\\', '0', '9', '{', ']', 0x7f, 0x80, 0xff}) {
        byte[] damaged = good.clone();
        damaged[i] = (byte) value;
        refused += reads(Files.write(file, damaged)) ? 0 : 1;
      }
      assertThat(reads(Files.write(file, Arrays.copyOf(good, i)))).isFalse();
    }
    assertThat(refused).isGreaterThan(good.length * 8);
    assertThat(reads(Files.write(file, good))).isTrue();
  }

  private static boolean reads(Path file) throws IOException {
    try {
      Safetensors.read(file);
      return true;
    } catch (WeightsFormatException e) {
      assertThat(e.getMessage()).startsWith(file + ": ").doesNotContain("\n");
      return false;
    }
  }

  private static byte[] latin1(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
