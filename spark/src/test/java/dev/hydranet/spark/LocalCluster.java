package dev.hydranet.spark;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.spark.sql.SparkSession;

/**
 * Clusters on this machine: real workers, whose executors are JVMs. A JVM has one at a time, and
 * tests share it, because each takes seconds to start.
 */
public final class LocalCluster {
  /** Two workers, each with one executor of one core and 1024 MB. */
  public static final String TWO_EXECUTORS = "local-cluster[2,1,1024]";

  /** An executor of two cores. */
  static final String TWO_CORES = "local-cluster[1,2,1024]";

  private static SparkSession running;
  private static Map<String, String> runningSettings;

  private LocalCluster() {}

  /** A folder like that of a distribution of Spark, whose jars are links to those of the tests. */
  static Path home() {
    Path home = Path.of(System.getenv("SPARK_HOME"));
    Path project = Path.of("").toAbsolutePath().getParent();
    try {
      Path jars = Files.createDirectories(home.resolve("jars"));
      for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
        Path jar = Path.of(entry);
        String name = jar.getFileName().toString();
        boolean ours = jar.startsWith(project) || name.matches("(picocli|progressbar|jline)-.*");
        if (name.endsWith(".jar") && !ours && !Files.exists(jars.resolve(name))) {
          Files.createSymbolicLink(jars.resolve(name), jar);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return home;
  }

  /** The cluster of two executors. */
  public static SparkSession twoExecutors() {
    return start(TWO_EXECUTORS, Map.of());
  }

  /** A cluster with settings, which replaces one with others. */
  static synchronized SparkSession start(String master, Map<String, String> settings) {
    if (running != null) {
      if (running.sparkContext().master().equals(master) && settings.equals(runningSettings)) {
        return running;
      }
      running.stop();
    }
    Path home = home();
    SparkSession.Builder builder =
        SparkSession.builder()
            .master(master)
            .appName("test")
            .config("spark.executor.extraClassPath", System.getProperty("java.class.path"))
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.log.level", "WARN")
            .config("spark.ui.enabled", "false")
            // No task starts before all executors are there.
            .config("spark.scheduler.minRegisteredResourcesRatio", "1")
            .config("spark.sql.shuffle.partitions", "2")
            // Small files: a few tasks instead of one for every 32 files.
            .config("spark.sql.files.openCostInBytes", "262144")
            .config("spark.sql.warehouse.dir", home.resolve("warehouse").toUri().toString());
    settings.forEach(builder::config);
    running = builder.getOrCreate();
    runningSettings = Map.copyOf(settings);
    return running;
  }

  /** After the last test. */
  static synchronized void stop() {
    if (running != null) {
      running.stop();
      running = null;
    }
  }
}
