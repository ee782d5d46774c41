package dev.hydranet.converter.checkpoint;

import dev.hydranet.converter.pickle.Inert;
import dev.hydranet.converter.pickle.Printable;
import dev.hydranet.converter.pickle.PyDict;
import dev.hydranet.converter.pickle.PyList;
import dev.hydranet.converter.pickle.PyTuple;
import dev.hydranet.converter.pickle.Unpickler;
import dev.hydranet.engine.UnsupportedFileException;
import dev.hydranet.engine.WeightsFormatException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds the weights among what a training script saved. */
final class StateDictFinder {
  /** Where scripts keep them, in the order in which they are preferred. */
  private static final List<String> USUAL_KEYS =
      List.of(
          "state_dict", "model_state_dict", "model_state", "model", "network", "net", "weights");

  /** Parts of the keys of what a training keeps for itself, tensors among it. */
  private static final List<String> TRAINING_KEYS =
      List.of("optim", "sched", "scaler", "callback", "loops", "hparams", "hyper_param", "rng");

  /** Deeper than scripts nest what they save. */
  private static final int MAX_DEPTH = 8;

  /** Far more dicts and lists than a checkpoint has outside of an optimizer's state. */
  private static final int MOST_CONTAINERS = 1 << 16;

  private static final int SHOWN = 8;

  private static final String HINT =
      "; objects of such classes are not opened and nothing was executed (if one is a whole pickled"
          + " model, save its state_dict())";

  private final Object root;

  private StateDictFinder(Object root) {
    this.root = root;
  }

  /**
   * What was found.
   *
   * @param weights the chosen dict
   * @param others those that it was preferred to
   */
  record Found(Candidate weights, List<Candidate> others) {
    /** What to tell of it; nothing if it is where everybody keeps weights. */
    List<String> notes() {
      String path = weights.path();
      if (!others.isEmpty()) {
        return List.of(
            "weights under %s, not %s (--key chooses)"
                .formatted(Printable.quoted(path), list(others)));
      }
      return path.isEmpty() || path.equals(USUAL_KEYS.getFirst())
          ? List.of()
          : List.of("weights under " + Printable.quoted(path));
    }
  }

  /**
   * The dict of tensors: the chosen one, or the only one, or the one under a usual key.
   *
   * @throws WeightsFormatException if there is none or several; the message says what there is
   */
  static Found find(Object root, StateDictChoice choice) throws WeightsFormatException {
    return new StateDictFinder(root).find(choice);
  }

  private Found find(StateDictChoice choice) throws WeightsFormatException {
    if (choice.key().isPresent()) {
      return new Found(named(choice.key().get()), List.of());
    }
    List<Candidate> candidates =
        only(only(candidates(), Candidate::hasNumbers), Candidate::hasLayers);
    if (candidates.isEmpty()) {
      throw new UnsupportedFileException(nothing());
    }
    List<Candidate> wanted = only(candidates, one -> choice.wanted().test(one.names()));
    Candidate best = wanted.size() == 1 ? wanted.getFirst() : preferred(wanted);
    return new Found(best, candidates.stream().filter(one -> one != best).toList());
  }

  /** Those that something is true of; all if it is true of none. */
  private static List<Candidate> only(List<Candidate> all, Predicate<Candidate> condition) {
    List<Candidate> some = all.stream().filter(condition).toList();
    return some.isEmpty() ? all : some;
  }

  /** Under the first of the usual keys, else at the top unless another dict is larger. */
  private Candidate preferred(List<Candidate> candidates) throws WeightsFormatException {
    Optional<Candidate> usual = candidates.stream().filter(this::isUsual).min(this::compare);
    if (usual.isPresent()) {
      return usual.get();
    }
    Candidate first = candidates.getFirst();
    int largest = candidates.stream().mapToInt(Candidate::tensors).max().orElseThrow();
    if (first.depth() == 0 && first.tensors() == largest) {
      return first;
    }
    throw new UnsupportedFileException(
        "several dicts of tensors: " + list(candidates) + "; choose one by its key (--key)");
  }

  private boolean isUsual(Candidate candidate) {
    return candidate.depth() == 0
        ? false
        : USUAL_KEYS.contains(candidate.key())
            && (candidate.depth() == 1 || isUsual(candidate.parent()));
  }

