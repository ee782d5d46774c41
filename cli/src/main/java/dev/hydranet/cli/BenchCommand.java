package dev.hydranet.cli;

import dev.hydranet.engine.Engine;
import dev.hydranet.engine.Roofline;
import dev.hydranet.engine.plan.Plan;
import dev.hydranet.engine.plan.Planner;
import dev.hydranet.engine.plan.Session;
import dev.hydranet.engine.plan.Threads;
import dev.hydranet.engine.tensor.Shape;
import dev.hydranet.engine.tensor.Tensor;
import dev.hydranet.network.Variant;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.Callable;
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
      "Beside it, what the machine does at the most, measured just then: multiply-adds a second on"
          + " registers alone (peak), and bytes a second from and to memory. Share is that of the"
          + " network in the peak."
    },
    footer = {
      "  hydranet bench",
      "  hydranet bench --weights kitti --size 370x1226 --threads 1,2,4"
    })
final class BenchCommand implements Callable<Integer> {
  private static final int COLOURS = 3;
  private static final long SEED = 1;
  private static final Variant DEFAULT = Variant.KITTI;

  @ParentCommand private HydraNetCommand hydranet;
  @Spec private CommandSpec spec;

  @Option(
      names = "--weights",
      paramLabel = "FILE|NAME",
      description =
          "The network of these weights; without it, that of KITTI with random ones, which is as"
              + " fast as with others.")
  private String weights;

  @Option(
      names = "--size",
      paramLabel = "HxW",
      converter = ImageSize.Converter.class,
      description = "The image's size; 480x640 without it.")
  private ImageSize size = new ImageSize(480, 640);

  @Option(
      names = "--threads",
      split = ",",
      hideParamSyntax = true,
      paramLabel = "N,...",
      description = "Threads that compute; without it, one, and as many as there are processors.")
  private SortedSet<Integer> threads = new TreeSet<>(List.of(1, Threads.available().count()));

  @Override
  public Integer call() throws IOException {
    if (threads.first() < 1) {
      throw new ParameterException(
          spec.commandLine(), "--threads must be at least 1, found " + threads.first());
    }
    Model model =
        weights == null
            ? Model.random(DEFAULT.network().graph())
            : Model.load(WeightsOption.find(weights, hydranet.surroundings));
    Shape shape = Shape.of(1, COLOURS, size.height(), size.width());
    double gmacs = LayerTable.of(model.graph(), shape).macs() / 1e9;
    PrintWriter out = spec.commandLine().getOut();
    out.println(
        String.format(
            "%s, input %s, %.3f billion multiply-adds, %s",
            weights == null ? DEFAULT.id() + " with random weights" : weights,
            shape,
            gmacs,
            Engine.info().reason()));
    out.println();
    String row = "%7s %8s %8s %8s %9s %7s %7s %6s %7s";
    out.println(
        String.format(
            row, "", "median", "min", "p99", "images", "network", "peak", "share", "memory"));
    out.println(
        String.format(row, "threads", "ms", "ms", "ms", "/s", "GMAC/s", "GMAC/s", "%", "GB/s"));
    Plan plan = Planner.plan(model.graph(), model.weights());
    try (Progress progress = Progress.start(hydranet.surroundings.terminal(), "bench")) {
      for (int count : threads) {
        progress.now(count + " threads");
        Latencies latencies = time(plan, shape, Threads.of(count), progress);
        Roofline machine = Roofline.measure(Threads.of(count));
        double speed = gmacs / latencies.median() * 1e3;
        double peak = machine.macsPerSecond() / 1e9;
        progress.println(
            out,
            String.format(
                row,
                count,
                number(latencies.median()),
                number(latencies.minimum()),
                number(latencies.percentile(99)),
                number(1e3 / latencies.median()),
                number(speed),
                number(peak),
                number(100 * speed / peak),
                number(machine.bytesPerSecond() / 1e9)));
      }
    }
    return 0;
  }

  private static Latencies time(Plan plan, Shape shape, Threads threads, Progress progress) {
    Session session = plan.newSession(shape, threads);
    Map<String, Tensor> outputs = session.newOutputs();
    Tensor image = Tensor.zeros(shape);
    SplittableRandom random = new SplittableRandom(SEED);
    for (int i = 0; i < image.data().length; i++) {
      image.data()[i] = (float) random.nextDouble(-2, 2);
    }
    Map<String, Tensor> inputs = Map.of(Model.INPUT, image);
    return Latencies.measure(
        () -> {
          session.run(inputs, outputs);
          progress.step();
        });
  }

  private static String number(double value) {
    return String.format("%.1f", value);
  }
}
