package dev.hydranet.converter.checkpoint;

import dev.hydranet.converter.pickle.Printable;
import dev.hydranet.engine.UnsupportedFileException;
import dev.hydranet.engine.WeightsFormatException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Finds the weights among what a training script saved. */
final class StateDictFinder {
  /** Where scripts keep them, in the order in which they are preferred. */
  private static final List<String> USUAL_KEYS =
      List.of(
          "state_dict", "model_state_dict", "model_state", "model", "network", "net", "weights");

  /** How much smaller than the largest dict another one is that cannot be the weights. */
  private static final int SMALL = 10;

  private StateDictFinder() {}

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
                .formatted(Printable.quoted(path), Candidate.list(others)));
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
    CandidateSearch search = new CandidateSearch(root);
    if (choice.key().isPresent()) {
      return new Found(named(choice.key().get(), root, search), List.of());
    }
    List<Candidate> candidates =
        only(only(search.dicts(), Candidate::hasNumbers), Candidate::hasLayers);
    if (candidates.isEmpty()) {
      throw NoWeights.of(root, search);
    }
    List<Candidate> wanted = only(candidates, one -> choice.wanted().test(one.names()));
    int largest = wanted.stream().mapToInt(Candidate::tensors).max().orElseThrow();
    wanted = only(wanted, one -> one.tensors() > largest / SMALL);
    Candidate best = wanted.size() == 1 ? wanted.getFirst() : preferred(wanted, largest);
    return new Found(best, candidates.stream().filter(one -> one != best).toList());
  }

  private static Candidate named(String key, Object root, CandidateSearch search)
      throws WeightsFormatException {
    Optional<Candidate> found = search.named(key);
    if (found.isPresent()) {
      return found.get();
    }
    if (search.dicts().isEmpty()) {
      throw NoWeights.of(root, search);
    }
    throw new UnsupportedFileException(
        "no dict of tensors under the key "
            + Printable.quoted(key)
            + "; found "
            + Candidate.list(search.dicts()));
  }

  /** Those that something is true of; all if it is true of none. */
  private static List<Candidate> only(List<Candidate> all, Predicate<Candidate> condition) {
    List<Candidate> some = all.stream().filter(condition).toList();
    return some.isEmpty() ? all : some;
  }

  /** Under the first of the usual keys, else at the top unless another dict is larger. */
  private static Candidate preferred(List<Candidate> candidates, int largest)
      throws WeightsFormatException {
    Optional<Candidate> usual =
        candidates.stream().filter(StateDictFinder::isUsual).min(StateDictFinder::compare);
    if (usual.isPresent()) {
      return usual.get();
    }
    Candidate first = candidates.getFirst();
    if (first.depth() == 0 && first.tensors() == largest) {
      return first;
    }
    throw new UnsupportedFileException(
        "several dicts of tensors: "
            + Candidate.list(candidates)
            + "; choose one by its key (--key)");
  }

  private static boolean isUsual(Candidate candidate) {
    return candidate.depth() > 0 && !ranks(candidate).contains(-1);
  }

  /** By the keys from the outermost on, the deeper first. */
  private static int compare(Candidate one, Candidate other) {
    List<Integer> a = ranks(one);
    List<Integer> b = ranks(other);
    for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
      if (!a.get(i).equals(b.get(i))) {
        return a.get(i) - b.get(i);
      }
    }
    return b.size() - a.size();
  }

  /** The places of its keys among the usual ones, the outermost first; -1 for another key. */
  private static List<Integer> ranks(Candidate candidate) {
    List<Integer> ranks = new ArrayList<>();
    for (Candidate c = candidate; c.depth() > 0; c = c.parent()) {
      ranks.addFirst(USUAL_KEYS.indexOf(c.key()));
    }
    return ranks;
  }
}
