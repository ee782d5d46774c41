package dev.hydranet.converter;

import dev.hydranet.network.HydraNetwork;
import dev.hydranet.network.MobileNetV2;
import dev.hydranet.network.Variant;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The networks that are recognised by the names of their tensors. */
final class KnownNetwork {
  /** Each network has the first of its names, as far as a prefix can tell. */
  private static final List<String> FIRST_NAMES =
      List.of("layer1.0.weight", "conv8.weight", "features.0.0.weight");

  private KnownNetwork() {}

  /** What {@code --variant} may be, for a message. */
  static String names() {
    return Stream.concat(
            Arrays.stream(Variant.values()).map(Variant::id), Stream.of(Conversion.MOBILENET_V2))
        .collect(Collectors.joining(", "));
  }

  /** Whether names are those of a network, perhaps behind a prefix. */
  static boolean recognises(Collection<String> names) {
    return prefix(names).isPresent();
  }

  /**
   * What stands before the names of a network because it is part of a larger module: empty if
   * nothing does; none if the names are of no network that is known, or of several.
   */
  static Optional<String> prefix(Collection<String> names) {
    Set<String> all = new HashSet<>(names);
    if (isNetwork(all, "")) {
      return Optional.of("");
    }
    Set<String> prefixes = new LinkedHashSet<>();
    for (String name : names) {
      for (String first : FIRST_NAMES) {
        if (name.endsWith("." + first)) {
          prefixes.add(name.substring(0, name.length() - first.length()));
        }
      }
    }
    List<String> found = prefixes.stream().filter(prefix -> isNetwork(all, prefix)).toList();
    return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
  }

  private static boolean isNetwork(Set<String> names, String prefix) {
    return HydraNetwork.recognises(name -> names.contains(prefix + name))
        || MobileNetV2.recognises(name -> names.contains(prefix + name));
  }
}
