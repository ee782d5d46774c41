package dev.hydranet.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The line of docs/spark.md, with the jar that the build makes for it. */
@Tag("cluster")
class SubmitTest {
  private static final String JOB = "dev.hydranet.spark.jobs.PredictFolder";

  @TempDir Path folder;

  @Test
  void theLineForALaptopWritesParquet() throws Exception {
    Path photos = photos(12);
    Path scenes = folder.resolve("scenes");
    List<String> command =
        submitted(
            "--master", "local[*]", "--class", JOB, jar(), photos.toString(), scenes.toString());
    String said = run(command);
    assertThat(said).contains(scenes + ": 12 images, 0 of them with a scene.error");
    assertThat(said).doesNotContain("HydraNet is slow");
    assertSameAsHere(photos, scenes, SharedNetwork.BUNDLED);
  }

  @Test
  void aDriverWithoutVectorsLetsExecutorsComputeWithThem() throws Exception {
    Path photos = photos(12);
    Path scenes = folder.resolve("scenes");
    String weights = SmallNetwork.write(folder.resolve("small.safetensors"));
    List<String> command =
        new ArrayList<>(
            submitted(
                "--master",
                "local-cluster[1,1,1024]",
                "--conf",
                "spark.driver.host=127.0.0.1",
                "--conf",
                "spark.hydranet.requireSimd=true",
                "--driver-java-options",
                "-XX:TieredStopAtLevel=1", // starts sooner
                "--class",
                JOB,
                jar(),
                photos.toString(),
                scenes.toString(),
                "--weights",
                weights));
    assertThat(command.removeIf(word -> word.contains("jdk.incubator.vector"))).isTrue();
    String said = run(command);
    assertThat(said).contains(scenes + ": 12 images, 0 of them with a scene.error");
    assertSameAsHere(photos, scenes, weights);
  }

  private Path photos(int count) throws IOException {
    Path photos = folder.resolve("photos");
    SmallNetwork.writeImages(photos, 0, count);
    return photos;
  }

  private static String jar() {
    return System.getProperty("hydranet.all.jar");
  }

  /** The command that Spark's launcher makes of the arguments of spark-submit. */
  private static List<String> submitted(String... arguments) throws Exception {
    Path jars = LocalCluster.home().resolve("jars");
    List<String> launcher =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                jars + "/*",
                "org.apache.spark.launcher.Main",
                "org.apache.spark.deploy.SparkSubmit"));
    launcher.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(launcher).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String words = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    // Spark's script reads the words the same way: after a line with a zero byte, each ends with
    // one.
    return new ArrayList<>(
        Stream.of(words.split("\0")).map(String::strip).filter(word -> !word.isEmpty()).toList());
  }

  private static String run(List<String> command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }

  private static void assertSameAsHere(Path photos, Path scenes, String weights)
      throws IOException {
    SparkSession spark = LocalCluster.twoExecutors();
    String order = "SELECT path, scene FROM %s ORDER BY path";
    List<Row> written = spark.sql(String.format(order, "parquet.`" + scenes + "`")).collectAsList();
    new HydraNetTransformer()
        .setWeights(weights)
        .transform(spark.read().format("binaryFile").load(photos.toString()))
        .createOrReplaceTempView("here");
    List<Row> here = spark.sql(String.format(order, "here")).collectAsList();
    assertThat(written).hasSize(12);
    assertThat(written.toString()).isEqualTo(here.toString());
  }
}