  /** By the keys from the outermost on, the deeper first. */
  private int compare(Candidate one, Candidate other) {
    List<Integer> a = ranks(one);
    List<Integer> b = ranks(other);
    for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
      if (!a.get(i).equals(b.get(i))) {
        return a.get(i) - b.get(i);
      }
    }
    return b.size() - a.size();
  }

  private static List<Integer> ranks(Candidate candidate) {
    List<Integer> ranks = new ArrayList<>();
    for (Candidate c = candidate; c.depth() > 0; c = c.parent()) {
      ranks.addFirst(USUAL_KEYS.indexOf(c.key()));
    }
    return ranks;
  }

  /** All that hold tensors, the shallowest first, without what a training keeps for itself. */
  private List<Candidate> candidates() {
    List<Candidate> found = new ArrayList<>();
    Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    Deque<Candidate> queue = new ArrayDeque<>();
    queue.add(new Candidate(null, "", root, 0));
    while (!queue.isEmpty() && seen.size() < MOST_CONTAINERS) {
      Candidate next = queue.remove();
      if (!seen.add(next.value())) {
        continue;
      }
      if (next.value() instanceof PyDict dict
          && dict.named().values().stream().anyMatch(Candidate::isTensor)) {
        found.add(next);
      }
      if (next.depth() < MAX_DEPTH) {
        children(next)
            .filter(child -> !isOfTraining(child.key()))
            .limit(MOST_CONTAINERS - queue.size())
            .forEach(queue::add);
      }
    }
    return found;
  }

  private static Stream<Candidate> children(Candidate parent) {
    int depth = parent.depth() + 1;
    return switch (parent.value()) {
      case PyDict dict ->
          dict.named().entrySet().stream()
              .filter(item -> isContainer(item.getValue()))
              .map(item -> new Candidate(parent, item.getKey(), item.getValue(), depth));
      case PyList list -> children(parent, list.items(), depth);
      case PyTuple tuple -> children(parent, tuple.items(), depth);
      default -> Stream.empty();
    };
  }

  private static Stream<Candidate> children(Candidate parent, List<Object> items, int depth) {
    return Stream.iterate(0, i -> i < items.size(), i -> i + 1)
        .filter(i -> isContainer(items.get(i)))
        .map(i -> new Candidate(parent, String.valueOf(i), items.get(i), depth));
  }

  private static boolean isContainer(Object value) {
    return value instanceof PyDict || value instanceof PyList || value instanceof PyTuple;
  }

  private static boolean isOfTraining(String key) {
    if (key.length() > 100) {
      return false;
    }
    String lower = key.toLowerCase(Locale.ROOT);
    return TRAINING_KEYS.stream().anyMatch(lower::contains);
  }

  /** The dict under a key, or under several with dots between them. */
  private Candidate named(String key) throws WeightsFormatException {
    Candidate found = named(new Candidate(null, "", root, 0), key);
    if (found == null || !(found.value() instanceof PyDict) || found.tensors() == 0) {
      List<Candidate> candidates = candidates();
      throw new UnsupportedFileException(
          "no dict of tensors under the key "
              + Printable.quoted(key)
              + (candidates.isEmpty() ? "; " + nothing() : "; found " + list(candidates)));
    }
    return found;
  }

  private static Candidate named(Candidate at, String rest) {
    if (rest.isEmpty()) {
      return at;
    }
    if (at.depth() == MAX_DEPTH) {
      return null;
    }
    // Keys may have dots in them: whichever child leads to the end.
    return children(at)
        .filter(child -> rest.equals(child.key()) || rest.startsWith(child.key() + "."))
        .map(
            child ->
                named(child, rest.substring(Math.min(rest.length(), child.key().length() + 1))))
        .filter(found -> found != null)
        .findFirst()
        .orElse(null);
  }

  /** Candidates for a message. */
  static String list(List<Candidate> candidates) {
    String first =
        candidates.stream()
            .limit(SHOWN)
            .map(
                one ->
                    Printable.quoted(one.path())
                        + (one.depth() == 0 ? " (the top, " : " (")
                        + one.tensors()
                        + " tensors)")
            .collect(Collectors.joining(", "));
    int more = candidates.size() - SHOWN;
    return more <= 0 ? first : first + " and " + more + " more";
  }

  /** What there is instead of weights. */
  private String nothing() {
    return switch (root) {
      case Inert whole -> nothing(whole);
      case TensorView tensor -> "expected a dict of tensors, found a single tensor";
      case UnreadTensor tensor -> "expected a dict of tensors, found " + tensor.description();
      case PyDict dict -> nothing(dict);
      default -> "expected a dict of tensors, found " + Unpickler.describe(root);
    };
  }

  private static String nothing(Inert whole) {
    String type = Printable.quoted(whole.type());
    if (whole.type().startsWith("__torch__.")) {
      return "expected a dict of tensors, found a TorchScript program of "
          + type
          + ": save the module's state_dict() with torch.save";
    }
    return "expected a dict of tensors, found an object of " + type + (whole.known() ? "" : HINT);
  }

  private static String nothing(PyDict dict) {
    String keys =
        Stream.concat(
                dict.named().entrySet().stream().map(StateDictFinder::item),
                dict.others().stream().map(item -> Unpickler.describe(item.key())))
            .limit(SHOWN)
            .collect(Collectors.joining(", "));
    boolean unknown =
        dict.named().values().stream().anyMatch(v -> v instanceof Inert one && !one.known());
    return "no weights: expected tensors by name at the top or under any key, found a dict of "
        + dict.size()
        + (keys.isEmpty() ? "" : " with keys " + keys)
        + (unknown ? HINT : "");
  }

  private static String item(Map.Entry<String, Object> item) {
    String key = Printable.quoted(item.getKey());
    return item.getValue() instanceof Inert one && !one.known()
        ? key + " (an object of " + Printable.quoted(one.type()) + ")"
        : key;
  }
}
