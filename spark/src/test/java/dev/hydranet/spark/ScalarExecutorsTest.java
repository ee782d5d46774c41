package dev.hydranet.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Executors without SIMD kernels: they warn once, or fail. */
@Tag("cluster")
class ScalarExecutorsTest {
  @TempDir Path folder;

  @Test
  void theyWarnOnceOrFail() throws IOException {
    Map<String, String> scalar =
        Map.of("spark.executor.extraJavaOptions", "-Ddev.hydranet.vectorBits=0");
    SparkSession spark = LocalCluster.start(scalar);
    try {
      String weights = SmallNetwork.write(folder.resolve("small.safetensors"));
      Path images = folder.resolve("images");
      SmallNetwork.writeImages(images, 0, 40);
      Dataset<Row> files = spark.read().format("binaryFile").load(images.toString()).repartition(8);
      HydraNetTransformer slow = new HydraNetTransformer().setWeights(weights);
      assertThat(slow.transform(files).where("scene.error is null").count()).isEqualTo(40);
      assertThat(warnings(spark.sparkContext().applicationId()))
          .isNotEmpty()
          .allSatisfy(count -> assertThat(count).isLessThanOrEqualTo(1))
          .contains(1L);

      spark.sparkContext().conf().set(SharedNetwork.REQUIRE_SIMD, "true");
      Dataset<Row> refused = new HydraNetTransformer().setWeights(weights).transform(files);
      assertThatThrownBy(refused::collectAsList)
          .hasStackTraceContaining("this executor has no SIMD kernels");
    } finally {
      spark.stop();
    }
  }

  /** How many warnings each executor has logged. */
  private static List<Long> warnings(String application) throws IOException {
    List<Long> counts = new ArrayList<>();
    Path work = Path.of(System.getenv("SPARK_HOME"), "work", application);
    try (Stream<Path> executors = Files.list(work)) {
      for (Path executor : executors.toList()) {
        try (Stream<String> lines = Files.lines(executor.resolve("stderr"))) {
          counts.add(lines.filter(line -> line.contains("HydraNet is slow")).count());
        }
      }
    }
    return counts;
  }
}
