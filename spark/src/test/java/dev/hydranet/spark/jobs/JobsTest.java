package dev.hydranet.spark.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hydranet.HydraNet;
import dev.hydranet.PredictOptions;
import dev.hydranet.cli.scoring.ScoreTable;
import dev.hydranet.engine.Threads;
import dev.hydranet.eval.Comparison;
import dev.hydranet.eval.Dataset;
import dev.hydranet.eval.Scores;
import dev.hydranet.images.Images;
import dev.hydranet.spark.LocalCluster;
import dev.hydranet.spark.SmallNetwork;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jobs, on two executors. */
@Tag("cluster")
class JobsTest {
  @TempDir static Path shared;
  @TempDir Path folder;

  private static SparkSession spark;
  private static String weights;

  @BeforeAll
  static void start() throws IOException {
    spark = LocalCluster.start(Map.of());
    weights = SmallNetwork.write(shared.resolve("small.safetensors"));
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  private static String run(int code, Callable<Integer> job, Object... arguments) {
    StringWriter out = new StringWriter();
    String[] texts = Stream.of(arguments).map(Object::toString).toArray(String[]::new);
    assertThat(Job.run(job, texts, new PrintWriter(out))).isEqualTo(code);
    return out.toString();
  }

  @Test
  void predictFolderWritesParquetAndPictures() throws IOException {
    Path in = folder.resolve("a b");
    SmallNetwork.writeImages(in, 0, 3);
    SmallNetwork.writeImages(in.resolve("deeper"), 3, 5);
    Files.writeString(in.resolve("bad.jpg"), "not a picture");
    Files.writeString(in.resolve("notes.txt"), "no picture, and none of its name");
    Path out = folder.resolve("out");
    Path pictures = folder.resolve("pictures");
    String said =
        run(0, new PredictFolder(), in, out, "--weights", weights, "--pictures", pictures);
    assertThat(said).isEqualTo(out + ": 6 images, 1 of them with a scene.error\n");

    List<Row> rows =
        spark
            .read()
            .parquet(out.toString())
            .selectExpr("path", "scene.error", "scene.height", "size(scene.shares)")
            .orderBy("path")
            .collectAsList();
    assertThat(rows).hasSize(6);
    assertThat(rows.stream().filter(row -> !row.isNullAt(1))).hasSize(1);
    assertThat(rows.getFirst().getInt(2)).isEqualTo(4);
    assertThat(rows.getFirst().getInt(3)).isEqualTo(5);
    BufferedImage overlay = Images.read(pictures.resolve("deeper/00003.ppm_overlay.png"));
    assertThat(overlay.getWidth()).isEqualTo(7);
    try (Stream<Path> files = Files.walk(pictures)) {
      assertThat(files.filter(file -> file.toString().endsWith(".png"))).hasSize(5);
    }
  }

  @Test
  void predictFolderSaysInALineWhatIsWrong() {
    assertThat(run(1, new PredictFolder(), folder.resolve("none"), folder.resolve("out")))
        .isEmpty();
    run(2, new PredictFolder(), folder);
  }

  @Test
  void evalFolderHasTheDigitsOfEval() throws IOException {
    Path data = folder.resolve("data");
    Random random = new Random(7);
    for (int i = 0; i < 40; i++) {
      int side = 12 + i % 7;
      write(data, "images", i, random, side, BufferedImage.TYPE_INT_RGB, 256);
      write(data, "labels", i, random, side, BufferedImage.TYPE_BYTE_GRAY, 5);
      write(data, "depth", i, random, side, BufferedImage.TYPE_USHORT_GRAY, 60_000);
      write(data, "normals", i, random, side, BufferedImage.TYPE_INT_RGB, 256);
    }
    Files.writeString(data.resolve("dataset.json"), "{\"depthScale\": 256}");
    Files.writeString(data.resolve("images/99.png"), "not a picture");
    Files.copy(data.resolve("labels/00.png"), data.resolve("labels/99.png"));

    String json = run(1, new EvalFolder(), "--weights", weights, "--data", data, "--json");
    assertThat(json).isEqualTo(evaluated(data) + System.lineSeparator());
  }

  private static void write(
      Path data, String kind, int number, Random random, int side, int type, int levels)
      throws IOException {
    BufferedImage picture = new BufferedImage(side, side, type);
    int bands = picture.getRaster().getNumBands();
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        for (int band = 0; band < bands; band++) {
          picture.getRaster().setSample(x, y, band, random.nextInt(levels));
        }
      }
    }
    Path file = data.resolve(kind).resolve(String.format("%02d.png", number));
    Files.createDirectories(file.getParent());
    ImageIO.write(picture, "png", file.toFile());
  }

  /** As the command does it: image after image. */
  private static String evaluated(Path data) throws IOException {
    Dataset dataset = Dataset.read(data);
    HydraNet net = HydraNet.load(Path.of(weights), Threads.of(1));
    Scores scores = new Scores(5);
    for (Dataset.Sample sample : dataset.samples()) {
      if (!sample.image().endsWith("99.png")) {
        scores.addAll(
            Comparison.of(net, sample, PredictOptions.DEFAULT)
                .scores(5, dataset.description().depthScale()));
      }
    }
    return new ScoreTable(scores, net.metadata().classNames()).json(weights, data, 40, 1);
  }

  @Test
  void predictVideoJoinsThePartsInOrder() throws Exception {
    assumeTrue(isThere("ffmpeg") && isThere("ffprobe"));
    Path in = folder.resolve("in.mp4");
    ffmpeg(
        ("-f lavfi -i testsrc=size=64x48:rate=25:duration=4 -f lavfi -i sine=duration=4"
                + " -g 20 -c:v libx264 -bf 2 -c:a aac -shortest ")
            + in);
    Path out = folder.resolve("out.mkv");
    String said =
        run(0, new PredictVideo(), in, out, "--weights", weights, "--view", "depth", "--part", 1);
    assertThat(said).isEqualTo(out + ": 100 frames, made in 3 parts\n");
    // Its frames are those of one part, at the same times.
    Path whole = folder.resolve("whole.mkv");
    run(0, new PredictVideo(), in, whole, "--weights", weights, "--view", "depth", "--part", 99);
    assertThat(times(out)).hasSize(100).isEqualTo(times(whole));
    assertThat(similarity(out, whole)).isGreaterThan(0.95);
    assertThat(probe(out, "a:0", "stream=codec_name")).containsExactly("aac");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.filter(file -> file.toString().contains(".parts-"))).isEmpty();
    }
  }

  private static boolean isThere(String program) throws InterruptedException {
    try {
      return new ProcessBuilder(program, "-version")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private static List<String> times(Path video) throws Exception {
    return probe(video, "v:0", "frame=pts_time");
  }

  private static List<String> probe(Path video, String stream, String entries) throws Exception {
    String arguments =
        "-v error -select_streams " + stream + " -show_entries " + entries + " -of csv=p=0 ";
    return output("ffprobe " + arguments + video)
        .lines()
        .map(line -> line.replace(",", ""))
        .filter(line -> !line.isBlank()) // of side data
        .toList();
  }

  /** SSIM over all frames. */
  private static double similarity(Path one, Path other) throws Exception {
    String said = ffmpeg("-i " + one + " -i " + other + " -lavfi ssim -f null -");
    return Double.parseDouble(said.replaceAll("(?s).*All:([0-9.]+).*", "$1"));
  }

  private static String ffmpeg(String arguments) throws Exception {
    return output("ffmpeg -y " + arguments);
  }

  private static String output(String command) throws Exception {
    Process process = new ProcessBuilder(command.split(" ")).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String text = new String(process.getInputStream().readAllBytes());
    assertThat(process.waitFor()).as(text).isZero();
    return text;
  }
}
