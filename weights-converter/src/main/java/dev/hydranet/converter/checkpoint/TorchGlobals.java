package dev.hydranet.converter.checkpoint;

import dev.hydranet.converter.pickle.Globals;
import dev.hydranet.converter.pickle.Inert;
import dev.hydranet.converter.pickle.Printable;
import dev.hydranet.converter.pickle.PyCallable;
import dev.hydranet.converter.pickle.PyDict;
import dev.hydranet.converter.pickle.PyList;
import dev.hydranet.converter.pickle.PyTuple;
import dev.hydranet.converter.pickle.Unpickler;
import dev.hydranet.engine.weights.WeightsFormatException;
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

  private static final Map<String, Object> ALLOWED = allowed();

  @Override
  public Object find(String module, String name) throws WeightsFormatException {
    String path = module + "." + name;
    Object value = ALLOWED.get(path);
    if (value == null) {
      throw new WeightsFormatException(
          "the pickle refers to "
              + Printable.quoted(path)
              + ", which is not on the list of what a state_dict needs;"
              + " nothing was executed (if this is a whole pickled model, save its state_dict())");
    }
    return value;
  }

  private static Map<String, Object> allowed() {
    Map<String, Object> map = new HashMap<>();
    addDicts(map);
    addStorages(map);
    addTensors(map);
    addInert(map, "", List.of("argparse.Namespace", "types.SimpleNamespace", "_codecs.encode"));
    addInert(map, "copy_reg.", List.of("_reconstructor"));
    addInert(map, "copyreg.", List.of("_reconstructor"));
    addInert(map, "collections.", List.of("Counter", "deque"));
    addInert(map, "datetime.", List.of("date", "datetime", "time", "timedelta", "timezone"));
    for (String module : List.of("pathlib.", "pathlib._local.")) {
      addInert(
          map,
          module,
          List.of("Path", "PosixPath", "WindowsPath", "PurePosixPath", "PureWindowsPath"));
    }
    // Python 2's module, which protocols 0 to 2 name for Python 3 too, and Python 3's.
    for (String module : List.of("__builtin__.", "builtins.")) {
      addInert(map, module, List.of("bool", "bytearray", "bytes", "complex", "float", "frozenset"));
      addInert(map, module, List.of("int", "list", "long", "object", "range", "set", "slice"));
      addInert(map, module, List.of("str", "tuple", "unicode", "xrange"));
    }
    addNumPy(map);
    return Map.copyOf(map);
  }

  private static void addDicts(Map<String, Object> map) {
    map.put("collections.OrderedDict", (PyCallable) TorchGlobals::dict);
    map.put("__builtin__.dict", (PyCallable) TorchGlobals::dict);
    map.put("builtins.dict", (PyCallable) TorchGlobals::dict);
    // Its argument is what makes missing values; its items come after.
    map.put("collections.defaultdict", (PyCallable) arguments -> new PyDict());
  }

  private static void addStorages(Map<String, Object> map) {
    Map<String, ElementType> names = new HashMap<>();
    for (ElementType type : ElementType.values()) {
      names.put(type.storageName(), type);
      map.put("torch." + type.torchName(), type);
    }
    // Storages without a type of their own count bytes. Names since PyTorch 1.10.
    for (String name : List.of("UntypedStorage", "_UntypedStorage", "TypedStorage")) {
      names.put(name, ElementType.UINT8);
    }
    names.put("_TypedStorage", ElementType.UINT8);
    names.forEach(
        (name, type) -> {
          for (String module : List.of("torch.", "torch.cuda.", "torch.storage.")) {
            map.put(module + name, new StorageType(type));
          }
        });
  }

  private static void addTensors(Map<String, Object> map) {
    map.put("torch._utils._rebuild_tensor", REBUILD_TENSOR);
    map.put("torch._utils._rebuild_tensor_v2", REBUILD_TENSOR);
    map.put("torch._utils._rebuild_tensor_v3", REBUILD_TENSOR_V3);
    map.put("torch._utils._rebuild_parameter", REBUILD_PARAMETER);
    map.put("torch._utils._rebuild_parameter_with_state", REBUILD_PARAMETER);
    map.put("torch.nn.parameter.Parameter", REBUILD_PARAMETER);
    map.put("torch.nn.parameter.Buffer", REBUILD_PARAMETER);
    map.put("torch.autograd.variable.Variable", REBUILD_PARAMETER);
    for (String module : List.of("torch._tensor.", "torch.tensor.")) {
      map.put(module + "_rebuild_from_type", (PyCallable) TorchGlobals::rebuildFromType);
      map.put(module + "_rebuild_from_type_v2", (PyCallable) TorchGlobals::rebuildFromType);
    }
    map.put("torch.Size", (PyCallable) TorchGlobals::size);
    addInert(map, "torch.", List.of("Tensor", "device", "serialization._get_layout"));
    addInert(map, "torch.", List.of("per_tensor_affine", "per_channel_affine"));
    for (String name : List.of("qtensor", "sparse_tensor", "sparse_csr_tensor")) {
      addUnread(map, name);
    }
    for (String name : List.of("meta_tensor_no_storage", "device_tensor_from_numpy")) {
      addUnread(map, name);
    }
    for (String name : List.of("complex32", "uint16", "uint32", "uint64")) {
      map.put("torch." + name, new Inert("torch." + name));
    }
    for (String name : List.of("e4m3fn", "e5m2", "e4m3fnuz", "e5m2fnuz", "e8m0fnu")) {
      map.put("torch.float8_" + name, new Inert("torch.float8_" + name));
    }
  }

  private static void addUnread(Map<String, Object> map, String name) {
    String path = "torch._utils._rebuild_" + name;
    map.put(path, (PyCallable) arguments -> new UnreadTensor("a tensor made by " + path));
  }

  private static void addNumPy(Map<String, Object> map) {
    // NumPy 2 moved its core.
    for (String module : List.of("numpy.core.", "numpy._core.")) {
      addInert(map, module, List.of("multiarray._reconstruct", "multiarray.scalar"));
      addInert(map, module, List.of("numeric._frombuffer"));
    }
    addInert(map, "numpy.", List.of("ndarray", "dtype", "bool_", "float16", "float32", "float64"));
    addInert(map, "numpy.", List.of("int8", "int16", "int32", "int64"));
    addInert(map, "numpy.", List.of("uint8", "uint16", "uint32", "uint64"));
  }

  private static void addInert(Map<String, Object> map, String module, List<String> names) {
    for (String name : names) {
      String path = module + name;
      map.put(path, (PyCallable) arguments -> new Inert(path));
    }
  }

  /** A dict of nothing, of another dict, or of pairs (so Python 2 wrote an OrderedDict). */
  private static PyDict dict(PyTuple arguments) throws WeightsFormatException {
    PyDict dict = new PyDict();
    if (arguments.size() == 0) {
      return dict;
    }
    if (arguments.size() == 1 && arguments.get(0) instanceof PyDict other) {
      other.items().forEach(dict::put);
      return dict;
    }
    if (arguments.size() == 1 && arguments.get(0) instanceof PyList pairs) {
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
