package dev.hydranet.cli;

import dev.hydranet.HydraNet;
import dev.hydranet.PredictOptions;
import dev.hydranet.cli.console.Progress;
import dev.hydranet.cli.demo.DemoPage;
import dev.hydranet.cli.demo.SampleScenes;
import dev.hydranet.cli.demo.TruthPictures;
import dev.hydranet.cli.images.ImageFile;
import dev.hydranet.cli.images.ScenePictures;
import dev.hydranet.cli.page.TextFile;
import dev.hydranet.cli.scoring.ScoreTable;
import dev.hydranet.cli.timing.Latencies;
import dev.hydranet.eval.Comparison;
import dev.hydranet.eval.Dataset;
import dev.hydranet.eval.Scores;
import dev.hydranet.images.Images;
import dev.hydranet.network.Task;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** The model in the box on the sample scenes. */
@Command(
    name = "demo",
    description = {
      "Show what the model in the box sees in sample scenes.",
      "The scenes are rendered streets that it was not trained on. For each it prints the"
          + " scores against ground truth and the time it took. Into DIR it writes the scenes"
          + " with their ground truth (scenes/, a data set as `eval` reads it), pictures as"
          + " `predict` paints them (pictures/), and index.html, which shows input, answers and"
          + " truth side by side."
    },
    footer = {"  hydranet demo", "  hydranet demo --out /tmp/demo --threads 1"})
final class DemoCommand implements Callable<Integer> {
  private static final String ROW = "%-10s %10s %10s %16s %10s";

  @ParentCommand private HydraNetCommand hydranet;
  @Spec private CommandSpec spec;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "The output folder. Default: hydranet-demo.")
  private Path out = Path.of("hydranet-demo");

  @Mixin private ThreadsOption threads;

  @Override
  public Integer call() throws IOException {
    SampleScenes.write(out.resolve("scenes"));
    Dataset dataset = Dataset.read(out.resolve("scenes"));
    HydraNet net = HydraNet.bundled(threads.threads());
    double depthScale = dataset.description().depthScale();
    ScenePictures pictures = new ScenePictures(out.resolve("pictures"), false, List.of());
    ScenePictures truths = new ScenePictures(out.resolve("pictures/truth"), false, List.of());

    PrintWriter print = spec.commandLine().getOut();
    Scores total = new Scores(net.network().classes());
    List<DemoPage.Entry> entries = new ArrayList<>();
    Files.createDirectories(truths.folder());
    try (Progress progress =
        Progress.start(hydranet.surroundings.terminal(), "demo", dataset.samples().size(), "", 1)) {
      progress.println(
          print,
          String.format(Locale.ROOT, ROW, "scene", "mIoU %", "abs rel", "median degrees", "ms"));
      progress.now("warm-up");
      BufferedImage first = Images.read(dataset.samples().getFirst().image());
      Latencies.warmUp(() -> net.predict(first));
      for (Dataset.Sample sample : dataset.samples()) {
        Path image = sample.image();
        String name = ImageFile.baseName(image);
        progress.now(name);
        Comparison comparison = Comparison.of(net, sample, PredictOptions.DEFAULT);
        Scores scores = comparison.scores(net.network().classes(), depthScale);
        total.addAll(scores);
        pictures.write(
            image,
            comparison.image(),
            () -> net.toInput(comparison.image(), PredictOptions.DEFAULT),
            comparison.scene());
        for (Task task : sample.truth().keySet()) {
          ImageFile.writePng(
              truths.file(image, task), TruthPictures.paint(task, comparison, depthScale));
        }
        entries.add(
            new DemoPage.Entry(
                name,
                image,
                pictures,
                truths,
                comparison.scene().depth().range(),
                scores,
                comparison.milliseconds()));
        progress.println(print, row(name, scores, comparison.milliseconds()));
        progress.step();
      }
    }
    double median = new Latencies(nanoseconds(entries)).median();
    print.println(row("all", total, median));
    print.println();
    new ScoreTable(total, net.metadata().classNames()).print(print);
    Path page = out.resolve("index.html");
    TextFile.write(page, new DemoPage(out, net.metadata(), entries, total, median).html());
    print.println();
    print.println(page.toAbsolutePath().normalize());
    return 0;
  }

  private static long[] nanoseconds(List<DemoPage.Entry> entries) {
    return entries.stream().mapToLong(entry -> Math.round(entry.milliseconds() * 1e6)).toArray();
  }

  private static String row(String name, Scores scores, double milliseconds) {
    return String.format(
        Locale.ROOT,
        ROW,
        name,
        String.format(Locale.ROOT, "%.1f", 100 * scores.segmentation().meanIou()),
        String.format(Locale.ROOT, "%.3f", scores.depth().absRel()),
        String.format(Locale.ROOT, "%.2f", scores.normals().median()),
        String.format(Locale.ROOT, "%.0f", milliseconds));
  }
}
