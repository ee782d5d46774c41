package dev.hydranet.converter.checkpoint;

import static dev.hydranet.converter.checkpoint.PickleBytes.global;
import static dev.hydranet.converter.checkpoint.PickleBytes.tuple;
import static dev.hydranet.converter.checkpoint.TorchFiles.storage;
import static dev.hydranet.converter.checkpoint.TorchFiles.tensor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hydranet.converter.checkpoint.PickleBytes.Built;
import dev.hydranet.converter.checkpoint.PickleBytes.Call;
import dev.hydranet.converter.checkpoint.TorchFiles.Storage;
import dev.hydranet.engine.WeightsFormatException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What PyTorch has written since 2.0, which the one that made the other files does not. */
class NewFormsTest {
  private static final Storage NUMBERS = Storage.floats(1, 2, 3, 4);
  private static final Call TENSOR =
      tensor(storage("torch.FloatStorage", "0", 4), 0, tuple(2, 2), tuple(2, 1));

  @TempDir Path folder;

  @Test
  void theEntriesOfPyTorch26() throws IOException {
    ZipBytes zip = TorchFiles.zip(Map.of("weight", TENSOR), Map.of("0", NUMBERS));
    zip.store("archive/.format_version", "1".getBytes());
    zip.store("archive/.storage_alignment", "64".getBytes());
    zip.store("archive/byteorder", "little".getBytes());
    zip.store("archive/.data/serialization_id", "1565691554113617743186643277".getBytes());

    assertThat(weight(zip.bytes())).containsExactly(1, 2, 3, 4);
  }

