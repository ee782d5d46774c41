package dev.hydranet.converter.checkpoint;

import dev.hydranet.converter.pickle.Inert;
import dev.hydranet.converter.pickle.PyDict;
import dev.hydranet.converter.pickle.PyList;
import dev.hydranet.converter.pickle.PyTuple;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Looks for dicts of tensors in dicts, lists and tuples, the shallowest first. */
final class CandidateSearch {
  /** Parts of the keys of what a training keeps for itself, tensors among it. */
  private static final List<String> TRAINING_KEYS =
      List.of("optim", "sched", "scaler", "callback", "loops", "hparams", "hyper_param", "rng");

  /** Longer than any such key. */
  private static final int LONGEST_KEY = 100;

  /** Deeper than scripts nest what they save. */
  private static final int MAX_DEPTH = 8;

  /** Far more than a checkpoint has outside of an optimizer's state. */
  private static final int MOST_VALUES = 1 << 16;

  private final List<Candidate> dicts = new ArrayList<>();
  private final List<Candidate> unknown = new ArrayList<>();
  private final Candidate root;

  /** Searches a pickled object, without what a training keeps for itself. */
  CandidateSearch(Object pickled) {
    root = new Candidate(null, "", pickled, 0);
    Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    Deque<Candidate> queue = new ArrayDeque<>(List.of(root));
    while (!queue.isEmpty() && seen.size() < MOST_VALUES) {
      Candidate next = queue.remove();
      if (!seen.add(next.value())) {
        continue;
      }
      if (next.value() instanceof Inert) {
        unknown.add(next);
      } else if (next.value() instanceof PyDict && next.hasTensors()) {
        dicts.add(next);
      }
      if (next.depth() < MAX_DEPTH) {
        children(next)
            .filter(child -> !isOfTraining(child.key()))
            .limit(MOST_VALUES - queue.size())
            .forEach(queue::add);
      }
    }
  }

  /** The dicts that hold tensors. */
  List<Candidate> dicts() {
    return dicts;
  }

  /** The objects of unknown classes. */
  List<Candidate> unknown() {
    return unknown;
  }

  /** The dict of tensors under a key, or under several with dots between them, wherever it is. */
  Optional<Candidate> named(String key) {
    return named(root, key)
        .filter(found -> found.value() instanceof PyDict && found.hasTensors())
        .findFirst();
  }

  private static Stream<Candidate> named(Candidate at, String rest) {
    if (rest.isEmpty()) {
      return Stream.of(at);
    }
    if (at.depth() == MAX_DEPTH) {
      return Stream.empty();
    }
    // Keys may have dots in them: whichever child leads to the end.
    return children(at)
        .flatMap(
            child -> {
              String key = child.key();
              if (rest.equals(key)) {
                return Stream.of(child);
              }
              return rest.startsWith(key + ".")
                  ? named(child, rest.substring(key.length() + 1))
                  : Stream.empty();
            });
  }

  private static Stream<Candidate> children(Candidate parent) {
    int depth = parent.depth() + 1;
    return switch (parent.value()) {
      case PyDict dict ->
          dict.named().entrySet().stream()
              .filter(item -> isOfInterest(item.getValue()))
              .map(item -> new Candidate(parent, item.getKey(), item.getValue(), depth));
      case PyList list -> children(parent, list.items(), depth);
      case PyTuple tuple -> children(parent, tuple.items(), depth);
      default -> Stream.empty();
    };
  }

  private static Stream<Candidate> children(Candidate parent, List<Object> items, int depth) {
    return Stream.iterate(0, i -> i < items.size(), i -> i + 1)
        .filter(i -> isOfInterest(items.get(i)))
        .map(i -> new Candidate(parent, String.valueOf(i), items.get(i), depth));
  }

  private static boolean isOfInterest(Object value) {
    return value instanceof PyDict
        || value instanceof PyList
        || value instanceof PyTuple
        || value instanceof Inert inert && !inert.known();
  }

  private static boolean isOfTraining(String key) {
    if (key.length() > LONGEST_KEY) {
      return false;
    }
    String lower = key.toLowerCase(Locale.ROOT);
    return TRAINING_KEYS.stream().anyMatch(lower::contains);
  }
}
