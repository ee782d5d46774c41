package dev.hydranet.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the parameters do to the schema; a wrong one is a line that says what was expected. */
class TransformerParamsTest {
  private static final StructType FILES =
      new StructType().add("path", DataTypes.StringType).add("content", DataTypes.BinaryType);

  static Stream<Arguments> wrongParams() {
    return Stream.of(
        wrong(
            t -> t.setInputCol("image"),
            "inputCol: expected one of the columns [path, content], found image"),
        wrong(
            t -> t.setInputCol("path"),
            "inputCol: expected a column of type binary, found path of type string"),
        wrong(
            t -> t.setOutputCol("path"),
            "outputCol: expected a name that is not taken, found path"),
        wrong(
            t -> t.setOutputs("shares", "colours"),
            "outputs: expected some of [shares, depthStatistics, labels, labelsPng, depth,"
                + " depthPng, normalsPng, overlayPng], found colours"),
        wrong(
            t -> t.setTasks("segm", "depths"),
            "tasks: expected some of segm, depth, normal, found depths"),
        wrong(
            t -> t.setTasks("segm").setOutputs("shares", "depth"),
            "outputs: expected outputs of the tasks segm, found depth, which needs depth"),
        wrong(t -> t.setHeight("0"), "height: expected a number of rows, or native, found '0'"),
        wrong(
            t -> t.setHeight("tall"), "height: expected a number of rows, or native, found 'tall'"),
        wrong(t -> t.setOnError("skip"), "onError: expected report or fail, found skip"));
  }

  private static Arguments wrong(UnaryOperator<HydraNetTransformer> change, String message) {
    return Arguments.of(change, message);
  }

  @ParameterizedTest
  @MethodSource("wrongParams")
  void aWrongParamIsNamedInALine(UnaryOperator<HydraNetTransformer> change, String message) {
    HydraNetTransformer transformer = change.apply(new HydraNetTransformer("eyes"));
    assertThatThrownBy(() -> transformer.transformSchema(FILES))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("eyes, " + message);
  }

  @Test
  void theStructHasTheOutputsInTheirOrder() {
    StructType schema =
        new HydraNetTransformer()
            .setOutputCol("seen")
            .setOutputs("depth", "labels", "depth")
            .transformSchema(FILES);
    assertThat(schema.fieldNames()).containsExactly("path", "content", "seen");
    assertThat(fields(schema, "seen"))
        .containsExactly("error", "height", "width", "depth", "labels");
  }

  @Test
  void tasksSelectAmongTheDefaultOutputs() {
    StructType schema = new HydraNetTransformer().setTasks("depth").transformSchema(FILES);
    assertThat(fields(schema, "scene"))
        .containsExactly("error", "height", "width", "depthStatistics");
  }

  private static String[] fields(StructType schema, String column) {
    return ((StructType) schema.apply(column).dataType()).fieldNames();
  }

  @Test
  void aCopyHasTheParamsAndTheExtraOnes() {
    HydraNetTransformer transformer = new HydraNetTransformer().setOutputs("labels").setHeight("9");
    HydraNetTransformer copy = transformer.copy(new ParamMap().put(transformer.onError(), "fail"));
    assertThat(copy.uid()).isEqualTo(transformer.uid());
    assertThat(copy.getOrDefault(copy.outputs())).containsExactly("labels");
    assertThat(copy.getOrDefault(copy.height())).isEqualTo("9");
    assertThat(copy.getOrDefault(copy.onError())).isEqualTo("fail");
    assertThat(transformer.getOrDefault(transformer.onError())).isEqualTo("report");
  }

  @Test
  void eachParamHasADescription() {
    String explained = new HydraNetTransformer().explainParams();
    assertThat(explained.lines().map(line -> line.substring(0, line.indexOf(':'))))
        .containsExactlyInAnyOrder(
            "height", "inputCol", "onError", "outputCol", "outputs", "tasks", "weights");
    assertThat(explained)
        .contains(Arrays.stream(SceneOutput.values()).map(SceneOutput::field).toList());
  }
}
