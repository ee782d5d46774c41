package dev.hydranet.cli;

import dev.hydranet.cli.console.FirstFew;
import dev.hydranet.cli.console.Progress;
import dev.hydranet.cli.images.ScenePictures;
import dev.hydranet.cli.network.Executor;
import dev.hydranet.cli.network.InputFile;
import dev.hydranet.cli.network.Model;
import dev.hydranet.converter.Findings;
import dev.hydranet.engine.InsufficientMemoryException;
import dev.hydranet.engine.WeightsFormatException;
import dev.hydranet.engine.graph.Graph;
import dev.hydranet.engine.tensor.Shape;
import dev.hydranet.engine.tensor.Tensor;
import dev.hydranet.engine.verify.Difference;
import dev.hydranet.engine.verify.Tolerance;
import dev.hydranet.engine.weights.DType;
import dev.hydranet.engine.weights.Safetensors;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Compares what this engine computes with what another implementation did. */
@Command(
    name = "verify",
    description = {
      "Compare layers and outputs with another implementation's.",
      "It prints the largest absolute error, and that error divided by the reference's"
          + " largest magnitude."
    },
    footer = "  hydranet verify --weights kitti.safetensors --reference pytorch.safetensors")
final class VerifyCommand implements Callable<Integer> {
  private static final String ROW = "%-12s %-20s %12s %12s %12s  %s";

  @ParentCommand private HydraNetCommand hydranet;
  @Spec private CommandSpec spec;
  @Mixin private WeightsOption weights;

  @Option(
      names = "--reference",
      required = true,
      paramLabel = "REF.safetensors",
      description =
          "A file with \"input\" and any layers and outputs, named as in the state_dict. The"
              + " output of `predict --raw` works too; its answers at the image's size are ignored.")
  private Path reference;

  @Mixin private ThreadsOption threads;

  @Override
  public Integer call() throws IOException {
    Map<String, Tensor> expected = new LinkedHashMap<>(Safetensors.read(reference).tensors());
    Path file = weights.file();
    Model model = Model.load(file);
    Map<String, Tensor> given = InputFile.inputs(reference, model.graph(), expected);
    expected.keySet().removeAll(model.graph().inputs());
    model = model.knowing(given);
    Map<String, Tensor> input = new LinkedHashMap<>(given);
    input.keySet().retainAll(model.graph().inputs());
    Map<String, Shape> shapes = InputFile.shapes(input);
    expected.keySet().removeIf(ScenePictures::isFullSize);
    checkNames(model.graph(), expected.keySet());

    hydranet.warn(spec, file, Findings.of(model.weights(), DType.F32));
    Map<String, Tensor> actual;
    Map<String, Double> tolerances;
    try (Progress progress = Progress.start(hydranet.surroundings.terminal(), "verify")) {
      progress.now(reference.toString());
      Executor.Run run = Executor.PLAN.prepare(model, shapes, expected.keySet(), threads.threads());
      actual = run.on(input);
      tolerances =
          Tolerance.of(
              model.specialized(shapes, expected.keySet()).graph(), shapes, expected.keySet());
    } catch (IllegalArgumentException | InsufficientMemoryException e) {
      throw new IOException(reference + ": " + e.getMessage(), e);
    }
    return report(actual, expected, tolerances) ? 0 : 1;
  }

  private void checkNames(Graph graph, Set<String> names) throws WeightsFormatException {
    List<String> unknown = new ArrayList<>();
    for (String name : names) {
      try {
        graph.resolve(name);
      } catch (IllegalArgumentException e) {
        unknown.add(WeightsFormatException.quote(name));
      }
    }
    if (!unknown.isEmpty() || names.isEmpty()) {
      throw new WeightsFormatException(
          reference
              + ": expected \""
              + String.join("\", \"", graph.inputs())
              + "\" and some of "
              + String.join(", ", graph.labels().keySet())
              + "; found "
              + (names.isEmpty() ? "none of them" : FirstFew.of(unknown, ", ")));
    }
  }

  private static long nanCount(Tensor tensor) {
    long count = 0;
    for (float value : tensor.data()) {
      count += Float.isNaN(value) ? 1 : 0;
    }
    return count;
  }

  /** Prints the table; tells whether every tensor is within its tolerance. */
  private boolean report(
      Map<String, Tensor> actual, Map<String, Tensor> expected, Map<String, Double> tolerances) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(
        String.format(
            Locale.ROOT,
            ROW,
            "tensor",
            "shape",
            "max abs err",
            "max rel err",
            "tolerance",
            "verdict"));
    int wrong = 0;
    for (Map.Entry<String, Tensor> entry : expected.entrySet()) {
      String name = entry.getKey();
      Tensor reference = entry.getValue();
      Tensor computed = actual.get(name);
      double tolerance = tolerances.get(name);
      String absolute = "";
      String relative = "";
      String verdict;
      if (computed.shape().equals(reference.shape())) {
        Difference difference = Difference.between(computed, reference);
        absolute = number(difference.maxAbsolute());
        relative = number(difference.maxRelative());
        verdict = verdict(difference, tolerance, nanCount(computed), nanCount(reference));
      } else {
        verdict = "WRONG: computed shape " + computed.shape();
      }
      wrong += verdict.startsWith("ok") ? 0 : 1;
      out.println(
          String.format(
              Locale.ROOT,
              ROW,
              name,
              reference.shape(),
              absolute,
              relative,
              number(tolerance),
              verdict));
    }
    out.println(
        wrong == 0
            ? "all " + expected.size() + " tensors are within tolerance"
            : wrong + " of " + expected.size() + " tensors are out of tolerance");
    return wrong == 0;
  }

  private static String verdict(
      Difference difference, double tolerance, long computedNan, long expectedNan) {
    String nan =
        computedNan + expectedNan == 0
            ? ""
            : " (" + computedNan + " NaN computed, " + expectedNan + " expected)";
    return (difference.maxRelative() <= tolerance ? "ok" : "WRONG") + nan;
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.2e", value);
  }
}
