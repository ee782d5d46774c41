package dev.hydranet.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.hydranet.HydraNet;
import dev.hydranet.engine.tensor.Tensor;
import dev.hydranet.engine.weights.DType;
import dev.hydranet.engine.weights.Safetensors;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConvertTest {
  @TempDir private Path folder;

  /** Checkpoints written by PyTorch itself. */
  @ParameterizedTest
  @ValueSource(strings = {"hydranet.legacy.pth", "hydranet.zip.pth"})
  void convertsCheckpointsOfPyTorch(String name) throws IOException, URISyntaxException {
    Path out = folder.resolve("out.safetensors");
    Cli.Result result = convert(checkpoint(name), out);
    assertThat(result.err()).isEmpty();
    assertThat(result.exitCode()).isZero();
    assertThat(result.out()).isEqualTo(out + ": custom, 294 tensors, F32" + System.lineSeparator());
    assertThat(HydraNet.load(out).network().classes()).isEqualTo(5);
  }

  @Test
  void storesFloat16() throws IOException {
    Path in = SmallNetwork.write(folder.resolve("in.safetensors"));
    Path out = folder.resolve("out.safetensors");
    assertThat(convert(in, out, "--dtype", "f16", "--variant", "auto").exitCode()).isZero();
    assertThat(Files.size(out)).isLessThan(Files.size(in) * 6 / 10);
    Tensor weight = Safetensors.read(out).tensors().get("segm.weight");
    assertThat(weight.data()[0])
        .isEqualTo(
            Float.float16ToFloat(
                Float.floatToFloat16(SmallNetwork.WEIGHTS.get("segm.weight").data()[0])));
  }

  @Test
  void namesTheClasses() throws IOException {
    Path in = SmallNetwork.write(folder.resolve("in.safetensors"));
    Path out = folder.resolve("out.safetensors");
    assertThat(convert(in, out, "--classes", "sky,low building,c,d,e").exitCode()).isZero();
    assertThat(HydraNet.load(out).metadata().classNames())
        .containsExactly("sky", "low building", "c", "d", "e");

    Path other = folder.resolve("other.safetensors");
    Cli.Result few = convert(in, other, "--classes", "sky,building");
    assertThat(few.exitCode()).isEqualTo(2);
    assertThat(few.err()).startsWith("hydranet: --classes: expected 5 names, found 2");
    assertThat(other).doesNotExist();
  }

  @Test
  void namesTheTensorThatFloat16CannotHold() throws IOException {
    Path in = withWeight("segm.bias", 1e6f);
    Cli.Result result = convert(in, folder.resolve("out.safetensors"), "--dtype", "f16");
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err()).contains(in.toString(), "segm.bias", "float16");
    assertThat(folder.resolve("out.safetensors")).doesNotExist();
  }

  @Test
  void reportsNan() throws IOException {
    Path in = withWeight("segm.bias", Float.NaN);
    Cli.Result result = convert(in, folder.resolve("out.safetensors"));
    assertThat(result.exitCode()).isZero();
    assertThat(result.err())
        .hasLineCount(1)
        .startsWith("hydranet: warning: " + in + ": segm.bias [5]: 1 NaN of 5");
  }

  @Test
  void listsAllThatIsWrong() throws IOException {
    Path in = SmallNetwork.write(folder.resolve("in.safetensors"));
    Path out = folder.resolve("out.safetensors");
    Cli.Result result = convert(in, out, "--variant", "kitti");
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err())
        .hasLineCount(1)
        .startsWith("hydranet: " + in + ": ")
        .contains("layer1.0.weight", "; and ", " more (--verbose); found 294 tensors: '")
        .doesNotContain("unexpected normal.weight");
    Cli.Result all = convert(in, out, "--variant", "kitti", "--verbose");
    assertThat(all.err())
        .doesNotContain("(--verbose)")
        .contains(System.lineSeparator() + "  unexpected normal.weight");
    assertThat(out).doesNotExist();
  }

  @Test
  void aFileThatIsNoCheckpointIsALine() throws IOException, URISyntaxException {
    byte[] whole = Files.readAllBytes(checkpoint("hydranet.zip.pth"));
    Path cut = Files.write(folder.resolve("cut.pth"), Arrays.copyOf(whole, whole.length / 2));
    Path page = Files.writeString(folder.resolve("page.pth"), "<!doctype html><p>Sign in");
    Path out = folder.resolve("out.safetensors");
    for (Path wrong : new Path[] {cut, page, folder.resolve("missing.pth")}) {
      Cli.Result result = convert(wrong, out);
      assertThat(result.exitCode()).isEqualTo(1);
      assertThat(result.err()).hasLineCount(1).startsWith("hydranet: " + wrong + ": ");
      assertThat(out).doesNotExist();
    }
    assertThat(convert(page, out).err()).contains("an HTML page");
  }

  @Test
  void writesTheTensorsOfAnyNetworkAsTheyAre() throws IOException, URISyntaxException {
    Path out = folder.resolve("raw.safetensors");
    Cli.Result result = convert("--raw", checkpoint("types.zip.pth"), out);

    assertThat(result.err()).isEmpty();
    assertThat(result.exitCode()).isZero();
    assertThat(result.out())
        .startsWith(out + ": 10 tensors, 1 ")
        .contains("1 I64", "1 BF16", "1 BOOL");
    Cli.Result both = convert("--raw", "--dtype", "f16", checkpoint("types.zip.pth"), out);
    assertThat(both.exitCode()).isEqualTo(2);
    assertThat(both.err())
        .startsWith("hydranet: --raw writes what is there: it excludes --variant");
  }

  @Test
  void saysWhatRawLeavesOut() throws IOException, URISyntaxException {
    Path out = folder.resolve("raw.safetensors");
    Path in = checkpoint("raw/not_only_tensors.zip.pth");
    Cli.Result result = convert("--raw", in, out);

    assertThat(result.exitCode()).isZero();
    assertThat(result.err().strip())
        .isEqualTo(
            "hydranet: warning: "
                + in
                + ": epoch left out: the integer 3, not a tensor; config left out: an object of"
                + " argparse.Namespace, not a tensor");
    assertThat(Safetensors.read(out).tensors()).containsOnlyKeys("conv.weight");
  }

  @Test
  void whatRawLeavesOutSteersNoTerminal() throws IOException, URISyntaxException {
    byte[] content = Files.readAllBytes(checkpoint("raw/not_only_tensors.zip.pth"));
    // The name "epoch", without a checksum to notice the change.
    String changed = new String(content, ISO_8859_1).replace("epoch", "\n\33[2J");
    Path in = Files.write(folder.resolve("in.pth"), changed.getBytes(ISO_8859_1));
    withoutChecksums(in);

    Cli.Result result = convert("--raw", in, folder.resolve("out.safetensors"));
    assertThat(result.exitCode()).isZero();
    assertThat(result.err())
        .hasLineCount(1)
        .contains(": \\u000a\\u001b[2J left out: the integer 3");
  }

  /** Has every CRC-32 of a zip archive say that it was not computed. */
  private static void withoutChecksums(Path zip) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(zip)).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < bytes.limit() - 20; i++) {
      switch (bytes.getInt(i)) {
        case 0x04034b50 -> bytes.putInt(i + 14, 0);
        case 0x02014b50 -> bytes.putInt(i + 16, 0);
        case 0x08074b50 -> bytes.putInt(i + 4, 0);
        default -> {}
      }
    }
    Files.write(zip, bytes.array());
  }

  @Test
  void saysWhereTheWeightsWereAndWhatWasLeftOutOfTheirNames()
      throws IOException, URISyntaxException {
    Path in = checkpoint("raw/several.zip.pth");
    Path out = folder.resolve("out.safetensors");
    Cli.Result several = convert("--raw", in, out);
    assertThat(several.exitCode()).isEqualTo(1);
    assertThat(several.err().strip())
        .isEqualTo(
            "hydranet: "
                + in
                + ": several dicts of tensors: 'params' (1 tensor), 'params_ema' (2 tensors);"
                + " choose one by its key (--key)");
    Cli.Result one = convert("--raw", in, out, "--key", "params_ema");
    assertThat(one.exitCode()).isZero();
    assertThat(one.out()).endsWith(in + ": weights under 'params_ema'" + System.lineSeparator());

    Map<String, Tensor> prefixed = new HashMap<>();
    SmallNetwork.WEIGHTS.forEach((name, tensor) -> prefixed.put("model.net." + name, tensor));
    Path file = folder.resolve("in.safetensors");
    Safetensors.write(file, prefixed, Map.of(), DType.F32);
    Cli.Result stripped = convert(file, out);
    assertThat(stripped.exitCode()).isZero();
    assertThat(stripped.out())
        .endsWith(file + ": prefix 'model.net.' left out of the names" + System.lineSeparator());
    assertThat(HydraNet.load(out)).isNotNull();
  }

  static Stream<Arguments> unconverted() {
    String torch = "; if it is a PyTorch checkpoint, ";
    return Stream.of(
        arguments("net.pth", "PK\3\4", "a zip archive" + torch, "DIR/net.pth DIR/net.safetensors"),
        arguments(
            "my net.onnx",
            "\b\7\u0012\7pytorch",
            "an ONNX model; ",
            "'DIR/my net.onnx' 'DIR/my net.safetensors'"),
        arguments(
            "it's",
            "L119547037146038801333356L\n.",
            "a Python pickle" + torch,
            "'DIR/it'\\''s' 'DIR/it'\\''s.safetensors'"),
        arguments(
            ".w.safetensors",
            "PK\3\4",
            "a zip archive" + torch,
            "DIR/.w.safetensors DIR/.w.converted.safetensors"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("unconverted")
  void weightsThatAreNotConvertedYetNameTheCommand(
      String name, String content, String kind, String words) throws IOException {
    Path in = Files.write(folder.resolve(name), content.getBytes(ISO_8859_1));
    for (Object[] command : new Object[][] {{"info"}, {"bench"}, {"export", "x.onnx"}}) {
      Object[] all = Arrays.copyOf(command, command.length + 2);
      all[command.length] = "--weights";
      all[command.length + 1] = in;
      Cli.Result result = Cli.at(folder).run(all);
      assertThat(result.exitCode()).isEqualTo(1);
      assertThat(result.err().strip())
          .isEqualTo(
              "hydranet: "
                  + in
                  + ": expected a safetensors file, found "
                  + kind
                  + "`hydranet convert "
                  + words.replace("DIR", folder.toString())
                  + "` converts it");
    }
  }

  private Path withWeight(String name, float value) throws IOException {
    Map<String, Tensor> weights = new HashMap<>(SmallNetwork.WEIGHTS);
    float[] data = weights.get(name).data().clone();
    data[0] = value;
    weights.put(name, Tensor.of(weights.get(name).shape(), data));
    Path file = folder.resolve("in.safetensors");
    Safetensors.write(file, weights, Map.of(), DType.F32);
    return file;
  }

  private static Path checkpoint(String name) throws URISyntaxException {
    return Path.of(
        Objects.requireNonNull(ConvertTest.class.getResource("/checkpoints/" + name)).toURI());
  }

  private Cli.Result convert(Object... arguments) {
    Object[] words = new Object[arguments.length + 1];
    words[0] = "convert";
    System.arraycopy(arguments, 0, words, 1, arguments.length);
    return Cli.at(folder).run(words);
  }
}
