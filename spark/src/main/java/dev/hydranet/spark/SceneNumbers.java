package dev.hydranet.spark;

import dev.hydranet.Segmentation;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** What a scene says in numbers, as Spark's columns hold it. */
final class SceneNumbers {
  /** Of depths. */
  static final DataType STATISTICS =
      new StructType(
          new StructField[] {
            DataTypes.createStructField("min", DataTypes.DoubleType, false),
            DataTypes.createStructField("max", DataTypes.DoubleType, false),
            DataTypes.createStructField("mean", DataTypes.DoubleType, false),
            DataTypes.createStructField("median", DataTypes.DoubleType, false)
          });

  private static final int HALF = 16; // of a float's bits

  private SceneNumbers() {}

  /** By the classes' names, in the order of their labels. */
  static Map<String, Double> shares(Segmentation segmentation) {
    Map<String, Double> shares = new LinkedHashMap<>();
    double[] coverage = segmentation.coverage();
    for (int c = 0; c < coverage.length; c++) {
      shares.merge(segmentation.className(c), coverage[c], Double::sum);
    }
    return shares;
  }

  /** A row of {@link #STATISTICS}, or null without a finite depth. */
  static Row statistics(float[] metres) {
    int count = 0;
    double sum = 0;
    float min = Float.POSITIVE_INFINITY;
    float max = 0;
    for (float depth : metres) {
      if (Float.isFinite(depth)) {
        count++;
        sum += depth;
        min = Math.min(min, depth);
        max = Math.max(max, depth);
      }
    }
    if (count == 0) {
      return null;
    }
    double median = ((double) ranked(metres, (count - 1) / 2) + ranked(metres, count / 2)) / 2;
    return RowFactory.create((double) min, (double) max, sum / count, median);
  }

  /**
   * The finite depth of a given rank in ascending order. Depths are not negative, so that their
   * bits are in their order: found by counting the upper halves, then the lower ones.
   */
  private static float ranked(float[] metres, int rank) {
    int[] counts = new int[1 << HALF];
    for (float depth : metres) {
      if (Float.isFinite(depth)) {
        counts[Float.floatToRawIntBits(depth) >>> HALF]++;
      }
    }
    int upper = 0;
    int below = 0;
    while (below + counts[upper] <= rank) {
      below += counts[upper++];
    }
    Arrays.fill(counts, 0);
    for (float depth : metres) {
      int bits = Float.floatToRawIntBits(depth);
      if (bits >>> HALF == upper) {
        counts[bits & (1 << HALF) - 1]++;
      }
    }
    int lower = 0;
    while (below + counts[lower] <= rank) {
      below += counts[lower++];
    }
    return Float.intBitsToFloat(upper << HALF | lower);
  }

  /** There are at most 255 classes. */
  static byte[] bytes(int[] labels) {
    byte[] bytes = new byte[labels.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) labels[i];
    }
    return bytes;
  }

  static byte[] bytes(float[] numbers) {
    byte[] bytes = new byte[Math.multiplyExact(numbers.length, Float.BYTES)];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(numbers);
    return bytes;
  }
}
