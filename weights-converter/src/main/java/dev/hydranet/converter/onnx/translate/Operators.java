package dev.hydranet.converter.onnx.translate;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The ONNX operators that are supported, by family. */
final class Operators {
  /** An operator's translator, and what of the operator is not supported. */
  record Entry(Translator translator, String limits) {}

  private static final Map<String, Entry> ALL = new TreeMap<>();

  /** Operators that are not supported on purpose, by reason. */
  private static final Map<String, Set<String>> REASONS =
      Map.of(
          "control flow",
          Set.of("If", "Loop", "Scan", "SequenceMap"),
          "a recurrent layer",
          Set.of("LSTM", "GRU", "RNN"),
          "a quantised model",
          Set.of(
              "QuantizeLinear",
              "DequantizeLinear",
              "DynamicQuantizeLinear",
              "QLinearConv",
              "QLinearMatMul",
              "ConvInteger",
              "MatMulInteger"),
          "training",
          Set.of("NegativeLogLikelihoodLoss", "SoftmaxCrossEntropyLoss", "Bernoulli"),
          "whose output's shape depends on the data",
          Set.of("NonZero", "NonMaxSuppression", "Unique", "Compress"));

  static {
    Constants.register(Operators::add);
    Convolutions.register(Operators::add);
    Pools.register(Operators::add);
    Functions.register(Operators::add);
    Arithmetic.register(Operators::add);
    Matrices.register(Operators::add);
    Normalizations.register(Operators::add);
    Reductions.register(Operators::add);
    Reshaping.register(Operators::add);
    Pieces.register(Operators::add);
    Resizing.register(Operators::add);
    Selections.register(Operators::add);
    Compositions.register(Operators::add);
  }

  private Operators() {}

  /** Where a family puts its operators. */
  interface Registry {
    /** Adds an operator; {@code limits} is empty, or says what is not supported. */
    void add(String operator, String limits, Translator translator);
  }

  /** Why an operator is not supported, in parentheses; empty if there is no special reason. */
  static String reason(String operator) {
    return REASONS.entrySet().stream()
        .filter(entry -> entry.getValue().contains(operator))
        .map(entry -> ", " + entry.getKey())
        .findFirst()
        .orElse("");
  }

  private static void add(String operator, String limits, Translator translator) {
    ALL.put(operator, new Entry(translator, limits));
  }

  static Optional<Translator> find(String operator) {
    return Optional.ofNullable(ALL.get(operator)).map(Entry::translator);
  }

  /** The supported operators by name, and what is not supported of each. */
  static Map<String, String> limits() {
    Map<String, String> limits = new TreeMap<>();
    ALL.forEach((operator, entry) -> limits.put(operator, entry.limits()));
    return limits;
  }
}
