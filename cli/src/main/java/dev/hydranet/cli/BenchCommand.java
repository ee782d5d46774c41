package dev.hydranet.cli;

import dev.hydranet.ImageSize;
import dev.hydranet.cli.console.Progress;
import dev.hydranet.cli.network.InputShapes;
import dev.hydranet.cli.network.LayerTable;
import dev.hydranet.cli.network.Model;
import dev.hydranet.cli.page.TextFile;
import dev.hydranet.cli.timing.Latencies;
import dev.hydranet.cli.timing.RooflinePicture;
import dev.hydranet.cli.timing.StepTable;
import dev.hydranet.cli.timing.StepTimes;
import dev.hydranet.engine.Engine;
import dev.hydranet.engine.Roofline;
import dev.hydranet.engine.Threads;
import dev.hydranet.engine.network.Network;
import dev.hydranet.engine.plan.Plan;
import dev.hydranet.engine.plan.Planner;
import dev.hydranet.engine.plan.Session;
import dev.hydranet.engine.tensor.Shape;
import dev.hydranet.engine.tensor.Tensor;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** How fast a network is on this machine, and how fast it could be. */
@Command(
    name = "bench",
    description = {
      "Time a network on this machine, one image at a time.",
      "Next to it stands the machine's measured peak: multiply-adds a second on registers alone,"
          + " and bytes a second from and to memory. Share is the network's part of the peak.",
      "With --layers, a row for each step of the network's plan (`hydranet info --plan`): its time"
          + " and share of the whole, multiply-adds a second and their share of the peak, the least"
          + " memory traffic (inputs, weights and output) and bytes a second; then the same for"
          + " each kernel. With --svg, a picture of them under this machine's rooflines."
    },
    footer = {
      "  hydranet bench",
      "  hydranet bench --weights kitti --size 370x1226 --threads 1,2,4",
      "  hydranet bench --threads 1 --layers --svg roofline.svg"
    })
final class BenchCommand implements Callable<Integer> {
  /** What first- and second-level caches hold, on most machines, for each thread. */
  private static final int[] CACHED_KILOBYTES = {12, 384};

  private static final long SEED = 1;

  @ParentCommand private HydraNetCommand hydranet;
  @Spec private CommandSpec spec;

  @Option(
      names = "--weights",
      paramLabel = "FILE|NAME",
      description = "The network of these weights. Default: the model in the box.")
  private String weights = WeightsOption.BUNDLED;

  @Option(
      names = "--size",
      paramLabel = "HxW",
      converter = ImageSizeConverter.class,
      description =
          "The image's size. Default: the size that the network was made for, or 480x640.")
  private ImageSize size;

  @Option(
      names = "--threads",
      split = ",",
      hideParamSyntax = true,
      paramLabel = "N,...",
      description = "Compute threads. Default: measure one thread, then one per processor.")
  private SortedSet<Integer> threads = new TreeSet<>(List.of(1, Threads.available().count()));

  @Option(names = "--layers", description = "Also show how long each step takes.")
  private boolean layers;

  @Option(
      names = "--svg",
      paramLabel = "FILE",
      description =
          "Write a roofline chart of the steps, measured on the smallest number of threads.")
  private Path svg;

  /** What came of a number of threads; steps are null without {@code --layers}. */
  private record Result(Threads threads, Latencies latencies, Roofline machine, StepTimes steps) {}

