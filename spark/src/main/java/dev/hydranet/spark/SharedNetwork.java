package dev.hydranet.spark;

import dev.hydranet.BundledWeights;
import dev.hydranet.HydraNet;
import dev.hydranet.network.Task;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.fs.Path;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;

/**
 * A network on a cluster. Serialized, it is a few hundred bytes: the weights travel to each
 * executor once, as a broadcast, and each JVM makes one network of them, which all its tasks share.
 * A task computes on {@code spark.task.cpus} threads. Immutable.
 *
 * <pre>{@code
 * SharedNetwork shared = SharedNetwork.of(spark, "hdfs:///models/kitti.safetensors");
 * JavaRDD<Double> roads =
 *     images.map(file -> shared.get().predict(Images.read(file)).segmentation().coverage()[2]);
 * }</pre>
 */
public final class SharedNetwork implements Serializable {
  /** The weights of the model in the box. */
  public static final String BUNDLED = "bundled";

  /**
   * A setting of the Spark application: with {@code true}, an executor without SIMD kernels fails
   * its tasks. Otherwise it logs a warning once, and is slow.
   */
  public static final String REQUIRE_SIMD = "spark.hydranet.requireSimd";

  private static final long serialVersionUID = 1;

  private final Broadcast<byte[]> weights;
  private final String sha256;
  private final EnumSet<Task> tasks;
  private final ArrayList<String> classNames;
  private final boolean requireSimd;

  private SharedNetwork(
      Broadcast<byte[]> weights,
      String sha256,
      EnumSet<Task> tasks,
      List<String> classNames,
      boolean requireSimd) {
    this.weights = weights;
    this.sha256 = sha256;
    this.tasks = tasks;
    this.classNames = new ArrayList<>(classNames);
    this.requireSimd = requireSimd;
  }

  /**
   * Reads weights on the driver, which needs no SIMD kernels, and makes them known to executors.
   *
   * @param spark whose executors will use the network
   * @param weights a safetensors file in any file system that Spark reads, or {@link #BUNDLED}
   * @return the network, answering all its tasks
   * @throws IOException if they cannot be read, or are no HydraNet's; the message names them
   */
  public static SharedNetwork of(SparkSession spark, String weights) throws IOException {
    byte[] bytes = read(spark, weights);
    HydraNet net;
    try {
      net = HydraNet.load(bytes);
    } catch (IOException e) {
      throw new IOException(weights + ": " + e.getMessage(), e);
    }
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    return new SharedNetwork(
        context.broadcast(bytes),
        sha256(bytes),
        EnumSet.copyOf(net.tasks()),
        net.metadata().classNames(),
        context.getConf().getBoolean(REQUIRE_SIMD, false));
  }

  private static byte[] read(SparkSession spark, String weights) throws IOException {
    if (weights.equals(BUNDLED)) {
      try (InputStream in = BundledWeights.find().open()) {
        return in.readAllBytes();
      }
    }
    Path file = new Path(weights);
    try (InputStream in =
        file.getFileSystem(spark.sparkContext().hadoopConfiguration()).open(file)) {
      return in.readAllBytes();
    }
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /**
   * {@return the same weights, answering only some of their tasks}
   *
   * @param wanted of {@link #tasks}, at least one
   * @throws IllegalArgumentException if there is none, or one that the network does not have
   */
  public SharedNetwork withTasks(Set<Task> wanted) {
    if (wanted.isEmpty() || !tasks.containsAll(wanted)) {
      throw new IllegalArgumentException(
          "expected some of the network's tasks " + tasks + ", found " + wanted);
    }
    return new SharedNetwork(weights, sha256, EnumSet.copyOf(wanted), classNames, requireSimd);
  }

  /** {@return the tasks that are answered} */
  public Set<Task> tasks() {
    return EnumSet.copyOf(tasks);
  }

  /** {@return the names of the classes, in the order of their labels; known on the driver, too} */
  public List<String> classNames() {
    return List.copyOf(classNames);
  }

  /**
   * {@return the network of this JVM} The first caller loads it; others wait for that.
   *
   * @throws IllegalStateException if {@link #REQUIRE_SIMD} is set and this JVM has no SIMD kernels
   */
  public HydraNet get() {
    TaskContext task = TaskContext.get();
    int threads = task == null ? 1 : task.cpus();
    return ExecutorNetworks.get(sha256, weights::value, tasks, threads, requireSimd);
  }
}
