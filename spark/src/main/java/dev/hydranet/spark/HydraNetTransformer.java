package dev.hydranet.spark;

import dev.hydranet.PredictOptions;
import dev.hydranet.network.Task;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.param.StringArrayParam;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * A transformer of Spark ML that looks at images: from a column with the bytes of image files, such
 * as {@code content} of the data source {@code binaryFile}, to a struct column.
 *
 * <pre>{@code
 * Dataset<Row> images = spark.read().format("binaryFile").load("photos");
 * Dataset<Row> scenes = new HydraNetTransformer().setOutputs("shares", "depth").transform(images);
 * scenes.select("path", "scene.shares", "scene.error").write().parquet("scenes");
 * }</pre>
 *
 * <p>The struct has the fields {@code error} (text: why an image could not be read; null if it
 * could), {@code height}, {@code width} (of the image) and one field for each of the {@link
 * SceneOutput outputs}; all but {@code error} are null where that is not.
 *
 * <p>Batch and streaming queries can use it. An image gives the same bits on every executor with
 * the same kernels. Weights travel as {@link SharedNetwork} says.
 */
public final class HydraNetTransformer extends Transformer implements DefaultParamsWritable {
  private static final long serialVersionUID = 1;

  private static final String[] DEFAULT_OUTPUTS = {
    SceneOutput.SHARES.field(), SceneOutput.DEPTH_STATISTICS.field()
  };
  private static final String REPORT = "report";
  private static final String FAIL = "fail";

  private final String uid;
  private final Param<String> inputCol;
  private final Param<String> outputCol;
  private final Param<String> weights;
  private final StringArrayParam tasks;
  private final StringArrayParam outputs;
  private final Param<String> height;
  private final Param<String> onError;

  /** The weights that were read last, and for which application. */
  private transient SharedNetwork network;

  private transient String networkKey;

  /** With a random identifier. */
  public HydraNetTransformer() {
    this(Identifiable$.MODULE$.randomUID("hydranet"));
  }

  /**
   * With an identifier, as Spark's readers need it.
   *
   * @param uid unique in a pipeline
   */
  public HydraNetTransformer(String uid) {
    this.uid = uid;
    inputCol = new Param<>(this, "inputCol", "the column with the bytes of image files");
    outputCol = new Param<>(this, "outputCol", "the struct column with what the network sees");
    weights = new Param<>(this, "weights", "a safetensors file in any file system, or 'bundled'");
    tasks = new StringArrayParam(this, "tasks", "answer only these: segm, depth, normal");
    outputs =
        new StringArrayParam(
            this, "outputs", "the struct's fields: " + Arrays.toString(SceneOutput.values()));
    height =
        new Param<>(
            this,
            "height",
            "shrink taller images to this number of rows, or 'native'; if not set, the height that"
                + " the weights were trained for");
    onError =
        new Param<>(
            this,
            "onError",
            "what an image that cannot be read does: 'report' its error in its row, or 'fail' the"
                + " job");
    setDefault(inputCol, "content");
    setDefault(outputCol, "scene");
    setDefault(weights, SharedNetwork.BUNDLED);
    setDefault(outputs, DEFAULT_OUTPUTS);
    setDefault(onError, REPORT);
  }

  @Override
  public String uid() {
    return uid;
  }

  /** {@return the parameter: the column with the bytes of image files; default: content} */
  public Param<String> inputCol() {
    return inputCol;
  }

  /** {@return the parameter: the struct column that is added; default: scene} */
  public Param<String> outputCol() {
    return outputCol;
  }

  /**
   * {@return the parameter: a safetensors file in any file system that Spark reads, or {@code
   * bundled} for the model in the box, the default}
   */
  public Param<String> weights() {
    return weights;
  }

  /**
   * {@return the parameter: tasks that are computed, of segm, depth and normal; if not set, those
   * that the outputs need}
   */
  public StringArrayParam tasks() {
    return tasks;
  }

