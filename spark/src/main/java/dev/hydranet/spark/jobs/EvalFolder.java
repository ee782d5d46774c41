package dev.hydranet.spark.jobs;

import dev.hydranet.HydraNet;
import dev.hydranet.PredictOptions;
import dev.hydranet.cli.console.Failure;
import dev.hydranet.cli.scoring.ScoreTable;
import dev.hydranet.eval.Comparison;
import dev.hydranet.eval.Dataset;
import dev.hydranet.eval.Scores;
import dev.hydranet.network.Task;
import dev.hydranet.spark.SharedNetwork;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A job: {@code hydranet eval}, with the images of the data set shared out over executors. */
@Command(
    name = "EvalFolder",
    mixinStandardHelpOptions = true,
    description = {
      "Measure how right a network is, as `hydranet eval` does, to the last digit.",
      "All machines must see the data set under the same path, as on a shared file system."
    })
public final class EvalFolder implements Callable<Integer> {
  /** Some partitions a core, so that none waits long for the last one. */
  private static final int PARTITIONS_PER_CORE = 4;

  @Spec private CommandSpec spec;

  @Option(
      names = "--weights",
      paramLabel = "FILE",
      description = "A safetensors file; without it, the model in the box.")
  private String weights = SharedNetwork.BUNDLED;

  @Option(
      names = "--data",
      required = true,
      paramLabel = "DIR",
      description = "A folder of images and their ground truth, as for `hydranet eval`.")
  private Path data;

  @Option(
      names = "--tasks",
      split = ",",
      paramLabel = "segm,depth,normal",
      description = "Measure only these; all that the network knows and the folder has without it.")
  private Set<Task> tasks = EnumSet.noneOf(Task.class);

  @Option(
      names = "--height",
      paramLabel = "N|native",
      description =
          "Shrink taller images to N rows, or never; without it, to the height that the weights"
              + " were trained for.")
  private String height;

  @Option(names = "--json", description = "Print JSON instead of tables.")
  private boolean json;

  /** For Spark's jobs, which {@link #main} runs. */
  public EvalFolder() {}

  /**
   * Runs the job.
   *
   * @param arguments as {@code --help} lists them
   */
  public static void main(String[] arguments) {
    Job.main(new EvalFolder(), arguments);
  }

  /** A sample, as it travels. */
  private record Sample(int index, String image, EnumMap<Task, String> truth)
      implements Serializable {
    static Sample of(int index, Dataset.Sample sample) {
      EnumMap<Task, String> truth = new EnumMap<>(Task.class);
      sample.truth().forEach((task, file) -> truth.put(task, file.toString()));
      return new Sample(index, sample.image().toString(), truth);
    }

    Dataset.Sample sample() {
      Map<Task, Path> files = new EnumMap<>(Task.class);
      truth.forEach((task, file) -> files.put(task, Path.of(file)));
      return new Dataset.Sample(Path.of(image), files);
    }
  }

  /** Scores of some samples, and why others have none. */
  private record Part(Scores scores, TreeMap<Integer, String> failures) implements Serializable {
    Part addAll(Part other) {
      scores.addAll(other.scores);
      failures.putAll(other.failures);
      return this;
    }
  }

  /** Scores samples on an executor. */
  private record Scorer(SharedNetwork network, String height, double depthScale)
      implements Serializable {
    Part add(Part part, Sample sample) {
      HydraNet net = network.get();
      PredictOptions options =
          height == null ? PredictOptions.DEFAULT : PredictOptions.ofHeight(height);
      try {
        Comparison comparison = Comparison.of(net, sample.sample(), options);
        part.scores.addAll(comparison.scores(net.network().classes(), depthScale));
      } catch (CancellationException e) {
        throw e; // the task is being killed
      } catch (IOException e) {
        part.failures.put(sample.index, Failure.line(e)); // names the picture that is wrong
      } catch (RuntimeException | OutOfMemoryError e) {
        part.failures.put(sample.index, Failure.line(Path.of(sample.image), e));
      }
      return part;
    }
  }

  @Override
  public Integer call() throws IOException {
    Dataset dataset = Dataset.read(data);
    SparkSession spark = Job.session();
    SharedNetwork network = SharedNetwork.of(spark, weights);
    Set<Task> wanted = tasks.isEmpty() ? network.tasks() : tasks;
    Set<Task> measured = dataset.known(network.withTasks(wanted).tasks());
    if (measured.isEmpty() || !tasks.isEmpty() && measured.size() < tasks.size()) {
      Path image = dataset.samples().getFirst().image();
      throw new IOException(
          data + ": no ground truth; it would be " + dataset.expectedTruth(image, wanted));
    }
    network = network.withTasks(measured);
    List<String> classNames =
        measured.contains(Task.SEGM)
            ? dataset.description().namesFor(network.classNames())
            : List.of();
    Dataset scored = dataset.withTasks(measured);
    Part all = score(spark, scored, network, network.classNames().size());
    return print(all, scored.samples().size(), classNames);
  }

  private Part score(SparkSession spark, Dataset dataset, SharedNetwork network, int classes) {
    TreeMap<Integer, String> failures = new TreeMap<>();
    List<Dataset.Sample> samples = dataset.samples();
    List<Sample> scored =
        IntStream.range(0, samples.size())
            .filter(i -> !samples.get(i).truth().isEmpty())
            .mapToObj(i -> Sample.of(i, samples.get(i)))
            .toList();
    IntStream.range(0, samples.size())
        .filter(i -> samples.get(i).truth().isEmpty())
        .forEach(i -> failures.put(i, lacksTruth(dataset, samples.get(i), network.tasks())));
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    int partitions =
        Math.clamp(
            (long) PARTITIONS_PER_CORE * context.defaultParallelism(),
            1,
            Math.max(1, scored.size()));
    Scorer scorer = new Scorer(network, height, dataset.description().depthScale());
    Part found =
        context
            .parallelize(scored, partitions)
            .treeAggregate(
                new Part(new Scores(classes), new TreeMap<>()), scorer::add, Part::addAll);
    return found.addAll(new Part(new Scores(classes), failures));
  }

  private static String lacksTruth(Dataset dataset, Dataset.Sample sample, Set<Task> tasks) {
    return sample.image()
        + ": no ground truth; it would be "
        + dataset.expectedTruth(sample.image(), tasks);
  }

  private int print(Part all, int samples, List<String> classNames) throws IOException {
    PrintWriter err = spec.commandLine().getErr();
    all.failures.values().forEach(err::println);
    PrintWriter out = spec.commandLine().getOut();
    ScoreTable table = new ScoreTable(all.scores, classNames);
    int failed = all.failures.size();
    if (json) {
      out.println(table.json(weights, data, samples - failed, failed));
    } else {
      table.print(out);
    }
    return failed == 0 ? 0 : 1;
  }
}
