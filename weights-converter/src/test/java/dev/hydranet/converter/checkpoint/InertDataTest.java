package dev.hydranet.converter.checkpoint;

import static dev.hydranet.converter.checkpoint.PickleBytes.global;
import static dev.hydranet.converter.checkpoint.PickleBytes.tuple;
import static dev.hydranet.converter.checkpoint.TorchFiles.storage;
import static dev.hydranet.converter.checkpoint.TorchFiles.tensor;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.hydranet.converter.checkpoint.PickleBytes.Built;
import dev.hydranet.converter.checkpoint.PickleBytes.Call;
import dev.hydranet.converter.checkpoint.PickleBytes.Global;
import dev.hydranet.converter.checkpoint.PickleBytes.Persistent;
import dev.hydranet.converter.checkpoint.PickleBytes.Raw;
import dev.hydranet.converter.checkpoint.PickleBytes.Tuple;
import dev.hydranet.converter.checkpoint.TorchFiles.Storage;
import dev.hydranet.engine.WeightsFormatException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
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

/** What lies beside the weights is passed over, whatever it is; among them it is refused. */
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

  /** Names of code, as attacks have them, and of what people leave beside their weights. */
  static Stream<String> names() {
    return """
        os.system
        posix.system
        nt.system
        subprocess.Popen
        builtins.eval
        builtins.exec
        builtins.getattr
        builtins.__import__
        __builtin__.eval
        __builtin__.apply
        builtins.open
        importlib.import_module
        runpy._run_code
        shutil.rmtree
        pickle.loads
        _pickle.loads
        operator.attrgetter
        functools.partial
        types.FunctionType
        types.CodeType
        torch.load
        torch.hub.load
        torch.storage._load_from_bytes
        torch.jit.load
        torch._utils._import_dotted_name
        torch.serialization.load
        torch.nn.modules.conv.Conv2d
        numpy.load
        numpy.testing._private.utils.runstring
        collections.OrderedDict.fromkeys
        collections.namedtuple
        __main__.HydraNet
        omegaconf.dictconfig.DictConfig
        easydict.EasyDict
        pytorch_lightning.callbacks.model_checkpoint.ModelCheckpoint
        lightning.fabric.utilities.data.AttributeDict
        models.hydranet.HydraNet.__init__.<locals>.<lambda>
        """
        .lines();
  }

  @ParameterizedTest
  @MethodSource("names")
  void whatIsBesideTheWeightsIsInert(String name) throws IOException {
    for (Object extra : formsOf(global(name))) {
      Map<String, Object> root = new LinkedHashMap<>();
      root.put("extra", extra);
      root.put("state_dict", Map.of("weight", WEIGHT));

      assertThat(read(root).tensors().get("weight").data()).containsExactly(5, 6);
    }
  }

  /** What a pickle can do to a class or a function, and to what that makes. */
  private static List<Object> formsOf(Global name) {
    Call made = name.call("touch /tmp/executed");
    Raw newObject = instructions(name, tuple("touch /tmp/executed"), "\u0081");
    Raw mark = new Raw(bytes("("));
    return List.of(
        name,
        made,
        newObject,
        instructions(name, tuple(), Map.of("key", "value"), "\u0092"),
        new Raw(bytes("(c" + name.module() + "\n" + name.name() + "\no")),
        instructions(newObject, "key", WEIGHT, "s"),
        instructions(newObject, mark, "key", 1, "other", 2, "u"),
        instructions(newObject, 1, "a"),
        instructions(newObject, mark, 1, 2, "e"),
        instructions(newObject, mark, 1, 2, "\u0090"),
        new Built(made, Map.of("_content", made)),
        new Built(newObject, tuple(1, Map.of("slot", name))),
        new Call(made, tuple(1)),
        new Call(new Call(made, tuple()), made),
        new Call(global("torch.Size"), made),
        global("collections.OrderedDict").call(made),
        global("collections.defaultdict").call(name),
        global("builtins.getattr").call(name, "run"),
        global("functools.partial").call(global("builtins.getattr").call(name, "run"), 1),
        new Built(
            global("copyreg._reconstructor").call(name, global("builtins.dict"), Map.of()),
            Map.of("a", made)),
        global("copyreg.__newobj__").call(name, 1),
        global("torch._utils._rebuild_parameter").call(made, true, Map.of()),
        tensor(new Persistent(tuple("storage", name, "7", "cpu", 2)), 0, tuple(2), tuple(1)),
        new Call(global("torch._utils._rebuild_tensor_v2"), tuple(made, 0, tuple(2), tuple(1))),
        global("torch._tensor._rebuild_from_type_v2").call(name, name, tuple(WEIGHT), Map.of()),
        new Persistent(tuple("module", name, "model.py", "import os")));
  }

  /** Values, and the instruction that takes them from the stack. */
  private static Raw instructions(Object... valuesAndInstruction) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int last = valuesAndInstruction.length - 1;
    for (Object value : List.of(valuesAndInstruction).subList(0, last)) {
      byte[] pickle = PickleBytes.pickle(value);
      out.write(pickle, 2, pickle.length - 3);
    }
    out.writeBytes(bytes((String) valuesAndInstruction[last]));
    return new Raw(out.toByteArray());
  }

  private static byte[] bytes(String latin1) {
    return latin1.getBytes(ISO_8859_1);
  }

  @Test
  void extensionCodesAreInert() throws IOException {
    for (String code : List.of("\u0082\1", "\u0083\1\1", "\u0084\1\1\1\1")) {
      Map<String, Object> root = new LinkedHashMap<>();
      root.put("extra", new Raw(bytes(code + ")R")));
      root.put("state_dict", Map.of("weight", WEIGHT));

      assertThat(read(root).tensors()).containsOnlyKeys("weight");
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void amongTheWeightsItIsRefusedByName(String name) {
    Map<String, Object> layer = new LinkedHashMap<>();
    layer.put("conv.weight", WEIGHT);
    for (Object bias : List.of(global(name), global(name).call("touch /tmp/executed"))) {
      layer.put("conv.bias", bias);

      assertThatThrownBy(() -> read(Map.of("state_dict", layer)))
          .isInstanceOf(WeightsFormatException.class)
          .hasMessage(
              folder.resolve("data.pth")
                  + ": among the weights, 'conv.bias' is an object of '"
                  + name
                  + "', expected a tensor; it was not opened and nothing was executed");
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void whereNoWeightsAreFoundItIsNamed(String name) {
    Call made = global(name).call();
    String end =
        "; objects of such classes are not opened and nothing was executed (if one is a whole"
            + " pickled model, save its state_dict())";

    assertThatThrownBy(() -> read(made))
        .isInstanceOf(WeightsFormatException.class)
        .hasMessage(
            folder.resolve("data.pth")
                + ": expected a dict of tensors, found an object of '"
                + name
                + "'"
                + end);
    assertThatThrownBy(() -> read(Map.of("model", made)))
        .isInstanceOf(WeightsFormatException.class)
        .hasMessage(
            folder.resolve("data.pth")
                + ": no weights: expected tensors by name at the top or under any key, found a dict"
                + " of 1 with keys 'model'; 'model' is an object of '"
                + name
                + "'"
                + end);
  }

  @Test
  void theObjectIsNamedWhereverItIs() {
    Object deep = List.of(3, Map.of("ema", tuple(global("models.Net").call(), 5)));

    assertThatThrownBy(() -> read(deep))
        .hasMessageContaining(
            ": expected a dict of tensors, found a list of 2; '1.ema.0' is an object of"
                + " 'models.Net'; objects of such classes");
    assertThatThrownBy(() -> read(Map.of("state_dict", global("a.Dict").call())))
        .hasMessageContaining("; 'state_dict' is an object of 'a.Dict'; objects of such");
  }

  @Test
  void theStateOfAModuleMayBeOfAnyClass() throws IOException {
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("fc.weight", WEIGHT);
    root.put("fc._extra_state", global("_io.BytesIO").call(new byte[3]));
    root.put("config", global("easydict.EasyDict").call());

    assertThat(read(root).skipped())
        .containsExactly(
            Map.entry("fc._extra_state", "an object of _io.BytesIO"),
            Map.entry("config", "an object of easydict.EasyDict"));
  }

  @Test
  void aNameThatWouldSteerATerminalIsEscaped() {
    Raw name = new Raw(bytes("X\5\0\0\0o\33[2JX\1\0\0\0x\u0093"));
    Object offset =
        global("torch._utils._rebuild_tensor")
            .call(storage("torch.FloatStorage", "0", 2), name, tuple(2), tuple(1));

    assertThatThrownBy(() -> read(Map.of("w", offset)))
        .hasMessageEndingWith(": a tensor's offset is an object of o\\u001b[2J.x");
  }

  @Test
  void namesAreLimitedInLengthAndNumber() {
    String name = "a".repeat(999);
    assertThatThrownBy(() -> read(global("os." + name)))
        .hasMessageEndingWith("the pickle refers to a name of 1001 characters, 1000 are allowed");
    StringBuilder many = new StringBuilder();
    IntStream.rangeClosed(0, 1 << 16).forEach(i -> many.append("ca\n" + i + "\n0"));
    assertThatThrownBy(() -> read(new Raw(bytes(many + "N"))))
        .hasMessageEndingWith("the pickle refers to more than 65536 classes and functions");
  }

  /** An object made again and again, with what it is given, keeps nothing. */
  @Test
  void inertValuesTakeNoMemory() throws IOException {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    Raw extra = new Raw(bytes("cos\nsystem\nq\0" + "h\0)\u0081(K\1K\2u0".repeat(200_000)));
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("extra", extra);
    root.put("state_dict", Map.of("weight", WEIGHT));
    long before = threads.getCurrentThreadAllocatedBytes();

    assertThat(read(root).tensors()).containsOnlyKeys("weight");
    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(200 << 20);
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
            new Call(global("torch.FloatStorage"), none), "an object of StorageType is called"));
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
