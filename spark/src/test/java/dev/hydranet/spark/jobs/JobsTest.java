package dev.hydranet.spark.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hydranet.images.Images;
import dev.hydranet.spark.LocalCluster;
import dev.hydranet.spark.SmallNetwork;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
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
    spark = LocalCluster.twoExecutors();
    weights = SmallNetwork.write(shared.resolve("small.safetensors"));
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
  void evalFolderHasTheDigitsOfEval() throws Exception {
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

    Object[] arguments = {"--weights", weights, "--data", data};
    assertThat(run(1, new EvalFolder(), arguments)).isEqualTo(hydranet(1, "eval", arguments));
    Object[] json = {"--weights", weights, "--data", data, "--json", "--tasks", "depth,normal"};
    assertThat(run(0, new EvalFolder(), json)).isEqualTo(hydranet(0, "eval", json));
  }

  /** What the command prints in its own JVM, on one thread. */
  private static String hydranet(int code, String command, Object... arguments) throws Exception {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(List.of("--add-modules=jdk.incubator.vector", "-cp"));
    line.add(System.getProperty("java.class.path"));
    line.addAll(List.of("dev.hydranet.cli.Main", command, "--threads", "1"));
    Stream.of(arguments).map(Object::toString).forEach(line::add);
    Process process =
        new ProcessBuilder(line).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(text).isEqualTo(code);
    return text;
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
    // Its frames are, bit for bit, those that one machine makes of the parts, one after another.
    List<String> one = new ArrayList<>();
    double[] cuts = {0, 1.6, 3.2, 99};
    for (int i = 0; i + 1 < cuts.length; i++) {
      Path part = folder.resolve("part" + i + ".mkv");
      video(in, part, "--from", cuts[i], "--for", cuts[i + 1] - cuts[i]);
      one.addAll(frames(part));
    }
    assertThat(frames(out)).hasSize(100).isEqualTo(one);
    // They are at the times of the whole, which differs as it is compressed as a whole.
    Path whole = folder.resolve("whole.mkv");
    video(in, whole);
    assertThat(times(out)).hasSize(100).isEqualTo(times(whole));
    assertThat(similarity(out, whole)).isGreaterThan(0.95);
    assertThat(probe(out, "a:0", "stream=codec_name")).containsExactly("aac");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.filter(file -> file.toString().contains(".parts-"))).isEmpty();
    }
  }

  private static void video(Path in, Path out, Object... selection) throws Exception {
    List<Object> arguments = new ArrayList<>(List.of(in, out, "--weights", weights));
    arguments.addAll(List.of("--view", "depth", "--smooth", 0));
    arguments.addAll(List.of(selection));
    hydranet(0, "video", arguments.toArray());
  }

  /** A checksum of the pixels of each frame. */
  private static List<String> frames(Path video) throws Exception {
    return output("ffmpeg -v error -i " + video + " -map 0:v -f framemd5 -")
        .lines()
        .filter(line -> !line.startsWith("#"))
        .map(line -> line.substring(line.lastIndexOf(',') + 1).strip())
        .toList();
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
