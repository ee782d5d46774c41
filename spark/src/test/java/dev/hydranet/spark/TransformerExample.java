package dev.hydranet.spark;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** What docs/spark.md shows. */
final class TransformerExample {
  private TransformerExample() {}

  static void write(SparkSession spark, String photos, String scenes) {
    Dataset<Row> images = spark.read().format("binaryFile").load(photos);
    new HydraNetTransformer()
        .setOutputs("shares", "depthStatistics", "overlayPng")
        .transform(images)
        .selectExpr("path", "scene.shares['road'] AS road", "scene.depthStatistics.median", "scene")
        .write()
        .parquet(scenes);
  }
}
