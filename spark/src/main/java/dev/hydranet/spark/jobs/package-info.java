/** Jobs for {@code spark-submit}: pictures, scores and videos of many images on many machines. */
package dev.hydranet.spark.jobs;
