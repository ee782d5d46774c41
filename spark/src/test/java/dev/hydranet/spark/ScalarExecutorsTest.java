package dev.hydranet.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hydranet.images.Images;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.resource.ResourceProfile;
import org.apache.spark.resource.ResourceProfileBuilder;
import org.apache.spark.resource.TaskResourceRequests;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An executor of two cores without SIMD kernels: it warns once, or fails. */
@Tag("cluster")
@Order(Integer.MAX_VALUE) // after all that share the cluster of two executors
class ScalarExecutorsTest {
  private static final String WARNING = "HydraNet is slow on this executor";

  @TempDir static Path folder;

  private static SparkSession spark;
  private static String weights;
  private static Dataset<Row> images;

  @BeforeAll
  static void start() throws IOException {
    // Scalar kernels need no second compiler, and the executor starts sooner without it.
    String options = "-Ddev.hydranet.vectorBits=0 -XX:TieredStopAtLevel=1";
    Map<String, String> scalar = Map.of("spark.executor.extraJavaOptions", options);
    spark = LocalCluster.start(LocalCluster.TWO_CORES, scalar);
    weights = SmallNetwork.write(folder.resolve("small.safetensors"));
    Path few = folder.resolve("images");
    SmallNetwork.writeImages(few, 0, 40);
    images = spark.read().format("binaryFile").load(few.toString()).repartition(8);
  }

  @AfterAll
  static void stop() {
    LocalCluster.stop();
  }

  @Test
  void itWarnsOnce() throws IOException {
    HydraNetTransformer slow = new HydraNetTransformer().setWeights(weights);
    for (int job = 0; job < 2; job++) {
      assertThat(slow.transform(images).where("scene.error is null").count()).isEqualTo(40);
    }
    assertThat(warnings(spark.sparkContext().applicationId())).containsExactly(1L);
  }

  /** How many warnings each executor has logged. */
  private static List<Long> warnings(String application) throws IOException {
    List<Long> counts = new ArrayList<>();
    Path work = Path.of(System.getenv("SPARK_HOME"), "work", application);
    try (Stream<Path> executors = Files.list(work)) {
      for (Path executor : executors.toList()) {
        try (Stream<String> lines = Files.lines(executor.resolve("stderr"))) {
          counts.add(lines.filter(line -> line.contains(WARNING)).count());
        }
      }
    }
    return counts;
  }

  @Test
  void itFailsIfSimdIsRequired() {
    spark.sparkContext().conf().set(SharedNetwork.REQUIRE_SIMD, "true");
    try {
      Dataset<Row> refused = new HydraNetTransformer().setWeights(weights).transform(images);
      assertThatThrownBy(refused::collectAsList)
          .hasStackTraceContaining(
              "this executor has no SIMD kernels, and spark.hydranet.requireSimd is set");
    } finally {
      spark.sparkContext().conf().remove(SharedNetwork.REQUIRE_SIMD);
    }
  }

  @Test
  void tasksAtTheSameTimeShareANetwork() throws IOException {
    List<String> found = ClusterTest.networks(spark, SharedNetwork.of(spark, weights), 16);
    assertThat(found).hasSize(16);
    assertThat(Set.copyOf(found)).hasSize(1);
  }

  @Test
  void aTaskComputesOnItsCores() throws IOException {
    SharedNetwork network = SharedNetwork.of(spark, weights);
    byte[] image = SmallNetwork.image(4);
    ResourceProfile twoCores =
        new ResourceProfileBuilder().require(new TaskResourceRequests().cpus(2)).build();
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    assertThat(context.parallelize(List.of(1)).map(i -> threads(network, image)).first())
        .isEqualTo(1);
    assertThat(
            context
                .parallelize(List.of(1))
                .withResources(twoCores)
                .map(i -> threads(network, image))
                .first())
        .isEqualTo(2);
  }

  /** On how many threads an image is computed, by Java's flight recorder. */
  private static int threads(SharedNetwork network, byte[] image) throws IOException {
    Path file = Files.createTempFile("prediction", ".jfr");
    try (Recording recording = new Recording()) {
      recording.enable("dev.hydranet.Prediction");
      recording.start();
      network.get().predict(Images.read(image));
      recording.stop();
      recording.dump(file);
      List<RecordedEvent> events = RecordingFile.readAllEvents(file);
      assertThat(events).hasSize(1);
      return events.getFirst().getInt("threads");
    } finally {
      Files.delete(file);
    }
  }
}
