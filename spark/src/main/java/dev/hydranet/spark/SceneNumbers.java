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
    float[] sorted = new float[metres.length];
    int count = 0;
    double sum = 0;
    for (float depth : metres) {
      if (Float.isFinite(depth)) {
        sorted[count++] = depth;
        sum += depth;
      }
    }
    if (count == 0) {
      return null;
    }
    Arrays.sort(sorted, 0, count);
    double median = ((double) sorted[(count - 1) / 2] + sorted[count / 2]) / 2;
    return RowFactory.create((double) sorted[0], (double) sorted[count - 1], sum / count, median);
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
