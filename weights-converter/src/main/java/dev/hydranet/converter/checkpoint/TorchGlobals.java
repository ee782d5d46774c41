package dev.hydranet.converter.checkpoint;

import dev.hydranet.converter.pickle.Globals;
import dev.hydranet.converter.pickle.Inert;
import dev.hydranet.converter.pickle.PyCallable;
import dev.hydranet.converter.pickle.PyDict;
import dev.hydranet.converter.pickle.PyList;
import dev.hydranet.converter.pickle.PyTuple;
import dev.hydranet.converter.pickle.Unpickler;
import dev.hydranet.engine.DamagedFileException;
import dev.hydranet.engine.UnsupportedFileException;
import dev.hydranet.engine.WeightsFormatException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Everything that a checkpoint's pickle may name and that means something here: what rebuilds
 * tensors and dicts. Any other name becomes an {@link Inert} value: nothing a file says is ever
 * looked up in, or run by, anything.
 */
final class TorchGlobals implements Globals {
  private static final PyCallable REBUILD_TENSOR = TorchGlobals::rebuildTensor;
  private static final PyCallable REBUILD_TENSOR_V3 = TorchGlobals::rebuildTensorV3;
  private static final PyCallable REBUILD_PARAMETER = TorchGlobals::rebuildParameter;

  /**
   * Types and functions known to be data, which may stand even among the weights. {@code
   * __builtin__} and {@code copy_reg} are Python 2's modules, which protocols 0 to 2 name for
   * Python 3 too; {@code numpy._core} is NumPy 2's, {@code pathlib._local} Python 3.13's.
   */
  private static final String INERT =
      """
      argparse.Namespace types.SimpleNamespace _codecs.encode
      collections.Counter collections.deque
      datetime.date datetime.datetime datetime.time datetime.timedelta datetime.timezone
      pathlib.Path pathlib.PosixPath pathlib.WindowsPath
      pathlib.PurePosixPath pathlib.PureWindowsPath
      pathlib._local.Path pathlib._local.PosixPath pathlib._local.WindowsPath
      pathlib._local.PurePosixPath pathlib._local.PureWindowsPath
      __builtin__.bool __builtin__.bytearray __builtin__.bytes __builtin__.complex
      __builtin__.float __builtin__.frozenset __builtin__.int __builtin__.list __builtin__.long
      __builtin__.object __builtin__.set __builtin__.slice __builtin__.str __builtin__.tuple
      __builtin__.unicode __builtin__.xrange
      builtins.bool builtins.bytearray builtins.bytes builtins.complex
      builtins.float builtins.frozenset builtins.int builtins.list
      builtins.object builtins.range builtins.set builtins.slice builtins.str builtins.tuple
      numpy.ndarray numpy.dtype
      numpy.core.multiarray._reconstruct numpy._core.multiarray._reconstruct
      numpy.core.multiarray.scalar numpy._core.multiarray.scalar
      numpy.core.numeric._frombuffer numpy._core.numeric._frombuffer
      numpy.bool_ numpy.float16 numpy.float32 numpy.float64
      numpy.int8 numpy.int16 numpy.int32 numpy.int64
      numpy.uint8 numpy.uint16 numpy.uint32 numpy.uint64
      torch.Tensor torch.device torch.serialization._get_layout
      torch.per_tensor_affine torch.per_channel_affine""";

  /** What rebuilds tensors of kinds that are not read, and what to say of them. */
  private static final Map<String, String> UNREAD =
      Map.of(
          "torch._utils._rebuild_qtensor",
          "a quantized tensor (integers with a scale; save the weights before quantization)",
          "torch._utils._rebuild_sparse_tensor",
          "a sparse tensor (save its to_dense())",
          "torch._utils._rebuild_sparse_csr_tensor",
          "a sparse tensor (save its to_dense())",
          "torch._utils._rebuild_nested_tensor",
          "a nested tensor (save its parts)",
          "torch._utils._rebuild_meta_tensor_no_storage",
          "a meta tensor (a shape without numbers)",
          "torch._utils._rebuild_device_tensor_from_numpy",
          "a tensor of a device (save its cpu())",
          "torch._utils._rebuild_device_tensor_from_cpu_tensor",
          "a tensor of a device (save its cpu())");

  /** Types of elements that no {@link ElementType} stands for. */
  private static final List<String> OTHER_DTYPES =
      List.of(
          "torch.complex32",
          "torch.float8_e4m3fnuz",
          "torch.float8_e5m2fnuz",
          "torch.float8_e8m0fnu",
          "torch.float4_e2m1fn_x2");

