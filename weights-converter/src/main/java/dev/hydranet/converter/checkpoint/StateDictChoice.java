package dev.hydranet.converter.checkpoint;

import java.util.Collection;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Which of several dicts of tensors in a checkpoint are the weights. Immutable.
 *
 * @param key where it is, as messages name it: the keys that lead to it, with dots between them;
 *     none to look for it
 * @param wanted whether a dict of these names is what is looked for; where that is true of one dict
 *     alone, it is taken whatever its key
 */
public record StateDictChoice(Optional<String> key, Predicate<Collection<String>> wanted) {
  /** The dict that looks most like the weights, of whatever network. */
  public static final StateDictChoice ANY = new StateDictChoice(Optional.empty(), names -> false);

  /** Neither may be null. */
  public StateDictChoice {
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(wanted, "wanted");
  }

  /**
   * {@return the dict of a key}
   *
   * @param key the keys that lead to it, with dots between them
   */
  public static StateDictChoice of(String key) {
    return new StateDictChoice(Optional.of(key), names -> false);
  }
}
