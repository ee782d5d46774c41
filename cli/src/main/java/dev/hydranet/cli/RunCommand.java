package dev.hydranet.cli;

import dev.hydranet.cli.console.Progress;
import dev.hydranet.cli.network.Executor;
import dev.hydranet.cli.network.InputFile;
import dev.hydranet.cli.network.Model;
import dev.hydranet.engine.InsufficientMemoryException;
import dev.hydranet.engine.graph.Graph;
import dev.hydranet.engine.tensor.Tensor;
import dev.hydranet.engine.weights.DType;
import dev.hydranet.engine.weights.Safetensors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Tensors in, tensors out. */
@Command(
    name = "run",
    description = "Run a network on a tensor; write its outputs and any of its layers.",
    footer = {
      "  hydranet run --weights kitti --input in.safetensors --output out.safetensors",
      "  hydranet run --weights my.safetensors --input in.safetensors \\",
      "      --output out.safetensors --layers layer3,crp1 --executor reference"
    })
final class RunCommand implements Callable<Integer> {
  /** The plan runs again, for the time's sake, until this has passed or there are enough runs. */
  private static final long TIMING_NANOSECONDS = 2_000_000_000L;

  private static final int TIMED_RUNS = 21;
  private static final String ALL = "all";

  @ParentCommand private HydraNetCommand hydranet;
  @Spec private CommandSpec spec;
  @Mixin private WeightsOption weights;

  @Option(
      names = "--input",
      required = true,
      paramLabel = "IN.safetensors",
      description =
          "The network's inputs by name. A HydraNet's is \"input\": float32 NCHW, already"
              + " normalised, any batch size.")
  private Path in;

  @Option(
      names = "--output",
      required = true,
      paramLabel = "OUT.safetensors",
      description = "The file to write: outputs and layers, named as in the state_dict.")
  private Path out;

  @Option(
      names = "--layers",
      split = ",",
      hideParamSyntax = true,
      paramLabel = "all|NAME,...",
      description =
          "Layers to write in addition to the outputs: layer1 ... layer8, conv8 ... conv3,"
              + " ...")
  private List<String> layers = List.of();

  @Option(
      names = "--executor",
      paramLabel = "plan|reference",
      description = "The fast executor (plan, the default) or plain loops (reference).")
  private Executor executor = Executor.PLAN;

  @Mixin private ThreadsOption threads;

  @Override
  public Integer call() throws IOException {
    Map<String, Tensor> tensors = Safetensors.read(in).tensors();
    Model model = Model.load(weights.file());
    Set<String> wanted = wanted(model.graph());
    Map<String, Tensor> given = InputFile.inputs(in, model.graph(), tensors);
    model = model.knowing(given);
    Map<String, Tensor> input = new LinkedHashMap<>(given);
    input.keySet().retainAll(model.graph().inputs());
    Map<String, Tensor> results;
    List<Long> times = new ArrayList<>();
    try (Progress progress = Progress.start(hydranet.surroundings.terminal(), "run")) {
      Executor.Run run =
          executor.prepare(model, InputFile.shapes(input), wanted, threads.threads());
      results = timed(run, input, times);
      long end = System.nanoTime() + TIMING_NANOSECONDS;
      while (executor == Executor.PLAN && times.size() < TIMED_RUNS && System.nanoTime() < end) {
        progress.step();
        timed(run, input, times);
      }
    } catch (IllegalArgumentException | InsufficientMemoryException e) {
      throw new IOException(in + ": " + e.getMessage(), e);
    }
    Safetensors.write(out, results, Map.of(), DType.F32);
    spec.commandLine().getOut().println(report(input, results, times));
    return 0;
  }

  private Set<String> wanted(Graph graph) {
    Set<String> wanted = new LinkedHashSet<>(graph.outputs());
    if (layers.equals(List.of(ALL))) {
      wanted.addAll(graph.labels().keySet());
      return wanted;
    }
    wanted.addAll(layers);
    try {
      wanted.forEach(graph::resolve);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--layers: " + e.getMessage(), e);
    }
    return wanted;
  }

  private static Map<String, Tensor> timed(
      Executor.Run run, Map<String, Tensor> input, List<Long> times) {
    long start = System.nanoTime();
    Map<String, Tensor> results = run.on(input);
    times.add(System.nanoTime() - start);
    return results;
  }

  /** Reports the first run separately: the JVM still compiles in it. */
  private String report(Map<String, Tensor> input, Map<String, Tensor> results, List<Long> times) {
    List<Long> others = times.subList(1, times.size()).stream().sorted().toList();
    String first = milliseconds(times.getFirst());
    int workers = executor == Executor.PLAN ? threads.threads().count() : 1;
    return String.format(
        Locale.ROOT,
        "%s, %s on %d %s: %s%n%s: %s",
        input.entrySet().stream()
            .map(one -> one.getKey() + " " + one.getValue().shape())
            .collect(Collectors.joining(", ")),
        executor == Executor.PLAN ? "plan" : "reference",
        workers,
        workers == 1 ? "thread" : "threads",
        others.isEmpty()
            ? first
            : String.format(
                Locale.ROOT,
                "%s (median of %d runs after a first of %s)",
                milliseconds(others.get(others.size() / 2)),
                others.size(),
                first),
        out,
        results.entrySet().stream()
            .map(result -> result.getKey() + " " + result.getValue().shape())
            .collect(Collectors.joining(", ")));
  }

  private static String milliseconds(long nanoseconds) {
    return String.format(Locale.ROOT, "%.1f ms", nanoseconds / 1e6);
  }
}