  /** Far above any checkpoint; each takes memory as long as the file is read. */
  private static final int MOST_UNKNOWN = 1 << 16;

  /** Longer than any Python name in use. */
  private static final int LONGEST_NAME = 1000;

  /** Few bytes copy a large dict again and again; no checkpoint has as many items in dicts. */
  private static final int MAX_COPIED_ITEMS = 1 << 20;

  private final Map<String, Object> allowed = new HashMap<>();
  private final Map<String, Inert> unknown = new HashMap<>();
  private int copiedItems;

  /** The names for one file. */
  TorchGlobals() {
    addDicts();
    addStorages();
    addTensors();
    for (String name : INERT.split("\\s+")) {
      allow(name, new Inert(name, true));
    }
    // What they make is of the class that they are given first.
    for (String module : List.of("copyreg.", "copy_reg.")) {
      for (String name : List.of("_reconstructor", "__newobj__", "__newobj_ex__")) {
        Inert unnamed = new Inert(module + name, false);
        allow(
            module + name,
            arguments ->
                arguments.size() > 0 && arguments.get(0) instanceof Inert type ? type : unnamed);
      }
    }
  }

  @Override
  public Object find(String module, String name) throws WeightsFormatException {
    if (module.length() + name.length() > LONGEST_NAME) {
      throw new UnsupportedFileException(
          "the pickle refers to a name of %d characters, %d are allowed"
              .formatted(module.length() + name.length(), LONGEST_NAME));
    }
    String path = module + "." + name;
    Object value = allowed.get(path);
    return value == null ? unknown(path) : value;
  }

  private Inert unknown(String path) throws WeightsFormatException {
    Inert value = unknown.get(path);
    if (value == null) {
      if (unknown.size() == MOST_UNKNOWN) {
        throw new UnsupportedFileException(
            "the pickle refers to more than " + MOST_UNKNOWN + " classes and functions");
      }
      value = new Inert(path, false);
      unknown.put(path, value);
    }
    return value;
  }

  private void allow(String path, PyCallable callable) {
    allowed.put(path, callable);
  }

  private void addDicts() {
    allow("collections.OrderedDict", this::dict);
    allow("__builtin__.dict", this::dict);
    allow("builtins.dict", this::dict);
    // Its argument is what makes missing values; its items come after.
    allow("collections.defaultdict", arguments -> new PyDict());
  }

  private void addStorages() {
    Map<String, ElementType> names = new HashMap<>();
    for (ElementType type : ElementType.values()) {
      if (type.storageName() != null) {
        names.put(type.storageName(), type);
      }
      allowed.put("torch." + type.torchName(), type);
    }
    // Untyped storages count bytes. Names since PyTorch 1.10.
    for (String name : List.of("UntypedStorage", "_UntypedStorage", "TypedStorage")) {
      names.put(name, ElementType.UINT8);
    }
    names.put("_TypedStorage", ElementType.UINT8);
    names.forEach(
        (name, type) -> {
          for (String module : List.of("torch.", "torch.cuda.", "torch.storage.")) {
            allowed.put(module + name, new StorageType(type));
          }
        });
  }

  private void addTensors() {
    allow("torch._utils._rebuild_tensor", REBUILD_TENSOR);
    allow("torch._utils._rebuild_tensor_v2", REBUILD_TENSOR);
    allow("torch._utils._rebuild_tensor_v3", REBUILD_TENSOR_V3);
    allow("torch._utils._rebuild_parameter", REBUILD_PARAMETER);
    allow("torch._utils._rebuild_parameter_with_state", REBUILD_PARAMETER);
    allow("torch.nn.parameter.Parameter", REBUILD_PARAMETER);
    allow("torch.nn.parameter.Buffer", REBUILD_PARAMETER);
    allow("torch.autograd.variable.Variable", REBUILD_PARAMETER);
    for (String module : List.of("torch._tensor.", "torch.tensor.")) {
      allow(module + "_rebuild_from_type", TorchGlobals::rebuildFromType);
      allow(module + "_rebuild_from_type_v2", TorchGlobals::rebuildFromType);
    }
    allow("torch.Size", TorchGlobals::size);
    UNREAD.forEach((name, kind) -> allow(name, new UnreadTensor(kind)));
    for (String name : OTHER_DTYPES) {
      allowed.put(name, new Inert(name, true));
    }
  }

