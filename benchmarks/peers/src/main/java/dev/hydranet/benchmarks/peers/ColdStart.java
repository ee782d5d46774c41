package dev.hydranet.benchmarks.peers;

import dev.hydranet.benchmarks.network.Scenario;
import dev.hydranet.engine.tensor.Tensor;
import dev.hydranet.network.HydraNetwork;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.RuntimeMXBean;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Measures one runtime in its own JVM: the time to the first result and the memory used.
 *
 * @param start milliseconds from the start of the JVM to its main method
 * @param load milliseconds to load the network
 * @param first milliseconds of the first run
 * @param growth bytes by which the process grew from before loading to after a few runs
 */
record ColdStart(double start, double load, double first, long growth) {
  private static final String MARK = "cold start:";
  private static final int RUNS = 5;

  /** Starts a JVM as this one was started. */
  static ColdStart of(RuntimeKind kind, ModelFiles files, Scenario scenario, int threads)
      throws IOException, InterruptedException {
    RuntimeMXBean jvm = ManagementFactory.getRuntimeMXBean();
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.addAll(jvm.getInputArguments());
    command.addAll(List.of("-cp", jvm.getClassPath(), ColdStart.class.getName()));
    command.addAll(
        List.of(
            kind.name(), files.folder().toString(), scenario.name(), Integer.toString(threads)));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    List<String> lines = process.inputReader().lines().filter(l -> l.startsWith(MARK)).toList();
    if (process.waitFor() != 0 || lines.size() != 1) {
      throw new IOException(
          kind.label() + " did not start by itself: " + String.join(" ", command));
    }
    String[] numbers = lines.get(0).substring(MARK.length()).strip().split(" ");
    return new ColdStart(
        Double.parseDouble(numbers[0]),
        Double.parseDouble(numbers[1]),
        Double.parseDouble(numbers[2]),
        Long.parseLong(numbers[3]));
  }

  /** Milliseconds from the start of the JVM to the first result. */
  double total() {
    return start + load + first;
  }

  /** Runs in the separate JVM. */
  public static void main(String[] args) throws Exception {
    long start = System.currentTimeMillis() - ManagementFactory.getRuntimeMXBean().getStartTime();
    RuntimeKind kind = RuntimeKind.valueOf(args[0]);
    ModelFiles files = new ModelFiles(Path.of(args[1]));
    Scenario scenario = Scenario.valueOf(args[2]);
    Tensor picture = scenario.input(0).get(HydraNetwork.INPUT);
    long before = ProcessMemory.resident().orElse(0);
    long begin = System.nanoTime();
    Peer peer = kind.load(files, scenario, Integer.parseInt(args[3]), picture);
    long loaded = System.nanoTime();
    peer.run();
    long done = System.nanoTime();
    for (int i = 0; i < RUNS; i++) {
      peer.run();
    }
    System.out.println(
        String.join(
            " ",
            MARK,
            Double.toString(start),
            Double.toString((loaded - begin) / 1e6),
            Double.toString((done - loaded) / 1e6),
            Long.toString(ProcessMemory.resident().orElse(0) - before)));
    System.exit(0);
  }
}