  @Override
  public Integer call() throws IOException {
    if (threads.first() < 1) {
      throw new ParameterException(
          spec.commandLine(), "--threads must be at least 1, found " + threads.first());
    }
    Model model = Model.load(WeightsOption.find(weights, hydranet.surroundings));
    Map<String, Shape> shapes = InputShapes.of(model, weights, size);
    Network network = InputShapes.specialized(model, weights, shapes);
    double gmacs = LayerTable.of(network.graph(), shapes).macs() / 1e9;
    String input =
        shapes.entrySet().stream()
            .map(one -> one.getKey() + " " + one.getValue())
            .collect(Collectors.joining(", "));
    PrintWriter out = spec.commandLine().getOut();
    out.println(
        String.format(
            Locale.ROOT,
            "%s, %s, %.3f billion multiply-adds, %s",
            weights,
            input,
            gmacs,
            Engine.info().reason()));
    out.println();
    String row = "%7s %8s %8s %8s %9s %7s %7s %6s %7s";
    out.println(
        String.format(
            Locale.ROOT,
            row,
            "",
            "median",
            "min",
            "p99",
            "images",
            "network",
            "peak",
            "share",
            "memory"));
    out.println(
        String.format(
            Locale.ROOT, row, "threads", "ms", "ms", "ms", "/s", "GMAC/s", "GMAC/s", "%", "GB/s"));
    Plan plan = Planner.plan(network.graph(), network.weights());
    List<Result> results = new ArrayList<>();
    try (Progress progress = Progress.start(hydranet.surroundings.terminal(), "bench")) {
      for (int count : threads) {
        progress.now(count + " threads");
        boolean steps = layers || (svg != null && count == threads.first());
        Result result = measure(plan, shapes, Threads.of(count), steps, progress);
        results.add(result);
        double speed = gmacs / result.latencies.median() * 1e3;
        double peak = result.machine.macsPerSecond() / 1e9;
        progress.println(
            out,
            String.format(
                Locale.ROOT,
                row,
                count,
                number(result.latencies.median()),
                number(result.latencies.minimum()),
                number(result.latencies.percentile(99)),
                number(1e3 / result.latencies.median()),
                number(speed),
                number(peak),
                number(100 * speed / peak),
                number(result.machine.bytesPerSecond() / 1e9)));
      }
    }
    if (layers) {
      for (Result result : results) {
        out.println();
        out.println(heading("Steps", result));
        out.println();
        StepTable.print(result.steps, result.machine, out);
      }
    }
    if (svg != null) {
      TextFile.write(
          svg,
          picture(heading(weights + ", " + size(shapes), results.getFirst()), results.getFirst()));
    }
    return 0;
  }

  private static String heading(String what, Result result) {
    int count = result.threads.count();
    return what + " on " + count + (count == 1 ? " thread" : " threads");
  }

  private static String picture(String title, Result result) {
    List<RooflinePicture.Bandwidth> bandwidths = new ArrayList<>();
    for (int kilobytes : CACHED_KILOBYTES) {
      double speed = Roofline.bandwidth(result.threads, kilobytes << 10);
      bandwidths.add(new RooflinePicture.Bandwidth(kilobytes + " KB", speed));
    }
    bandwidths.add(new RooflinePicture.Bandwidth("memory", result.machine.bytesPerSecond()));
    return RooflinePicture.of(title, result.steps, result.machine.macsPerSecond(), bandwidths);
  }

  private static Result measure(
      Plan plan, Map<String, Shape> shapes, Threads threads, boolean steps, Progress progress) {
    Session session = plan.newSession(shapes, threads);
    Map<String, Tensor> outputs = session.newOutputs();
    Map<String, Tensor> inputs = new LinkedHashMap<>();
    SplittableRandom random = new SplittableRandom(SEED);
    shapes.forEach((name, shape) -> inputs.put(name, noise(shape, random)));
    Runnable run =
        () -> {
          session.run(inputs, outputs);
          progress.step();
        };
    Latencies.warmUp(run);
    Latencies latencies = Latencies.measure(run);
    StepTimes times =
        steps
            ? StepTimes.measure(plan.info(shapes), session, inputs, outputs, progress::step)
            : null;
    return new Result(threads, latencies, Roofline.measure(threads), times);
  }

  /** The size of images, or the shapes of whatever else goes in. */
  private static String size(Map<String, Shape> shapes) {
    Shape first = shapes.values().iterator().next();
    return shapes.size() == 1 && first.rank() == 4
        ? first.height() + "x" + first.width()
        : shapes.toString();
  }

  private static Tensor noise(Shape shape, SplittableRandom random) {
    Tensor tensor = Tensor.zeros(shape);
    for (int i = 0; i < tensor.data().length; i++) {
      tensor.data()[i] = (float) random.nextDouble(-2, 2);
    }
    return tensor;
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
