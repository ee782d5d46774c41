package dev.hydranet.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.Trigger;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On two executors, what a loop on one machine finds: no row lost or doubled, the same bits. */
@Tag("cluster")
class ClusterTest {
  private static final int FEW = 60;

  @TempDir static Path shared;
  @TempDir Path folder;

  private static SparkSession spark;
  private static String weights;
  private static Path few;

  @BeforeAll
  static void start() throws IOException {
    spark = LocalCluster.start(Map.of());
    weights = SmallNetwork.write(shared.resolve("small.safetensors"));
    few = shared.resolve("few");
    SmallNetwork.writeImages(few, 0, FEW);
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  private static HydraNetTransformer transformer() {
    return new HydraNetTransformer().setWeights(weights).setOutputs("labels", "depth");
  }

  private static Dataset<Row> images(Path folder) {
    return spark.read().format("binaryFile").load(folder.toString());
  }

  /** What the rows say, by the images' names; fails for two of one image. */
  private static Map<String, String> answers(List<Row> rows) {
    Map<String, String> answers = new TreeMap<>();
    for (Row row : rows) {
      String path = row.getAs("path");
      Row scene = row.getAs("scene");
      assertThat(scene.<String>getAs("error")).isNull();
      String before =
          answers.put(
              path.substring(path.lastIndexOf('/') + 1),
              SmallNetwork.text(scene.getAs("labels"), scene.getAs("depth")));
      assertThat(before).as(path).isNull();
    }
    return answers;
  }

  @Test
  void tenThousandImagesHaveTheBitsOfALoop() throws IOException {
    Path many = folder.resolve("many");
    SmallNetwork.writeImages(many, 0, 10_000);
    List<Row> rows = transformer().transform(images(many)).select("path", "scene").collectAsList();
    assertThat(rows).hasSize(10_000);
    assertThat(answers(rows)).isEqualTo(SmallNetwork.loop(weights, many));
  }

  @Test
  void anExecutorThatIsKilledLosesNothing() throws IOException {
    Path marker = folder.resolve("killed");
    String once = marker.toString();
    UDF1<String, String> deadly =
        path -> {
          if (path.endsWith("00042.ppm")) {
            killOnce(once);
          }
          return path;
        };
    Dataset<Row> images =
        images(few)
            .repartition(12)
            .withColumn(
                "path",
                functions
                    .udf(deadly, DataTypes.StringType)
                    .asNondeterministic()
                    .apply(functions.col("path")));
    List<Row> rows = transformer().transform(images).select("path", "scene").collectAsList();
    assertThat(marker).exists();
    assertThat(answers(rows)).isEqualTo(SmallNetwork.loop(weights, few));
  }

  private static void killOnce(String marker) throws IOException {
    try {
      Files.createFile(Path.of(marker));
    } catch (FileAlreadyExistsException e) {
      return;
    }
    Runtime.getRuntime().halt(1);
  }

  @Test
  void aSkewedPartitionLosesNothing() throws IOException {
    Dataset<Row> skewed = images(few).repartition(8, functions.lit(1));
    List<Row> rows = transformer().transform(skewed).select("path", "scene").collectAsList();
    assertThat(answers(rows)).isEqualTo(SmallNetwork.loop(weights, few));
  }

  @Test
  void aCorruptImageHasItsErrorAndTheOthersTheirScenes() throws IOException {
    Path mixed = folder.resolve("mixed");
    SmallNetwork.writeImages(mixed, 0, 5);
    Files.writeString(mixed.resolve("corrupt.png"), "not a picture");
    Dataset<Row> scenes = transformer().transform(images(mixed));
    List<Row> bad = scenes.where("scene.error is not null").select("path", "scene").collectAsList();
    assertThat(bad).hasSize(1);
    assertThat(bad.get(0).<String>getAs("path")).endsWith("corrupt.png");
    Row scene = bad.get(0).getAs("scene");
    assertThat(scene.<String>getAs("error"))
        .isEqualTo("expected an image, found an unknown format");
    assertThat(scene.<byte[]>getAs("labels")).isNull();
    assertThat(scenes.where("scene.error is null").count()).isEqualTo(5);
  }

  @Test
  void aCorruptImageFailsTheJobIfThatIsAskedFor() throws IOException {
    Files.writeString(folder.resolve("corrupt.png"), "not a picture");
    Dataset<Row> scenes = transformer().setOnError("fail").transform(images(folder));
    assertThatThrownBy(scenes::collectAsList).hasStackTraceContaining("expected an image");
  }

  @Test
  void sqlHasAFunction() throws IOException {
    transformer().setOutputs("shares", "depthStatistics").register(spark, "hydranet");
    images(few).createOrReplaceTempView("photos");
    List<Row> rows =
        spark
            .sql(
                "SELECT s.height, s.width, aggregate(map_values(s.shares), 0D, (a, b) -> a + b),"
                    + " s.depthStatistics.min <= s.depthStatistics.median"
                    + " FROM (SELECT hydranet(content) AS s FROM photos)")
            .collectAsList();
    assertThat(rows).hasSize(FEW);
    assertThat(rows)
        .allSatisfy(
            row -> {
              assertThat(row.getInt(0)).isBetween(4, 8).isEqualTo(row.getInt(1));
              assertThat(row.getDouble(2)).isBetween(0.999999, 1.000001);
              assertThat(row.getBoolean(3)).isTrue();
            });
  }

  @Test
  void aStreamOverAFolderThatFillsSeesEachImageOnce() throws Exception {
    Path incoming = folder.resolve("incoming");
    Path found = folder.resolve("found");
    for (int round = 0; round < 3; round++) {
      SmallNetwork.writeImages(incoming, 10 * round, 10 * (round + 1));
      // As after a stop of the driver: a new query goes on where the checkpoint says.
      Dataset<Row> stream =
          spark
              .readStream()
              .format("binaryFile")
              .schema(images(few).schema())
              .option("maxFilesPerTrigger", 4)
              .load(incoming.toString());
      StreamingQuery query =
          transformer()
              .transform(stream)
              .select("path", "scene")
              .writeStream()
              .format("parquet")
              .option("checkpointLocation", folder.resolve("checkpoint").toString())
              .trigger(Trigger.AvailableNow())
              .start(found.toString());
      query.awaitTermination();
    }
    List<Row> rows = spark.read().parquet(found.toString()).collectAsList();
    assertThat(answers(rows)).isEqualTo(SmallNetwork.loop(weights, incoming));
  }
}