  @Test
  void theOtherByteOrder() throws IOException {
    byte[] bigEndian = HexFormat.of().parseHex("3f800000400000004040000040800000");
    ZipBytes zip = TorchFiles.zip(Map.of("weight", TENSOR), Map.of("0", new Storage(bigEndian, 4)));
    zip.store("archive/byteorder", "big".getBytes());

    assertThat(weight(zip.bytes())).containsExactly(1, 2, 3, 4);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"HalfStorage 3c00c100", "BFloat16Storage 3f80c020", "ShortStorage 0001fffd"})
  void theOtherByteOrderOfTwoBytes(String typeAndBytes) throws IOException {
    String[] parts = typeAndBytes.split(" ");
    Storage two = new Storage(HexFormat.of().parseHex(parts[1]), 2);
    Call tensor = tensor(storage("torch." + parts[0], "0", 2), 0, tuple(2), tuple(1));
    ZipBytes zip = TorchFiles.zip(Map.of("weight", tensor), Map.of("0", two));
    zip.store("archive/byteorder", "big".getBytes());

    float[] expected = parts[0].startsWith("Short") ? new float[] {1, -3} : new float[] {1, -2.5f};
    assertThat(weight(zip.bytes())).isEqualTo(expected);
  }

  @Test
  void noThirdByteOrder() {
    ZipBytes zip = TorchFiles.zip(Map.of("weight", TENSOR), Map.of("0", NUMBERS));
    zip.store("archive/byteorder", "middle".getBytes());

    assertThatThrownBy(() -> weight(zip.bytes()))
        .isInstanceOf(WeightsFormatException.class)
        .hasMessageEndingWith("the byte order is 'middle', expected little or big");
  }

  @Test
  void aChecksumThatWasNotComputed() throws IOException {
    ZipBytes zip = new ZipBytes();
    byte[] pickle = PickleBytes.pickle(Map.of("weight", TENSOR));
    zip.store("archive/data.pkl", pickle).crc = 0;
    zip.store("archive/data/0", NUMBERS.bytes()).crc = 0;

    assertThat(weight(zip.bytes())).containsExactly(1, 2, 3, 4);
  }

  @Test
  void zip64() throws IOException {
    ZipBytes zip = TorchFiles.zip(Map.of("weight", TENSOR), Map.of("0", NUMBERS)).zip64();

    assertThat(weight(zip.bytes())).containsExactly(1, 2, 3, 4);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "archive/", "a longer/path/of folders/"})
  void anyFolder(String prefix) throws IOException {
    ZipBytes zip = new ZipBytes();
    zip.store(prefix + "data.pkl", PickleBytes.pickle(Map.of("weight", TENSOR)));
    zip.deflate(prefix + "data/0", NUMBERS.bytes());

    assertThat(weight(zip.bytes())).containsExactly(1, 2, 3, 4);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "torch.UntypedStorage",
        "torch.storage.UntypedStorage",
        "torch._UntypedStorage",
        "torch.storage.TypedStorage",
        "torch.storage._TypedStorage"
      })
  void untypedStoragesWithTheTypeAtTheTensor(String type) throws IOException {
    Call tensor =
        global("torch._utils._rebuild_tensor_v3")
            .call(
                storage(type, "0", 16),
                1,
                tuple(3),
                tuple(1),
                false,
                global("collections.OrderedDict").call(),
                global("torch.float32"));

    assertThat(weight(tensor)).containsExactly(2, 3, 4);
  }

  @Test
  void anUntypedStorageAloneIsOfBytes() throws IOException {
    Call tensor = tensor(storage("torch.storage.UntypedStorage", "0", 16), 2, tuple(2), tuple(1));

    assertThat(weight(tensor)).containsExactly(0x80, 0x3f);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"torch.FloatStorage", "torch.storage.FloatStorage", "torch.cuda.FloatStorage"})
  void storageClassesOfEachModule(String type) throws IOException {
    Call tensor = tensor(storage(type, "0", 4), 3, tuple(), tuple());

    assertThat(weight(tensor)).containsExactly(4);
  }

  @ParameterizedTest
  @CsvSource({
    "uint16, 2, 0 16384",
    "uint32, 1, 1073741824",
    "uint64, 0, 4611686019492741120",
    "float8_e4m3fn, 2, -0 1.875",
    "float8_e5m2, 2, -0 1.75"
  })
  void typesWithoutAStorageClass(String type, int offset, String expected) throws IOException {
    float[] values = parse(expected);
    Call tensor =
        global("torch._utils._rebuild_tensor_v3")
            .call(
                storage("torch.UntypedStorage", "0", 16),
                offset,
                tuple(values.length),
                tuple(1),
                false,
                global("collections.OrderedDict").call(),
                global("torch." + type));

    assertThat(weight(tensor)).isEqualTo(values);
  }

  private static float[] parse(String numbers) {
    String[] words = numbers.split(" ");
    float[] values = new float[words.length];
    for (int i = 0; i < words.length; i++) {
      values[i] = Float.parseFloat(words[i]);
    }
    return values;
  }

  @Test
  void aTypeThatWeightsDoNotHave() {
    Call tensor =
        global("torch._utils._rebuild_tensor_v3")
            .call(
                storage("torch.UntypedStorage", "0", 16),
                0,
                tuple(4),
                tuple(1),
                false,
                global("collections.OrderedDict").call(),
                global("torch.float8_e4m3fnuz"));

    assertThatThrownBy(() -> weight(tensor))
        .isInstanceOf(WeightsFormatException.class)
        .hasMessageEndingWith(
            "tensor 'weight': expected a dense tensor of numbers, found a tensor of"
                + " 'torch.float8_e4m3fnuz'");
  }

  @Test
  void aParameterWithState() throws IOException {
    Call parameter =
        global("torch._utils._rebuild_parameter_with_state")
            .call(TENSOR, true, global("collections.OrderedDict").call(), Map.of("tag", 1));

    assertThat(weight(parameter)).containsExactly(1, 2, 3, 4);
  }

  @ParameterizedTest
  @ValueSource(strings = {"torch._tensor._rebuild_from_type_v2", "torch.tensor._rebuild_from_type"})
  void aTensorWithAttributes(String function) throws IOException {
    Call tensor =
        global(function)
            .call(TENSOR.callee(), global("torch.Tensor"), TENSOR.arguments(), Map.of("tag", 1));

    assertThat(weight(tensor)).containsExactly(1, 2, 3, 4);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "torch.nn.parameter.Parameter",
        "torch.nn.parameter.Buffer",
        "torch.autograd.variable.Variable"
      })
  void aTensorInAClassAndItsState(String type) throws IOException {
    Object wrapped = new Built(global(type).call(TENSOR, true), tuple(true, false, Map.of()));

    assertThat(weight(wrapped)).containsExactly(1, 2, 3, 4);
  }

  /** The instructions that protocols 4 and 5 add, in a state_dict of one tensor. */
  @Test
  void protocol5() throws IOException {
    Protocol5 pickle = new Protocol5();
    pickle.op('}').memoize();
    pickle.text("weight");
    pickle.text("torch._utils").text("_rebuild_tensor_v2").op(0x93).memoize();
    pickle.op('(', '(').text("storage");
    pickle.text("torch").text("FloatStorage").op(0x93).memoize();
    pickle.text("0").text("cuda:1").op('K', 4).op('t').memoize().op('Q');
    pickle.op('K', 0).op('K', 2, 'K', 2, 0x86).memoize().op('K', 2, 'K', 1, 0x86).memoize();
    pickle.op(0x89);
    pickle.text("collections").text("OrderedDict").op(0x93).memoize().op(')', 'R').memoize();
    pickle.op('t').memoize().op('R').memoize().op('s');
    // An empty set and a frozen one, bytes and a bytearray, NEWOBJ_EX: beside the weights.
    pickle.text("tags").op(0x8f).memoize().op('(', 'K', 1, 0x90, 's');
    pickle.text("fixed").op('(', 'K', 1, 0x91).memoize().op('s');
    pickle.text("raw").op(0x8e, 1, 0, 0, 0, 0, 0, 0, 0, 9).memoize().op('s');
    pickle.text("buffer").op(0x96, 1, 0, 0, 0, 0, 0, 0, 0, 9).memoize().op('s');
    pickle.text("args").text("argparse").text("Namespace").op(0x93).op(')', '}', 0x92).op('s');
    ZipBytes zip = new ZipBytes();
    zip.store("archive/data.pkl", pickle.bytes());
    zip.store("archive/data/0", NUMBERS.bytes());

    Checkpoint checkpoint = read(zip.bytes());
    assertThat(checkpoint.tensors().get("weight").data()).containsExactly(1, 2, 3, 4);
    assertThat(checkpoint.skipped())
        .containsExactly(
            Map.entry("tags", "an object of set"),
            Map.entry("fixed", "an object of frozenset of 1"),
            Map.entry("raw", "1 bytes"),
            Map.entry("buffer", "1 bytes"),
            Map.entry("args", "an object of argparse.Namespace"));
  }

  /** Instructions in a frame, after the protocol's number. */
  private static final class Protocol5 {
    private final ByteArrayOutputStream frame = new ByteArrayOutputStream();

    Protocol5 op(int... bytes) {
      Arrays.stream(bytes).forEach(frame::write);
      return this;
    }

    Protocol5 text(String text) {
      op(0x8c, text.length());
      frame.writeBytes(text.getBytes(StandardCharsets.UTF_8));
      return memoize();
    }

    Protocol5 memoize() {
      return op(0x94);
    }

    byte[] bytes() {
      op('.');
      ByteBuffer pickle = ByteBuffer.allocate(11 + frame.size()).order(ByteOrder.LITTLE_ENDIAN);
      pickle.put((byte) 0x80).put((byte) 5).put((byte) 0x95).putLong(frame.size());
      return pickle.put(frame.toByteArray()).array();
    }
  }

  private float[] weight(Object tensor) throws IOException {
    return weight(TorchFiles.zip(Map.of("weight", tensor), Map.of("0", NUMBERS)).bytes());
  }

  private float[] weight(byte[] file) throws IOException {
    return read(file).tensors().get("weight").data();
  }

  private Checkpoint read(byte[] file) throws IOException {
    return Checkpoint.read(Files.write(folder.resolve("new.pth"), file));
  }
}
