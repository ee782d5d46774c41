package dev.hydranet.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hydranet.PredictOptions;
import dev.hydranet.network.Task;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.param.Param;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.Trigger;
import org.apache.spark.sql.types.DataTypes;
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
    spark = LocalCluster.twoExecutors();
    weights = SmallNetwork.write(shared.resolve("small.safetensors"));
    few = shared.resolve("few");
    SmallNetwork.writeImages(few, 0, FEW);
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
    Path broken = Files.createFile(folder.resolve("broken"));
    SmallNetwork.writeImages(incoming, 0, 10);
    stream(incoming, folder.resolve("missing")).awaitTermination();
    SmallNetwork.writeImages(incoming, 10, 20);
    // A task of the fourth batch fails as often as it is tried, when others have written files.
    StreamingQuery failing = stream(incoming, broken);
    assertThatThrownBy(failing::awaitTermination).hasStackTraceContaining("broken on purpose");
    SmallNetwork.writeImages(incoming, 20, 25);
    Files.delete(broken);
    stream(incoming, broken).awaitTermination();
    List<Row> rows = spark.read().parquet(folder.resolve("found").toString()).collectAsList();
    assertThat(answers(rows)).hasSize(25).isEqualTo(SmallNetwork.loop(weights, incoming));
  }

  /**
   * A new query that goes on where the checkpoint says, as after a stop of the driver. It fails at
   * an image as long as a file is there.
   */
  private StreamingQuery stream(Path incoming, Path broken) throws Exception {
    String file = broken.toString();
    UDF1<String, String> failing =
        path -> {
          if (path.endsWith("00013.ppm") && Files.exists(Path.of(file))) {
            throw new IOException("broken on purpose");
          }
          return path;
        };
    Dataset<Row> images =
        spark
            .readStream()
            .format("binaryFile")
            .schema(images(few).schema())
            .option("maxFilesPerTrigger", 4)
            .load(incoming.toString());
    return transformer()
        .transform(images)
        .select(
            functions
                .udf(failing, DataTypes.StringType)
                .asNondeterministic()
                .apply(functions.col("path"))
                .as("path"),
            functions.col("scene"))
        .writeStream()
        .format("parquet")
        .option("checkpointLocation", folder.resolve("checkpoint").toString())
        .trigger(Trigger.AvailableNow())
        .start(folder.resolve("found").toString());
  }

  @Test
  void aSavedTransformerSeesTheSame() throws IOException {
    HydraNetTransformer saved =
        transformer().setHeight("5").setOnError("fail").setTasks("segm", "depth");
    Path alone = folder.resolve("transformer");
    saved.write().overwrite().save(alone.toString());
    HydraNetTransformer loaded = HydraNetTransformer.load(alone.toString());
    assertThat(loaded.uid()).isEqualTo(saved.uid());
    for (Param<?> param : saved.params()) {
      Object value = loaded.getOrDefault(loaded.getParam(param.name()));
      assertThat(value).as(param.name()).isEqualTo(saved.getOrDefault(param));
    }

    Path pipeline = folder.resolve("pipeline");
    new Pipeline().setStages(new PipelineStage[] {saved}).save(pipeline.toString());
    PipelineModel fitted = Pipeline.load(pipeline.toString()).fit(images(few));
    List<Row> rows = fitted.transform(images(few)).select("path", "scene").collectAsList();
    List<Row> expected = saved.transform(images(few)).select("path", "scene").collectAsList();
    assertThat(answers(rows)).hasSize(FEW).isEqualTo(answers(expected));
  }

  @Test
  void heightShrinksTheImage() throws IOException {
    Map<String, String> lower =
        answers(
            transformer()
                .setHeight("4")
                .transform(images(few))
                .select("path", "scene")
                .collectAsList());
    assertThat(lower)
        .isEqualTo(SmallNetwork.loop(weights, few, PredictOptions.ofHeight("4")))
        .isNotEqualTo(SmallNetwork.loop(weights, few));
  }

  @Test
  void weightsThatCannotBeUsedAreNamed() throws IOException {
    Path missing = folder.resolve("missing.safetensors");
    assertThatThrownBy(
            () -> new HydraNetTransformer().setWeights(missing.toString()).transform(images(few)))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining(missing.toString())
        .message()
        .doesNotContain("\n");
    Path wrong = Files.writeString(folder.resolve("wrong.safetensors"), "no weights at all");
    assertThatThrownBy(
            () -> new HydraNetTransformer().setWeights(wrong.toString()).transform(images(few)))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageStartingWith(wrong + ": ")
        .message()
        .doesNotContain("\n");
  }

  @Test
  void tasksThatTheWeightsLackAreNamed() throws IOException {
    String flat =
        SmallNetwork.write(folder.resolve("flat.safetensors"), EnumSet.of(Task.SEGM, Task.DEPTH));
    assertThatThrownBy(
            () ->
                new HydraNetTransformer("eyes")
                    .setWeights(flat)
                    .setOutputs("normalsPng")
                    .transform(images(few)))
        .hasMessage(
            "eyes, outputs: expected outputs of the weights' tasks segm, depth, found normalsPng,"
                + " which needs normal");
    assertThatThrownBy(
            () ->
                new HydraNetTransformer("eyes")
                    .setWeights(flat)
                    .setTasks("normal")
                    .transform(images(few)))
        .hasMessage("eyes, tasks: expected some of the weights' tasks segm, depth, found normal");
  }

  @Test
  void whatTravelsIsSmall() throws Exception {
    SharedNetwork network = SharedNetwork.of(spark, SharedNetwork.BUNDLED);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(network);
    }
    assertThat(bytes.size()).isLessThan(2000);
  }

  @Test
  void eachJvmHasOneNetwork() throws IOException {
    SharedNetwork network = SharedNetwork.of(spark, weights);
    List<String> found = networks(spark, network, 24);
    assertThat(found).hasSize(24);
    assertThat(Set.copyOf(found)).as("one for each of two executors").hasSize(2);
  }

  /** Of each task, its JVM and the network that it got. */
  static List<String> networks(SparkSession spark, SharedNetwork network, int tasks) {
    return JavaSparkContext.fromSparkContext(spark.sparkContext())
        .parallelize(IntStream.range(0, tasks).boxed().toList(), tasks)
        .map(
            i -> {
              int id = System.identityHashCode(network.get());
              Thread.sleep(20); // so that all executors get tasks
              return ProcessHandle.current().pid() + " " + id;
            })
        .collect();
  }
}
