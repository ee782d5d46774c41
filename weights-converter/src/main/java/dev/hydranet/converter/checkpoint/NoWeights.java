package dev.hydranet.converter.checkpoint;

import dev.hydranet.converter.pickle.Inert;
import dev.hydranet.converter.pickle.Printable;
import dev.hydranet.converter.pickle.PyDict;
import dev.hydranet.converter.pickle.Unpickler;
import dev.hydranet.engine.UnsupportedFileException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Says what a checkpoint holds instead of weights. */
final class NoWeights {
  private static final int SHOWN = 8;

  private static final String HINT =
      "; objects of such classes are not opened and nothing was executed (if one is a whole pickled"
          + " model, save its state_dict())";

  private NoWeights() {}

  /** The exception for an object in which no tensors were found. */
  static UnsupportedFileException of(Object root, CandidateSearch search) {
    return new UnsupportedFileException(
        switch (root) {
          case Inert whole ->
              "expected a dict of tensors, found an object of "
                  + Printable.quoted(whole.type())
                  + (whole.known() ? "" : HINT);
          case TensorView tensor -> "expected a dict of tensors, found a single tensor";
          case UnreadTensor tensor -> "expected a dict of tensors, found " + tensor.description();
          case PyDict dict ->
              "no weights: expected tensors by name at the top or under any key, found a dict of "
                  + dict.size()
                  + keys(dict)
                  + unknown(search.unknown());
          default ->
              "expected a dict of tensors, found "
                  + Unpickler.describe(root)
                  + unknown(search.unknown());
        });
  }

  private static String keys(PyDict dict) {
    String keys =
        Stream.concat(
                dict.named().keySet().stream().map(Printable::quoted),
                dict.others().stream().map(item -> Unpickler.describe(item.key())))
            .limit(SHOWN)
            .collect(Collectors.joining(", "));
    return keys.isEmpty() ? "" : " with keys " + keys;
  }

  private static String unknown(List<Candidate> objects) {
    if (objects.isEmpty()) {
      return "";
    }
    return objects.stream()
        .limit(SHOWN)
        .map(
            one ->
                Printable.quoted(one.path())
                    + " is an object of "
                    + Printable.quoted(((Inert) one.value()).type()))
        .collect(Collectors.joining(", ", "; ", HINT));
  }
}
