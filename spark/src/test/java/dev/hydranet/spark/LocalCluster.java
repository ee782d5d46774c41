package dev.hydranet.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.spark.sql.SparkSession;

/** A cluster of two workers on this machine, each with one executor: a JVM of one core. */
public final class LocalCluster {
  private LocalCluster() {}

  public static SparkSession start(Map<String, String> settings) {
    Path home = Path.of(System.getenv("SPARK_HOME"));
    try {
      // Workers insist on this folder. What executors need is on the class path of the tests.
      Files.createDirectories(home.resolve("jars"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    SparkSession.Builder builder =
        SparkSession.builder()
            .master("local-cluster[2,1,1024]")
            .appName("test")
            .config("spark.executor.extraClassPath", System.getProperty("java.class.path"))
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.ui.enabled", "false")
            .config("spark.sql.shuffle.partitions", "2")
            .config("spark.sql.warehouse.dir", home.resolve("warehouse").toUri().toString());
    settings.forEach(builder::config);
    return builder.getOrCreate();
  }
}
