package dev.hydranet.spark;

import dev.hydranet.HydraNet;
import dev.hydranet.engine.Engine;
import dev.hydranet.engine.Threads;
import dev.hydranet.images.Images;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Images a second: a loop on one thread, and two executors of one core each, on the same images of
 * 320 x 240 pixels with the model in the box. No test: docs/spark.md has the command.
 */
final class Throughput {
  private static final int IMAGES = 200;
  private static final int WARM_UP = 100;
  private static final int WARM_UP_PASSES = 3;

  private Throughput() {}

  public static void main(String[] arguments) throws IOException {
    Path folder = Files.createTempDirectory("hydranet-throughput-");
    for (int i = 0; i < IMAGES; i++) {
      ImageIO.write(picture(i), "jpg", folder.resolve(i + ".jpg").toFile());
    }
    double loop = loop(folder);
    double cluster = cluster(folder);
    System.out.printf(
        Locale.ROOT,
        "%s%nloop on one thread: %.2f images/s; two executors: %.2f images/s; %.1f %% of twice%n",
        Engine.info().reason(),
        loop,
        cluster,
        100 * cluster / (2 * loop));
  }

  private static BufferedImage picture(int seed) {
    BufferedImage image = new BufferedImage(320, 240, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        int red = (x + seed) * 255 / (image.getWidth() + IMAGES);
        int green = (x / 16 + y / 16 + seed) % 2 == 0 ? 90 : 150;
        image.setRGB(x, y, red << 16 | green << 8 | 255 * y / image.getHeight());
      }
    }
    return image;
  }

  private static double loop(Path folder) throws IOException {
    HydraNet net = HydraNet.bundled(Threads.of(1));
    List<Path> files;
    try (Stream<Path> all = Files.list(folder)) {
      files = all.toList();
    }
    for (Path file : files.subList(0, WARM_UP)) {
      net.predict(Images.read(file));
    }
    long start = System.nanoTime();
    for (Path file : files) {
      net.predict(Images.read(file));
    }
    return IMAGES / seconds(start);
  }

  private static double cluster(Path folder) {
    SparkSession spark = LocalCluster.start(Map.of("spark.log.level", "ERROR"));
    try {
      Dataset<Row> images = spark.read().format("binaryFile").load(folder.toString());
      Dataset<Row> scenes = new HydraNetTransformer().transform(images.repartition(20));
      for (int pass = 0; pass < WARM_UP_PASSES; pass++) {
        scenes.collectAsList(); // executors load the network and compile
      }
      long start = System.nanoTime();
      scenes.collectAsList();
      return IMAGES / seconds(start);
    } finally {
      spark.stop();
    }
  }

  private static double seconds(long start) {
    return (System.nanoTime() - start) / 1e9;
  }
}
