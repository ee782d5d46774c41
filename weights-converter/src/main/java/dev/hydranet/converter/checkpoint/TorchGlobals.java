package dev.hydranet.converter.checkpoint;

import dev.hydranet.converter.pickle.Globals;
import dev.hydranet.converter.pickle.Inert;
import dev.hydranet.converter.pickle.Printable;
import dev.hydranet.converter.pickle.PyCallable;
import dev.hydranet.converter.pickle.PyDict;
import dev.hydranet.converter.pickle.PyList;
import dev.hydranet.converter.pickle.PyTuple;
import dev.hydranet.converter.pickle.Unpickler;
import dev.hydranet.engine.WeightsFormatException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Everything that a checkpoint's pickle may name: what rebuilds tensors, dicts, and the types of
 * data that training scripts leave beside the weights. Whatever is not here is refused by name, so
 * that nothing a file says is ever looked up in, or run by, anything.
 */
final class TorchGlobals implements Globals {
  private static final PyCallable REBUILD_TENSOR = TensorView::of;
  private static final PyCallable REBUILD_TENSOR_V3 = TorchGlobals::rebuildTensorV3;
  private static final PyCallable REBUILD_PARAMETER = TorchGlobals::rebuildParameter;

  /**
   * Types and functions of data that is passed over. {@code __builtin__} and {@code copy_reg} are
   * Python 2's modules, which protocols 0 to 2 name for Python 3 too; {@code numpy._core} is NumPy
   * 2's, {@code pathlib._local} Python 3.13's.
   */
  private static final String INERT =
      """
      argparse.Namespace types.SimpleNamespace _codecs.encode
      copy_reg._reconstructor copyreg._reconstructor
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

  /** What rebuilds tensors of kinds that weights do not have. */
  private static final String UNREAD =
      """
      torch._utils._rebuild_qtensor
      torch._utils._rebuild_sparse_tensor torch._utils._rebuild_sparse_csr_tensor
      torch._utils._rebuild_meta_tensor_no_storage torch._utils._rebuild_device_tensor_from_numpy""";

  /** Types of elements that weights do not have and no {@link ElementType} stands for. */
  private static final String OTHER_DTYPES =
      """
      torch.complex32 torch.uint16 torch.uint32 torch.uint64
      torch.float8_e4m3fn torch.float8_e4m3fnuz torch.float8_e5m2 torch.float8_e5m2fnuz
      torch.float8_e8m0fnu""";

  /** Few bytes copy a large dict again and again; no checkpoint has as many items in dicts. */
  private static final int MAX_COPIED_ITEMS = 1 << 20;

  private final Map<String, Object> allowed = new HashMap<>();
  private int copiedItems;

  /** The names for one file. */
  TorchGlobals() {
    addDicts();
    addStorages();
    addTensors();
    for (String name : INERT.split("\\s+")) {
      allow(name, arguments -> new Inert(name));
    }
  }

  @Override
  public Object find(String module, String name) throws WeightsFormatException {
    String path = module + "." + name;
    Object value = allowed.get(path);
    if (value == null) {
      throw new WeightsFormatException(
          "the pickle refers to "
              + Printable.quoted(path)
              + ", which is not on the list of what a state_dict needs;"
              + " nothing was executed (if this is a whole pickled model, save its state_dict())");
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
      names.put(type.storageName(), type);
      allowed.put("torch." + type.torchName(), type);
    }
    // Storages without a type of their own count bytes. Names since PyTorch 1.10.
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
    for (String name : UNREAD.split("\\s+")) {
      allow(name, arguments -> new UnreadTensor("a tensor made by " + name));
    }
    for (String name : OTHER_DTYPES.split("\\s+")) {
      allowed.put(name, new Inert(name));
    }
  }

  /** A dict of nothing, of another dict, or of pairs (so Python 2 wrote an OrderedDict). */
  private PyDict dict(PyTuple arguments) throws WeightsFormatException {
    PyDict dict = new PyDict();
    if (arguments.size() == 0) {
      return dict;
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
          throw new WeightsFormatException(
              "a dict is made of pairs, found " + Unpickler.describe(pair));
        }
      }
      return dict;
    }
    throw new WeightsFormatException(
        "a dict is made of pairs, found "
            + arguments.size()
            + " arguments, the first "
            + Unpickler.describe(arguments.get(0)));
  }

  private void countCopied(int items) throws WeightsFormatException {
    if (items > MAX_COPIED_ITEMS - copiedItems) {
      throw new WeightsFormatException(
          "the pickle makes dicts of more than " + MAX_COPIED_ITEMS + " items in all");
    }
    copiedItems += items;
  }

  private static PyTuple size(PyTuple arguments) throws WeightsFormatException {
    if (arguments.size() == 1 && arguments.get(0) instanceof PyTuple extents) {
      return extents;
    }
    throw new WeightsFormatException("a torch.Size of " + arguments.size() + " arguments");
  }

  /** With the type of the elements as the seventh argument, and a storage of bytes. */
  private static Object rebuildTensorV3(PyTuple arguments) throws WeightsFormatException {
    if (arguments.size() < 7) {
      throw new WeightsFormatException("a tensor of " + arguments.size() + " arguments");
    }
    return switch (arguments.get(6)) {
      case ElementType type -> TensorView.of(arguments).as(type);
      case Inert other -> new UnreadTensor("a tensor of " + other.type());
      default ->
          throw new WeightsFormatException(
              "a tensor's type is " + Unpickler.describe(arguments.get(6)));
    };
  }

  /** A parameter is its tensor; whether it wants a gradient, and its attributes, are dropped. */
  private static Object rebuildParameter(PyTuple arguments) throws WeightsFormatException {
    if (arguments.size() > 0
        && (arguments.get(0) instanceof TensorView || arguments.get(0) instanceof UnreadTensor)) {
      return arguments.get(0);
    }
    throw new WeightsFormatException(
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
        && Set.of(REBUILD_TENSOR, REBUILD_TENSOR_V3, REBUILD_PARAMETER).contains(function)
        && arguments.get(2) instanceof PyTuple inner) {
      return function.call(inner);
    }
    throw new WeightsFormatException(
        "_rebuild_from_type is called with something else than a tensor's function and arguments");
  }
}
