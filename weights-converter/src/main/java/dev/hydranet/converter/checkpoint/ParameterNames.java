package dev.hydranet.converter.checkpoint;

import dev.hydranet.converter.pickle.Printable;
import dev.hydranet.engine.UnsupportedFileException;
import dev.hydranet.engine.WeightsFormatException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The names of a network's tensors without what wrappers around the network add to them. */
final class ParameterNames {
  /** Of {@code DataParallel} and {@code DistributedDataParallel}, and of {@code torch.compile}. */
  private static final List<String> PREFIXES = List.of("module.", "_orig_mod.");

  private ParameterNames() {}

  /**
   * The same values under the bare names, in the same order.
   *
   * @throws WeightsFormatException if two names become one
   */
  static <T> Map<String, T> unwrapped(Map<String, T> values) throws WeightsFormatException {
    Map<String, T> result = new LinkedHashMap<>();
    for (Map.Entry<String, T> entry : values.entrySet()) {
      String name = bare(entry.getKey());
      if (result.put(name, entry.getValue()) != null) {
        throw new UnsupportedFileException(
            "two tensors are "
                + Printable.quoted(name)
                + " when the prefixes "
                + String.join(" and ", PREFIXES)
                + " are left out");
      }
    }
    return result;
  }

  private static String bare(String name) {
    int start = 0;
    int before;
    do {
      before = start;
      for (String prefix : PREFIXES) {
        start += name.startsWith(prefix, start) ? prefix.length() : 0;
      }
    } while (start > before);
    return name.substring(start);
  }
}