  /** {@return the parameter: fields of {@link SceneOutput}; default: shares, depthStatistics} */
  public StringArrayParam outputs() {
    return outputs;
  }

  /**
   * {@return the parameter: the number of rows to which taller images are shrunk, or {@code
   * native}; if not set, the height that the weights were trained for}
   */
  public Param<String> height() {
    return height;
  }

  /**
   * {@return the parameter: {@code report}, the default, or {@code fail} the job for an image that
   * cannot be read}
   */
  public Param<String> onError() {
    return onError;
  }

  /**
   * Sets {@link #inputCol()}.
   *
   * @param column a column of type binary
   * @return this
   */
  public HydraNetTransformer setInputCol(String column) {
    return with(inputCol, column);
  }

  /**
   * Sets {@link #outputCol()}.
   *
   * @param column a name that the data do not have
   * @return this
   */
  public HydraNetTransformer setOutputCol(String column) {
    return with(outputCol, column);
  }

  /**
   * Sets {@link #weights()}.
   *
   * @param file a path, a URI, or {@code bundled}
   * @return this
   */
  public HydraNetTransformer setWeights(String file) {
    return with(weights, file);
  }

  /**
   * Sets {@link #tasks()}.
   *
   * @param labels of segm, depth, normal
   * @return this
   */
  public HydraNetTransformer setTasks(String... labels) {
    return with(tasks, labels);
  }

  /**
   * Sets {@link #outputs()}.
   *
   * @param fields names of {@link SceneOutput#field}
   * @return this
   */
  public HydraNetTransformer setOutputs(String... fields) {
    return with(outputs, fields);
  }

  /**
   * Sets {@link #height()}.
   *
   * @param rows a number from 1 on, or {@code native}
   * @return this
   */
  public HydraNetTransformer setHeight(String rows) {
    return with(height, rows);
  }

  /**
   * Sets {@link #onError()}.
   *
   * @param what {@code report} or {@code fail}
   * @return this
   */
  public HydraNetTransformer setOnError(String what) {
    return with(onError, what);
  }

  private <T> HydraNetTransformer with(Param<T> param, T value) {
    set(param, value);
    return this;
  }

  @Override
  public StructType transformSchema(StructType schema) {
    String in = getOrDefault(inputCol);
    String out = getOrDefault(outputCol);
    if (!Arrays.asList(schema.fieldNames()).contains(in)) {
      throw wrong(inputCol, "one of the columns " + Arrays.toString(schema.fieldNames()), in);
    }
    DataType type = schema.apply(in).dataType();
    if (!type.equals(DataTypes.BinaryType)) {
      throw wrong(inputCol, "a column of type binary", in + " of type " + type.simpleString());
    }
    if (Arrays.asList(schema.fieldNames()).contains(out)) {
      throw wrong(outputCol, "a name that is not taken", out);
    }
    return schema.add(out, type());
  }

  @Override
  public Dataset<Row> transform(Dataset<?> images) {
    transformSchema(images.schema(), true);
    return images.withColumn(
        getOrDefault(outputCol),
        function(images.sparkSession()).apply(images.col(getOrDefault(inputCol))));
  }

  /**
   * {@return a function of one column, the bytes of image files, whose value is the struct}
   *
   * @param spark where it will run
   * @throws IllegalArgumentException if a parameter is wrong, or the weights lack a task
   * @throws UncheckedIOException if the weights cannot be read
   */
  public UserDefinedFunction function(SparkSession spark) {
    List<SceneOutput> fields = fields();
    SceneFunction function = new SceneFunction(network(spark, fields), fields, rows(), isFailing());
    // Spark may call functions more often than once a row, unless they say that this is wrong.
    return functions.udf(function, type()).asNondeterministic();
  }

  /**
   * Registers {@link #function} for SQL: {@code SELECT path, hydranet(content).shares FROM photos}.
   *
   * @param spark the session whose SQL may use it
   * @param name of the function
   * @return the function
   */
  public UserDefinedFunction register(SparkSession spark, String name) {
    return spark.udf().register(name, function(spark));
  }

