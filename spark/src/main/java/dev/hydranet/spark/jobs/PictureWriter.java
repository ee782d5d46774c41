package dev.hydranet.spark.jobs;

import dev.hydranet.spark.SceneOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Writes the pictures of each row, named after the image's path below the input's folder: {@code
 * a/b.jpg} has {@code a/b.jpg_overlay.png}. A task that runs twice writes the same files; a file is
 * whole or not there.
 */
final class PictureWriter implements MapFunction<Row, Row> {
  private static final long serialVersionUID = 1;

  private final SerializableConfiguration hadoop;
  private final String input; // a path, from the root of its file system
  private final String pictures;
  private final SceneOutput[] outputs;

  private PictureWriter(
      SerializableConfiguration hadoop, String input, String pictures, SceneOutput[] outputs) {
    this.hadoop = hadoop;
    this.input = input;
    this.pictures = pictures;
    this.outputs = outputs;
  }

  static PictureWriter of(
      SparkSession spark, String input, String pictures, List<SceneOutput> outputs) {
    SerializableConfiguration hadoop =
        new SerializableConfiguration(spark.sparkContext().hadoopConfiguration());
    try {
      Path folder = new Path(input);
      Path whole = folder.getFileSystem(hadoop.value()).makeQualified(folder);
      Path target = new Path(pictures);
      return new PictureWriter(
          hadoop,
          whole.toUri().getPath(),
          target.getFileSystem(hadoop.value()).makeQualified(target).toString(),
          outputs.toArray(SceneOutput[]::new));
    } catch (IOException e) {
      throw new IllegalArgumentException(input + " or " + pictures + ": " + e.getMessage(), e);
    }
  }

  @Override
  public Row call(Row row) throws IOException {
    Row scene = row.getAs("scene");
    if (scene.getAs("error") == null) {
      String name = relative(row.getAs("path"));
      for (SceneOutput output : outputs) {
        String suffix = output.field().substring(0, output.field().length() - "Png".length());
        write(name + "_" + suffix + ".png", scene.getAs(output.field()));
      }
    }
    return row;
  }

  private String relative(String image) {
    String path = new Path(image).toUri().getPath();
    return path.startsWith(input + "/")
        ? path.substring(input.length() + 1)
        : path.substring(path.lastIndexOf('/') + 1);
  }

  private void write(String name, byte[] png) throws IOException {
    Path file = new Path(new Path(pictures), new Path(null, null, name));
    FileSystem files = file.getFileSystem(hadoop.value());
    Path pending = new Path(file.getParent(), "." + file.getName() + ".pending");
    // What an executor left that was killed is overwritten by the next attempt.
    try (OutputStream out = files.create(pending, true)) {
      out.write(png);
    }
    files.delete(file, false);
    if (!files.rename(pending, file)) {
      files.delete(pending, false);
      if (!files.exists(file)) {
        throw new IOException(file + ": cannot be written");
      }
    }
  }
}
