package dev.hydranet.spark;

import dev.hydranet.HydraNet;
import dev.hydranet.Scene;
import dev.hydranet.engine.Engine;
import dev.hydranet.engine.Threads;
import dev.hydranet.images.Images;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Images a second and images a second of processor time, of JPEG files of 320 x 240 pixels with the
 * model in the box: a loop of predict on one thread alone, two such JVMs at once, two executors of
 * one core each that write Parquet, and the loop alone again. No test: docs/spark.md has the
 * command.
 */
final class Throughput {
  private static final int IMAGES = 1600;
  private static final int WARM_UP_IMAGES = 400;
  private static final int WARM_UP_PASSES = 2;
  private static final int WARM_UP_SECONDS = 10;
  private static final int LOOP_SECONDS = 20;
  private static final double SECOND = 1e9; // in nanoseconds

  private Throughput() {}

  /** Images a second, and a second of the time of all processors. */
  private record Rate(double wall, double processor) {
    static Rate of(int images, long start, Duration processor) {
      return new Rate(
          images * SECOND / (System.nanoTime() - start), images * SECOND / processor.toNanos());
    }

    /** Of two that run at the same time. */
    Rate plus(Rate other) {
      return new Rate(wall + other.wall, (processor + other.processor) / 2);
    }

    void print(String what, Rate loop) {
      System.out.printf(
          Locale.ROOT,
          "%-28s %6.2f images/s, %5.1f %% of twice the loop; %6.2f images a processor-second%n",
          what,
          wall,
          100 * wall / (2 * loop.wall),
          processor);
    }
  }

  public static void main(String[] arguments) throws Exception {
    if (arguments.length == 1) {
      Rate rate = loop(Path.of(arguments[0]));
      System.out.println(rate.wall + " " + rate.processor);
      return;
    }
    System.out.println(Engine.info().reason());
    Path folder = Files.createTempDirectory("hydranet-throughput-");
    Path warmUp = pictures(folder.resolve("warm-up"), WARM_UP_IMAGES);
    Path photos = pictures(folder.resolve("photos"), IMAGES);
    Rate before = loop(warmUp, 1);
    Rate two = loop(warmUp, 2);
    Rate cluster = cluster(warmUp, photos, folder.resolve("scenes"));
    Rate after = loop(warmUp, 1);
    Rate loop = new Rate((before.wall + after.wall) / 2, (before.processor + after.processor) / 2);
    before.print("loop on one thread, before", loop);
    after.print("loop on one thread, after", loop);
    two.print("two JVMs that loop", loop);
    cluster.print("two executors", loop);
  }

  private static Path pictures(Path folder, int count) throws IOException {
    Files.createDirectory(folder);
    for (int i = 0; i < count; i++) {
      ImageIO.write(picture(i), "jpg", folder.resolve(i + ".jpg").toFile());
    }
    return folder;
  }

  private static BufferedImage picture(int seed) {
    BufferedImage image = new BufferedImage(320, 240, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        int red = (x + seed) % 256;
        int green = (x / 16 + y / 16 + seed) % 2 == 0 ? 90 : 150;
        image.setRGB(x, y, red << 16 | green << 8 | 255 * y / image.getHeight());
      }
    }
    return image;
  }

  /** JVMs that loop at the same time, together. */
  private static Rate loop(Path photos, int jvms) throws Exception {
    List<Process> running = new ArrayList<>();
    for (int i = 0; i < jvms; i++) {
      running.add(
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "--add-modules=jdk.incubator.vector",
                  "-Xmx1g",
                  "-cp",
                  System.getProperty("java.class.path"),
                  Throughput.class.getName(),
                  photos.toString())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start());
    }
    Rate sum = null;
    for (Process process : running) {
      String[] numbers = new String(process.getInputStream().readAllBytes()).split("\\s");
      Rate rate = new Rate(Double.parseDouble(numbers[0]), Double.parseDouble(numbers[1]));
      sum = sum == null ? rate : sum.plus(rate);
    }
    return sum;
  }

  private static Rate loop(Path photos) throws IOException {
    HydraNet net = HydraNet.bundled(Threads.of(1));
    List<Path> files;
    try (Stream<Path> all = Files.list(photos)) {
      files = all.toList();
    }
    predict(net, files, WARM_UP_SECONDS);
    return predict(net, files, LOOP_SECONDS);
  }

  private static Rate predict(HydraNet net, List<Path> files, int seconds) throws IOException {
    Duration processor = processor(ProcessHandle.current());
    long start = System.nanoTime();
    int images = 0;
    float depths = 0;
    while (System.nanoTime() - start < seconds * SECOND) {
      Scene scene = net.predict(Images.read(files.get(images++ % files.size())));
      depths += scene.depth().metresAt(0, 0);
    }
    if (Float.isNaN(depths)) {
      throw new IllegalStateException("the model in the box has no answer");
    }
    return Rate.of(images, start, processor(ProcessHandle.current()).minus(processor));
  }

  private static Rate cluster(Path warmUp, Path photos, Path out) {
    // Spark's own default, which the tests change.
    Map<String, String> settings = Map.of("spark.sql.files.openCostInBytes", "4194304");
    SparkSession spark = LocalCluster.start(LocalCluster.TWO_EXECUTORS, settings);
    try {
      for (int pass = 0; pass < WARM_UP_PASSES; pass++) {
        scenes(spark, warmUp).write().mode("overwrite").parquet(out.toString());
      }
      Duration processor = executors();
      long start = System.nanoTime();
      scenes(spark, photos).write().mode("overwrite").parquet(out.toString());
      return Rate.of(IMAGES, start, executors().minus(processor));
    } finally {
      spark.stop();
    }
  }

  private static Dataset<Row> scenes(SparkSession spark, Path photos) {
    return new HydraNetTransformer()
        .transform(spark.read().format("binaryFile").load(photos.toString()))
        .select("path", "scene");
  }

  /** The time of the executors, which are processes that the driver started. */
  private static Duration executors() {
    return ProcessHandle.current()
        .children()
        .map(Throughput::processor)
        .reduce(Duration.ZERO, Duration::plus);
  }

  private static Duration processor(ProcessHandle process) {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }
}