  private StructType type() {
    rows();
    isFailing();
    asked();
    return SceneFunction.schema(fields());
  }

  private List<SceneOutput> fields() {
    List<SceneOutput> fields = new ArrayList<>();
    for (String name : getOrDefault(outputs)) {
      SceneOutput field =
          SceneOutput.named(name)
              .orElseThrow(
                  () -> wrong(outputs, "some of " + Arrays.toString(SceneOutput.values()), name));
      if (!fields.contains(field)) {
        fields.add(field);
      }
    }
    Set<Task> asked = asked();
    if (!isSet(outputs) && !asked.isEmpty()) {
      fields.removeIf(field -> !asked.contains(field.task()));
    }
    for (SceneOutput field : fields) {
      if (!asked.isEmpty() && !asked.contains(field.task())) {
        throw wrong(outputs, "outputs of the tasks " + labels(asked), needing(field));
      }
    }
    return fields;
  }

  /** Empty if all that the outputs need. */
  private Set<Task> asked() {
    Set<Task> asked = EnumSet.noneOf(Task.class);
    if (isDefined(tasks)) {
      for (String label : getOrDefault(tasks)) {
        asked.add(
            Arrays.stream(Task.values())
                .filter(task -> task.label().equals(label))
                .findFirst()
                .orElseThrow(() -> wrong(tasks, "some of segm, depth, normal", label)));
      }
    }
    return asked;
  }

  private String rows() {
    if (!isDefined(height)) {
      return null;
    }
    String rows = getOrDefault(height);
    try {
      PredictOptions.ofHeight(rows);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(uid + ", height: " + e.getMessage(), e);
    }
    return rows;
  }

  private boolean isFailing() {
    String what = getOrDefault(onError);
    if (!what.equals(REPORT) && !what.equals(FAIL)) {
      throw wrong(onError, REPORT + " or " + FAIL, what);
    }
    return what.equals(FAIL);
  }

  private IllegalArgumentException wrong(Param<?> param, String expected, String found) {
    return new IllegalArgumentException(
        uid + ", " + param.name() + ": expected " + expected + ", found " + found);
  }

  private SharedNetwork network(SparkSession spark, List<SceneOutput> fields) {
    SharedNetwork all = allTasks(spark);
    Set<Task> needed = asked();
    if (!all.tasks().containsAll(needed)) {
      throw wrong(tasks, "some of the weights' tasks " + labels(all.tasks()), labels(needed));
    }
    for (SceneOutput field : fields) {
      if (!all.tasks().contains(field.task())) {
        String expected = "outputs of the weights' tasks " + labels(all.tasks());
        throw wrong(outputs, expected, needing(field));
      }
    }
    if (needed.isEmpty()) {
      fields.forEach(field -> needed.add(field.task()));
    }
    return all.withTasks(needed.isEmpty() ? all.tasks() : needed);
  }

  private static String needing(SceneOutput field) {
    return field + ", which needs " + field.task().label();
  }

  private static String labels(Set<Task> tasks) {
    return tasks.stream().map(Task::label).collect(Collectors.joining(", "));
  }

  /** Read once, however many batches a stream has. */
  private synchronized SharedNetwork allTasks(SparkSession spark) {
    String file = getOrDefault(weights);
    String key = spark.sparkContext().applicationId() + " " + file;
    if (!key.equals(networkKey)) {
      try {
        network = SharedNetwork.of(spark, file);
      } catch (IOException e) {
        throw new UncheckedIOException(e.getMessage(), e);
      }
      networkKey = key;
    }
    return network;
  }

  @Override
  public HydraNetTransformer copy(ParamMap extra) {
    return defaultCopy(extra);
  }

  /** {@return a reader of transformers that were saved} */
  public static MLReader<HydraNetTransformer> read() {
    return new DefaultParamsReader<>();
  }

  /**
   * {@return a transformer that was saved}
   *
   * @param path where
   */
  public static HydraNetTransformer load(String path) {
    return read().load(path);
  }
}
