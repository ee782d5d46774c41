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
import dev.hydranet.converter.checkpoint.PickleBytes.Tuple;
import dev.hydranet.converter.checkpoint.TorchFiles.Storage;
import dev.hydranet.engine.WeightsFormatException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What lies beside the weights: data of known types is passed over, code is refused. */
class InertDataTest {
  private static final Call WEIGHT =
      tensor(storage("torch.FloatStorage", "0", 2), 0, tuple(2), tuple(1));

  @TempDir Path folder;

  static Stream<Arguments> data() {
    Object dtype = global("numpy.dtype").call("f4", false, true);
    Object bytes = global("_codecs.encode").call("\u0000\u00ff", "latin1");
    return Stream.of(
        Arguments.of("NumPy 1 scalar", global("numpy.core.multiarray.scalar").call(dtype, bytes)),
        Arguments.of("NumPy 2 scalar", global("numpy._core.multiarray.scalar").call(dtype, bytes)),
        Arguments.of(
            "NumPy 2 array",
            new Built(
                global("numpy._core.multiarray._reconstruct")
                    .call(global("numpy.ndarray"), tuple(0), new byte[] {'b'}),
                tuple(1, tuple(1), dtype, false, new byte[4]))),
        Arguments.of(
            "NumPy array of protocol 5",
            global("numpy.core.numeric._frombuffer").call(new byte[4], dtype, tuple(1), "C")),
        Arguments.of(
            "NumPy 2 array of protocol 5",
            global("numpy._core.numeric._frombuffer").call(new byte[4], dtype, tuple(1), "C")),
        Arguments.of("a type of NumPy", global("numpy.float32")),
        Arguments.of("pathlib of Python 3.13", global("pathlib._local.PosixPath").call("a", "b")),
        Arguments.of(
            "time zone",
            global("datetime.timezone").call(global("datetime.timedelta").call(0, 0, 0))),
        Arguments.of(
            "Namespace of protocol 1",
            new Built(
                global("copy_reg._reconstructor")
                    .call(global("argparse.Namespace"), global("__builtin__.object"), "None"),
                Map.of("lr", 1))),
        Arguments.of(
            "SimpleNamespace", new Built(global("types.SimpleNamespace").call(), Map.of())),
        Arguments.of(
            "an OrderedDict of pairs in tuples",
            global("collections.OrderedDict").call(List.of(tuple("a", 1)))),
        Arguments.of("a dict of a dict", global("builtins.dict").call(Map.of("a", 1))),
        Arguments.of("a layout", global("torch.serialization._get_layout").call("torch.strided")),
        Arguments.of(
            "a quantized tensor",
            global("torch._utils._rebuild_qtensor")
                .call(
                    storage("torch.QInt8Storage", "q", 8),
                    0,
                    tuple(8),
                    tuple(1),
                    tuple(global("torch.per_tensor_affine"), 1, 0))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void data(String name, Object value) throws IOException {
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("extra", value);
    root.put("state_dict", Map.of("weight", WEIGHT));

    assertThat(read(root).tensors().get("weight").data()).containsExactly(5, 6);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "os.system",
        "posix.system",
        "nt.system",
        "subprocess.Popen",
        "builtins.eval",
        "builtins.exec",
        "builtins.getattr",
        "builtins.__import__",
        "__builtin__.eval",
        "__builtin__.apply",
        "builtins.open",
        "importlib.import_module",
        "runpy._run_code",
        "shutil.rmtree",
        "pickle.loads",
        "_pickle.loads",
        "operator.attrgetter",
        "functools.partial",
        "types.FunctionType",
        "types.CodeType",
        "torch.load",
        "torch.hub.load",
        "torch.storage._load_from_bytes",
        "torch.jit.load",
        "torch._utils._import_dotted_name",
        "torch.serialization.load",
        "torch.nn.modules.conv.Conv2d",
        "numpy.load",
        "numpy.testing._private.utils.runstring",
        "collections.OrderedDict.fromkeys",
        "collections.namedtuple",
        "__main__.HydraNet"
      })
  void codeIsRefusedByName(String name) {
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("state_dict", Map.of("weight", WEIGHT));
    root.put("extra", global(name).call("touch /tmp/executed"));

    assertThatThrownBy(() -> read(root))
        .isInstanceOf(WeightsFormatException.class)
        .hasMessage(
            folder.resolve("data.pth")
                + ": the pickle refers to '"
                + name
                + "', which is not on the list of what a state_dict needs; nothing was executed (if"
                + " this is a whole pickled model, save its state_dict())");
  }

  @Test
  void theNameAloneIsRefused() {
    Map<String, Object> root = Map.of("weight", WEIGHT, "hook", global("os.system"));

    assertThatThrownBy(() -> read(root))
        .isInstanceOf(WeightsFormatException.class)
        .hasMessageContaining("'os.system'");
  }

  static Stream<Arguments> oddCalls() {
    Tuple none = new Tuple(List.of());
    Object hooks = global("collections.OrderedDict").call();
    Object rebuild = global("torch._utils._rebuild_tensor_v2");
    return Stream.of(
        Arguments.of(new Call(rebuild, none), "a tensor of 0 arguments"),
        Arguments.of(
            new Call(rebuild, tuple("x", 0, none, none)), "a tensor's storage is the string 'x'"),
        Arguments.of(
            tensor(storage("torch.FloatStorage", "0", 2), -1, none, none),
            "a tensor's offset is the integer -1"),
        Arguments.of(
            tensor(storage("torch.FloatStorage", "0", 2), 0, tuple(-1), tuple(1)),
            "a tensor's size is the integer -1"),
        Arguments.of(
            tensor(storage("torch.FloatStorage", "0", 2), 0, tuple(2), tuple(-1)),
            "a tensor's stride is the integer -1"),
        Arguments.of(
            tensor(storage("torch.FloatStorage", "0", 2), 0, tuple("2"), tuple(1)),
            "a tensor's size is the string '2'"),
        Arguments.of(
            tensor(storage("torch.FloatStorage", "0", 2), 0, tuple(2), none),
            "a tensor has 1 extents and 0 strides"),
        Arguments.of(
            new Call(rebuild, tuple(storage("torch.FloatStorage", "0", 2), 0, List.of(2), none)),
            "a tensor's size is a list of 1"),
        Arguments.of(
            global("torch._utils._rebuild_tensor_v3")
                .call(
                    storage("torch.FloatStorage", "0", 2),
                    0,
                    tuple(2),
                    tuple(1),
                    false,
                    hooks,
                    "f"),
            "a tensor's type is the string 'f'"),
        Arguments.of(global("torch._utils._rebuild_tensor_v3").call(), "a tensor of 0 arguments"),
        Arguments.of(
            global("torch._utils._rebuild_parameter").call(),
            "a parameter is made of nothing, expected a tensor"),
        Arguments.of(
            global("torch._utils._rebuild_parameter").call(1, true, hooks),
            "a parameter is made of the integer 1, expected a tensor"),
        Arguments.of(
            global("torch._tensor._rebuild_from_type_v2")
                .call(
                    global("torch._tensor._rebuild_from_type_v2"),
                    global("torch.Tensor"),
                    none,
                    Map.of()),
            "_rebuild_from_type is called with something else than a tensor's function"),
        Arguments.of(
            global("torch._tensor._rebuild_from_type_v2").call("x", "y", none, Map.of()),
            "_rebuild_from_type is called with something else than a tensor's function"),
        Arguments.of(global("torch.Size").call(1, 2), "a torch.Size of 2 arguments"),
        Arguments.of(
            global("collections.OrderedDict").call(5),
            "a dict is made of pairs, found 1 arguments, the first the integer 5"),
        Arguments.of(
            global("collections.OrderedDict").call(List.of(tuple(1, 2, 3))),
            "a dict is made of pairs, found a tuple of 3"),
        Arguments.of(new Call(global("torch.float32"), none), "an object of ElementType is called"),
        Arguments.of(
            new Call(global("torch.FloatStorage"), none), "an object of StorageType is called"),
        Arguments.of(
            new Call(global("argparse.Namespace").call(), none),
            "an object of argparse.Namespace is called"));
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource
  void oddCalls(Object call, String message) {
    Map<String, Object> root = Map.of("weight", WEIGHT, "extra", call);

    assertThatThrownBy(() -> read(root))
        .isInstanceOf(WeightsFormatException.class)
        .hasMessageContaining(message);
  }

  @Test
  void aDictThatIsCopiedAgainAndAgain() {
    // d = {0: None, 1: None, ...}, then OrderedDict(d) a thousand times in six bytes each.
    Map<Object, Object> dict = new LinkedHashMap<>();
    IntStream.range(0, 10_000).forEach(i -> dict.put(i, null));
    byte[] large = PickleBytes.pickle(dict);
    ByteArrayOutputStream pickle = new ByteArrayOutputStream();
    pickle.write(large, 2, large.length - 3);
    pickle.writeBytes("q\0ccollections\nOrderedDict\nq\u0001".getBytes(ISO_8859_1));
    pickle.writeBytes("h\u0001h\0\u0085R0".repeat(1000).getBytes(ISO_8859_1));

    assertThatThrownBy(() -> read(new Raw(pickle.toByteArray())))
        .isInstanceOf(WeightsFormatException.class)
        .hasMessageEndingWith(": the pickle makes dicts of more than 1048576 items in all");
  }

  private Checkpoint read(Object root) throws IOException {
    ZipBytes zip = TorchFiles.zip(root, Map.of("0", Storage.floats(5, 6)));
    return Checkpoint.read(Files.write(folder.resolve("data.pth"), zip.bytes()));
  }
}
