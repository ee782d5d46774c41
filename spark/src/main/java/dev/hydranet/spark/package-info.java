/**
 * HydraNet on Spark: {@link dev.hydranet.spark.HydraNetTransformer} turns a column of image files
 * into a column of what the network sees, in Spark ML, SQL and Structured Streaming.
 */
package dev.hydranet.spark;
