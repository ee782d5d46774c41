package dev.hydranet.benchmarks.harness;

import java.io.FileNotFoundException;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.Main;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.runner.Defaults;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.CommandLineOptions;

/**
 * JMH's command line, which ends with 1 if a benchmark failed or none was measured. JMH's own ends
 * with 0, or stops at the first failure.
 */
public final class Jmh {
  private final OutputFormat output;
  private final List<String> failures = new ArrayList<>();
  private int measured;
  // The benchmark that runs; JMH does not tell the end of one that failed.
  private String current;
  private boolean failed;
  private boolean applicable;

  private Jmh(OutputFormat output) {
    this.output = output;
  }

  /**
   * Runs JMH.
   *
   * @param args its options
   * @throws Exception as JMH's own command line throws it
   */
  public static void main(String[] args) throws Exception {
    CommandLineOptions options = new CommandLineOptions(args);
    if (options.shouldHelp()
        || options.shouldList()
        || options.shouldListWithParams()
        || options.shouldListProfilers()
        || options.shouldListResultFormats()) {
      Main.main(args);
      return;
    }
    Jmh jmh = new Jmh(output(options));
    try {
      new Runner(options, jmh.watchedOutput()).run();
    } catch (RunnerException e) {
      System.err.println("ERROR: " + e);
      System.exit(1);
    }
    jmh.end(false);
    for (String failure : jmh.failures) {
      System.err.println("ERROR: failed: " + failure);
    }
    if (jmh.measured == 0) {
      System.err.println("ERROR: nothing was measured");
    }
    if (jmh.measured == 0 || !jmh.failures.isEmpty()) {
      System.exit(1);
    }
  }

  private static OutputFormat output(CommandLineOptions options) throws FileNotFoundException {
    PrintStream stream =
        options.getOutput().hasValue() ? new PrintStream(options.getOutput().get()) : System.out;
    return OutputFormatFactory.createFormatInstance(
        stream, options.verbosity().orElse(Defaults.VERBOSITY));
  }

  /** JMH tells about a failure in its output alone. */
  private OutputFormat watchedOutput() {
    return (OutputFormat)
        Proxy.newProxyInstance(
            Jmh.class.getClassLoader(),
            new Class<?>[] {OutputFormat.class},
            (proxy, method, arguments) -> {
              switch (method.getName()) {
                case "startBenchmark" -> start((BenchmarkParams) arguments[0]);
                case "println" -> read((String) arguments[0]);
                case "endBenchmark" -> end(arguments[0] != null);
                default -> {}
              }
              try {
                return method.invoke(output, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private void start(BenchmarkParams params) {
    end(false);
    current = params.id();
    failed = false;
    applicable = true;
  }

  private void read(String line) {
    failed |= line.startsWith("<failure>") || line.startsWith("<forked VM failed");
    applicable &= !line.contains(NotApplicableException.class.getName());
  }

  private void end(boolean hasResult) {
    if (hasResult) {
      measured++;
    }
    if (current != null && applicable && (failed || !hasResult)) {
      failures.add(current);
    }
    current = null;
  }
}