  /** A dict of nothing, of another dict, or of pairs (so Python 2 wrote an OrderedDict). */
  private Object dict(PyTuple arguments) throws WeightsFormatException {
    PyDict dict = new PyDict();
    if (arguments.size() == 0) {
      return dict;
    }
    if (arguments.get(0) instanceof Inert) {
      // Items that a function would have returned which is not executed.
      return arguments.get(0);
    }
    if (arguments.size() == 1 && arguments.get(0) instanceof PyDict other) {
      countCopied(other.size());
      dict.putAll(other);
      return dict;
    }
    if (arguments.size() == 1 && arguments.get(0) instanceof PyList pairs) {
      countCopied(pairs.items().size());
      for (Object pair : pairs.items()) {
        if (pair instanceof PyTuple tuple && tuple.size() == 2) {
          dict.put(tuple.get(0), tuple.get(1));
        } else if (pair instanceof PyList list && list.items().size() == 2) {
          dict.put(list.items().get(0), list.items().get(1));
        } else {
          throw new DamagedFileException(
              "a dict is made of pairs, found " + Unpickler.describe(pair));
        }
      }
      return dict;
    }
    throw new DamagedFileException(
        "a dict is made of pairs, found "
            + arguments.size()
            + " arguments, the first "
            + Unpickler.describe(arguments.get(0)));
  }

  private void countCopied(int items) throws WeightsFormatException {
    if (items > MAX_COPIED_ITEMS - copiedItems) {
      throw new UnsupportedFileException(
          "the pickle makes dicts of more than " + MAX_COPIED_ITEMS + " items in all");
    }
    copiedItems += items;
  }

  private static PyTuple size(PyTuple arguments) throws WeightsFormatException {
    if (arguments.size() == 1 && arguments.get(0) instanceof PyTuple extents) {
      return extents;
    }
    throw new DamagedFileException("a torch.Size of " + arguments.size() + " arguments");
  }

  private static Object rebuildTensor(PyTuple arguments) throws WeightsFormatException {
    return arguments.size() > 0 && arguments.get(0) instanceof Inert storage
        ? new UnreadTensor("a tensor whose numbers are ", storage)
        : TensorView.of(arguments);
  }

  /** With the type of the elements as the seventh argument, and a storage of bytes. */
  private static Object rebuildTensorV3(PyTuple arguments) throws WeightsFormatException {
    if (arguments.size() < 7) {
      throw new DamagedFileException("a tensor of " + arguments.size() + " arguments");
    }
    return switch (arguments.get(6)) {
      case ElementType type -> {
        Object tensor = rebuildTensor(arguments);
        yield tensor instanceof TensorView view ? view.as(type) : tensor;
      }
      case Inert other -> new UnreadTensor("a tensor of ", other);
      default ->
          throw new DamagedFileException(
              "a tensor's type is " + Unpickler.describe(arguments.get(6)));
    };
  }

  /** A parameter is its tensor; whether it wants a gradient, and its attributes, are dropped. */
  private static Object rebuildParameter(PyTuple arguments) throws WeightsFormatException {
    if (arguments.size() > 0
        && (arguments.get(0) instanceof TensorView || arguments.get(0) instanceof UnreadTensor)) {
      return arguments.get(0);
    }
    if (arguments.size() > 0 && arguments.get(0) instanceof Inert made) {
      return new UnreadTensor("a parameter made of ", made);
    }
    throw new DamagedFileException(
        "a parameter is made of "
            + (arguments.size() == 0 ? "nothing" : Unpickler.describe(arguments.get(0)))
            + ", expected a tensor");
  }

  /**
   * A tensor with attributes: {@code (function, type, its arguments, attributes)}. Of the functions
   * only those that make plain tensors are taken, so that calls do not nest.
   */
  private static Object rebuildFromType(PyTuple arguments) throws WeightsFormatException {
    if (arguments.size() == 4
        && arguments.get(0) instanceof PyCallable function
        && arguments.get(2) instanceof PyTuple inner) {
      if (function instanceof Inert unknown) {
        return new UnreadTensor("a tensor made by ", unknown);
      }
      if (function instanceof UnreadTensor unread) {
        return unread;
      }
      if (Set.of(REBUILD_TENSOR, REBUILD_TENSOR_V3, REBUILD_PARAMETER).contains(function)) {
        return function.call(inner);
      }
    }
    throw new DamagedFileException(
        "_rebuild_from_type is called with something else than a tensor's function and arguments");
  }
}
