package dev.hydranet.cli;

import dev.hydranet.HydraNet;
import dev.hydranet.cli.console.Failure;
import dev.hydranet.cli.console.FirstFew;
import dev.hydranet.cli.console.Progress;
import dev.hydranet.cli.scoring.ScoreTable;
import dev.hydranet.eval.Comparison;
import dev.hydranet.eval.Dataset;
import dev.hydranet.eval.DatasetDescription;
import dev.hydranet.eval.Scores;
import dev.hydranet.network.Task;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Scores a network against ground truth. */
@Command(
    name = "eval",
    description = {
      "Score a network's predictions against ground truth.",
      "DIR has the images in images/, and ground truth as PNG files with the names of the"
          + " images: labels/ (the class; 255 does not count), depth/ (16 bits; 0 is unknown)"
          + " and normals/ (coded as `predict` paints them; black is unknown). Any of these"
          + " three may be missing. Its dataset.json may name the classes and give the depth"
          + " value of a metre: {\"classes\": [\"sky\", ...], \"depthScale\": 256}."
          + " docs/data.md describes the details.",
      "An image that cannot be used is reported; the others are scored."
    },
    footer = {
      "  hydranet eval --weights kitti --data kitti/validation",
      "  hydranet eval --weights my.safetensors --data rooms --tasks depth --json"
    })
final class EvalCommand implements Callable<Integer> {
  @ParentCommand private HydraNetCommand hydranet;
  @Spec private CommandSpec spec;

  @Mixin private WeightsOption weights;

  @Option(
      names = "--data",
      required = true,
      paramLabel = "DIR",
      description = "A folder of images and their ground truth.")
  private Path data;

  @Option(
      names = "--tasks",
      split = ",",
      hideParamSyntax = true,
      paramLabel = "segm,depth,normal",
      description =
          "Score only these tasks. Default: all that the network has and the folder has"
              + " ground truth for.")
  private Set<Task> tasks = EnumSet.noneOf(Task.class);

  @Option(names = "--json", description = "Print JSON instead of tables.")
  private boolean json;

  @Mixin private HeightOption height;

  @Mixin private ThreadsOption threads;

  @Override
  public Integer call() throws IOException {
    Dataset dataset = Dataset.read(data);
    HydraNet net = HydraNet.load(weights.file(), threads.threads());
    Set<Task> measured = measured(net, dataset);
    net = net.withTasks(measured);
    warn(dataset, measured);
    dataset = dataset.withTasks(measured);
    List<String> classNames = classNames(net, dataset.description());

    Scores scores = new Scores(net.network().classes());
    int done = measure(net, dataset, scores);
    int failed = dataset.samples().size() - done;
    ScoreTable table = new ScoreTable(scores, classNames);
    if (json) {
      spec.commandLine().getOut().println(table.json(weights.value(), data, done, failed));
    } else {
      table.print(spec.commandLine().getOut());
    }
    return failed == 0 ? 0 : 1;
  }

  /** The tasks that are asked for, or all, as far as the network and the data know them. */
  private Set<Task> measured(HydraNet net, Dataset dataset) throws IOException {
    if (!net.tasks().containsAll(tasks)) {
      throw new ParameterException(
          spec.commandLine(),
          "--tasks: expected some of the network's "
              + labels(net.tasks())
              + ", found "
              + labels(tasks));
    }
    Set<Task> wanted = tasks.isEmpty() ? net.tasks() : tasks;
    Set<Task> known = dataset.known(wanted);
    if (known.isEmpty() || (!tasks.isEmpty() && known.size() < wanted.size())) {
      Path image = dataset.samples().getFirst().image();
      Set<Task> missing = EnumSet.copyOf(wanted);
      missing.removeAll(known);
      throw new IOException(
          data
              + ": no ground truth for "
              + labels(missing)
              + "; that of "
              + image.getFileName()
              + " would be "
              + dataset.expectedTruth(image, missing));
    }
    return known;
  }

  /** What a reader of the scores would not expect: truth that no image has, images without. */
  private void warn(Dataset dataset, Set<Task> measured) {
    for (Task task : measured) {
      Path folder = dataset.truthFolder(task);
      warn(folder, "no image for ", dataset.unmatched().getOrDefault(task, List.of()));
      warn(folder, "no ground truth for ", dataset.imagesWithout(task));
    }
  }

  private void warn(Path folder, String what, List<Path> files) {
    if (!files.isEmpty()) {
      List<String> names = files.stream().map(file -> file.getFileName().toString()).toList();
      hydranet.warn(spec, folder, List.of(what + FirstFew.of(names, ", ")));
    }
  }

  private static String labels(Set<Task> tasks) {
    return String.join(", ", tasks.stream().map(Task::label).toList());
  }

  /** None where classes are not measured. */
  private List<String> classNames(HydraNet net, DatasetDescription description) throws IOException {
    try {
      return net.tasks().contains(Task.SEGM)
          ? description.namesFor(net.metadata().classNames())
          : List.of();
    } catch (IllegalArgumentException e) {
      throw new IOException(data + ": " + e.getMessage(), e);
    }
  }

  /** Scores every sample, even if others fail; returns how many succeeded. */
  private int measure(HydraNet net, Dataset dataset, Scores scores) {
    int done = 0;
    try (Progress progress =
        Progress.start(hydranet.surroundings.terminal(), "eval", dataset.samples().size(), "", 1)) {
      for (Dataset.Sample sample : dataset.samples()) {
        progress.now(sample.image().getFileName().toString());
        try {
          scores.addAll(measure(net, dataset, sample));
          done++;
        } catch (IOException e) {
          report(progress, Failure.line(e), e); // names the picture that is wrong
        } catch (RuntimeException | OutOfMemoryError e) {
          report(progress, Failure.line(sample.image(), e), e);
        }
        progress.step();
      }
    }
    return done;
  }

  private void report(Progress progress, String line, Throwable failure) {
    progress.println(spec.commandLine().getErr(), hydranet.describe(line, failure));
  }

  private Scores measure(HydraNet net, Dataset dataset, Dataset.Sample sample) throws IOException {
    if (sample.truth().isEmpty()) {
      throw new IOException(
          sample.image()
              + ": no ground truth; it would be "
              + dataset.expectedTruth(sample.image(), net.tasks()));
    }
    return Comparison.of(net, sample, height.options())
        .scores(net.network().classes(), dataset.description().depthScale());
  }
}
