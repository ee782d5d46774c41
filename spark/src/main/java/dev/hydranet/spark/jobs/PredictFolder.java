package dev.hydranet.spark.jobs;

import dev.hydranet.images.Images;
import dev.hydranet.spark.HydraNetTransformer;
import dev.hydranet.spark.SceneOutput;
import dev.hydranet.spark.SharedNetwork;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A job: a folder of images in, Parquet and pictures out. */
@Command(
    name = "PredictFolder",
    mixinStandardHelpOptions = true,
    description = {
      "Look at all images below a folder, and write what the network sees as Parquet.",
      "IN and OUT are in any file system that Spark reads. Each image has a row: path, length,"
          + " and the struct scene. An image that cannot be read has its scene.error there."
    })
public final class PredictFolder implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "IN", description = "A folder of images, and of folders.")
  private String in;

  @Parameters(index = "1", paramLabel = "OUT", description = "A new folder for the Parquet files.")
  private String out;

  @Option(
      names = "--weights",
      paramLabel = "FILE",
      description = "A safetensors file; without it, the model in the box.")
  private String weights = SharedNetwork.BUNDLED;

  @Option(
      names = "--outputs",
      split = ",",
      paramLabel = "NAME,...",
      description =
          "The fields of scene, of shares, depthStatistics, labels, labelsPng, depth, depthPng,"
              + " normalsPng, overlayPng. Default: shares,depthStatistics, and with --pictures"
              + " overlayPng.")
  private List<String> outputs = new ArrayList<>();

  @Option(
      names = "--pictures",
      paramLabel = "DIR",
      description =
          "Write the outputs that are pictures as files here, instead of into the Parquet files.")
  private String pictures;

  @Option(
      names = "--height",
      paramLabel = "N|native",
      description =
          "Shrink taller images to N rows, or never; without it, to the height that the weights"
              + " were trained for.")
  private String height;

  @Option(names = "--fail", description = "Fail at the first image that cannot be read.")
  private boolean fail;

  /** For Spark's jobs, which {@link #main} runs. */
  public PredictFolder() {}

  /**
   * Runs the job.
   *
   * @param arguments as {@code --help} lists them
   */
  public static void main(String[] arguments) {
    Job.main(new PredictFolder(), arguments);
  }

  @Override
  public Integer call() {
    SparkSession spark = Job.session();
    UDF1<String, Boolean> isImage =
        path -> Images.isNamedAsImage(Path.of(path.substring(path.lastIndexOf('/') + 1)));
    Dataset<Row> images =
        spark
            .read()
            .format("binaryFile")
            .option("recursiveFileLookup", "true")
            .load(in)
            .where(functions.udf(isImage, DataTypes.BooleanType).apply(functions.col("path")));
    Dataset<Row> scenes =
        transformer().transform(images).select("path", "modificationTime", "length", "scene");
    if (pictures != null) {
      scenes = withoutPictures(spark, scenes);
    }
    scenes.write().parquet(out);

    Dataset<Row> written = spark.read().parquet(out);
    long all = written.count();
    long failed = written.where("scene.error is not null").count();
    spec.commandLine()
        .getOut()
        .println(
            String.format(
                Locale.ROOT, "%s: %d images, %d of them with a scene.error", out, all, failed));
    return 0;
  }

  private HydraNetTransformer transformer() {
    HydraNetTransformer transformer =
        new HydraNetTransformer().setWeights(weights).setOnError(fail ? "fail" : "report");
    if (height != null) {
      transformer.setHeight(height);
    }
    if (outputs.isEmpty() && pictures != null) {
      outputs.addAll(
          List.of(
              SceneOutput.SHARES.field(),
              SceneOutput.DEPTH_STATISTICS.field(),
              SceneOutput.OVERLAY_PNG.field()));
    }
    if (!outputs.isEmpty()) {
      transformer.setOutputs(outputs.toArray(String[]::new));
    }
    return transformer;
  }

  /** Pictures are written where they are made: one computation gives both, and none travels. */
  private Dataset<Row> withoutPictures(SparkSession spark, Dataset<Row> scenes) {
    List<SceneOutput> written =
        Arrays.stream(SceneOutput.values())
            .filter(output -> output.isPicture() && outputs.contains(output.field()))
            .toList();
    if (written.isEmpty()) {
      return scenes;
    }
    PictureWriter writer = PictureWriter.of(spark, in, pictures, written);
    Set<String> dropped = written.stream().map(SceneOutput::field).collect(Collectors.toSet());
    StructType scene = (StructType) scenes.schema().apply("scene").dataType();
    Column[] kept =
        Arrays.stream(scene.fieldNames())
            .filter(field -> !dropped.contains(field))
            .map(field -> functions.col("scene." + field))
            .toArray(Column[]::new);
    return scenes
        .map(writer, Encoders.row(scenes.schema()))
        .withColumn("scene", functions.struct(kept));
  }
}
