package dev.hydranet.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.python.PythonUtils;
import org.apache.spark.ml.param.ParamPair;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import py4j.reflection.MethodInvoker;
import py4j.reflection.ReflectionEngine;

/**
 * What Spark's JavaTransformer calls for the Python class of docs/spark.md, found as Py4J finds it:
 * by name and arguments, where a Python list is a Java list.
 */
class PythonCallsTest {
  private final ReflectionEngine py4j = new ReflectionEngine();

  private Object call(Object target, String method, Object... arguments) {
    MethodInvoker invoker = py4j.getMethod(target, method, arguments);
    return py4j.invoke(target, invoker, arguments);
  }

  private Object create(String uid) {
    String name = HydraNetTransformer.class.getName();
    return py4j.invoke(null, py4j.getConstructor(name, new Object[] {uid}), new Object[] {uid});
  }

  /** As Params of Python do: {@code set(getParam(name).w(value))}. */
  private void set(Object transformer, String param, Object value) {
    call(transformer, "set", call(call(transformer, "getParam", param), "w", value));
  }

  @Test
  void paramsTravelToJava() {
    Object transformer = create("python");
    set(transformer, "inputCol", "bytes");
    set(transformer, "outputCol", "seen");
    set(transformer, "weights", "bundled");
    set(transformer, "height", "120");
    set(transformer, "onError", "fail");
    set(transformer, "tasks", new ArrayList<>(List.of("segm", "depth")));
    set(transformer, "outputs", new ArrayList<>(List.of("labels", "depth")));
    StructType schema = new StructType().add("bytes", DataTypes.BinaryType);
    StructType found = (StructType) call(transformer, "transformSchema", schema);
    StructType scene = (StructType) found.apply("seen").dataType();
    assertThat(scene.fieldNames()).containsExactly("error", "height", "width", "labels", "depth");
    assertThat(call(transformer, "uid")).isEqualTo("python");
    set(transformer, "onError", "skip");
    assertThatThrownBy(() -> ((HydraNetTransformer) transformer).transformSchema(schema))
        .hasMessage("python, onError: expected report or fail, found skip");
  }

  @Test
  void defaultsTravelToJava() {
    Object transformer = create("python");
    Object pair = call(call(transformer, "getParam", "outputCol"), "w", "seen");
    call(
        transformer,
        "setDefault",
        PythonUtils.toSeq(new ArrayList<>(List.of((ParamPair<?>) pair))));
    HydraNetTransformer java = (HydraNetTransformer) transformer;
    assertThat(java.getOrDefault(java.outputCol())).isEqualTo("seen");
  }
}
