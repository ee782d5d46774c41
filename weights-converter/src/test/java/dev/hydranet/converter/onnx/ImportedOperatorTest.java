package dev.hydranet.converter.onnx;

import static dev.hydranet.converter.onnx.ModelMaker.ints;

import ai.onnx.proto.OnnxMl.TensorProto;
import dev.hydranet.engine.tensor.Shape;
import dev.hydranet.engine.tensor.Tensor;
import dev.hydranet.engine.testing.SeededTensors;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Forms of operators that our exporter does not write, against ONNX Runtime. */
class ImportedOperatorTest {
  @TempDir private Path folder;

  private final Map<String, Tensor> inputs = new LinkedHashMap<>();

  private String input(ModelMaker maker, String name, int... extents) {
    inputs.put(name, SeededTensors.uniform(name, Shape.of(extents), 3));
    return maker.input(name, extents);
  }

  private void check(ModelMaker maker, String output) throws Exception {
    maker.output(output);
    ImportAgreement.check(folder, maker, inputs);
  }

  @ParameterizedTest
  @CsvSource({"1, 1, 1", "2, 1, 2", "1, 2, 1", "2, 2, 3"})
  void convolutionsByComputedFilters(int stride, int dilation, int groups) throws Exception {
    ModelMaker maker = new ModelMaker(17);
    String x = input(maker, "x", 2, 3 * groups, 9, 8);
    String w = input(maker, "w", 2 * groups, 3, 3, 2);
    String b = input(maker, "b", 2 * groups);
    String y =
        maker.node(
            "Conv",
            List.of(x, w, b),
            "strides",
            ints(stride, stride),
            "dilations",
            ints(dilation, dilation),
            "pads",
            ints(1, 0, 2, 1),
            "group",
            groups);
    check(maker, y);
  }

  @ParameterizedTest
  @CsvSource({"1, 1, 1", "2, 1, 2", "1, 2, 1", "3, 2, 3"})
  void transposedByComputedFilters(int stride, int dilation, int groups) throws Exception {
    ModelMaker maker = new ModelMaker(17);
    String x = input(maker, "x", 2, 3 * groups, 5, 4);
    String w = input(maker, "w", 3 * groups, 2, 3, 2);
    String y =
        maker.node(
            "ConvTranspose",
            List.of(x, w),
            "strides",
            ints(stride, stride),
            "dilations",
            ints(dilation, dilation),
            "pads",
            ints(1, 0, 2, 1),
            "output_padding",
            ints(stride - 1, 0),
            "group",
            groups);
    check(maker, y);
  }

  /** Weights that no module's name tells, as exporters write them after folding. */
  @Test
  void linesWithConstantFilters() throws Exception {
    ModelMaker maker = new ModelMaker(13);
    String x = input(maker, "x", 2, 4, 11);
    String y = maker.node("Conv", List.of(x, maker.weight(6, 4, 3), maker.weight(6)));
    String bias = input(maker, "bias", 5);
    String z = maker.node("Conv", List.of(y, maker.weight(5, 6, 2), bias));
    check(
        maker, maker.node("ConvTranspose", List.of(z, maker.weight(5, 3, 4)), "strides", ints(2)));
  }

  @Test
  void linesByComputedFilters() throws Exception {
    ModelMaker maker = new ModelMaker(13);
    String x = input(maker, "x", 2, 4, 11);
    String w = input(maker, "w", 6, 4, 3);
    String b = input(maker, "b", 6);
    String y = maker.node("Conv", List.of(x, w, b), "strides", ints(2), "auto_pad", "SAME_UPPER");
    String back = input(maker, "back", 6, 3, 4);
    check(maker, maker.node("ConvTranspose", List.of(y, back), "strides", ints(2)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"SAME_UPPER", "SAME_LOWER", "VALID"})
  void paddingBySize(String pad) throws Exception {
    ModelMaker maker = new ModelMaker(17);
    String x = input(maker, "x", 1, 5, 9, 17);
    String w = maker.weight(4, 5, 3, 4);
    String stride = "strides";
    String y = maker.node("Conv", List.of(x, w), "auto_pad", pad, stride, ints(2, 3));
    String pool = "kernel_shape";
    String z =
        maker.node(
            "AveragePool", List.of(y), "auto_pad", pad, stride, ints(1, 2), pool, ints(2, 3));
    String counted =
        maker.node(
            "AveragePool",
            List.of(z),
            "auto_pad",
            pad,
            pool,
            ints(1, 2),
            "count_include_pad",
            pad.equals("VALID") ? 1 : 0);
    check(maker, maker.node("MaxPool", List.of(counted), "auto_pad", pad, pool, ints(1, 1)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"NOTSET", "SAME_UPPER", "SAME_LOWER"})
  void transposedToAShape(String pad) throws Exception {
    ModelMaker maker = new ModelMaker(13);
    String x = input(maker, "x", 1, 3, 5, 4);
    String w = maker.weight(3, 2, 3, 4);
    String b = maker.weight(2);
    List<String> reads = List.of(x, w, b);
    String y =
        pad.equals("NOTSET")
            ? maker.node("ConvTranspose", reads, "strides", ints(3, 2), "output_shape", ints(14, 9))
            : maker.node("ConvTranspose", reads, "strides", ints(3, 2), "auto_pad", pad);
    check(maker, y);
  }

  @ParameterizedTest
  @ValueSource(ints = {18, 21})
  void groupNormalization(int opset) throws Exception {
    ModelMaker maker = new ModelMaker(opset);
    String x = input(maker, "x", 2, 12, 5, 3);
    int weights = opset < 21 ? 4 : 12;
    check(
        maker,
        maker.node(
            "GroupNormalization",
            List.of(x, maker.weight(weights), maker.weight(weights)),
            "num_groups",
            4,
            "epsilon",
            1e-3f));
  }

  @Test
  void normalizationsByComputedParameters() throws Exception {
    ModelMaker maker = new ModelMaker(17);
    String x = input(maker, "x", 2, 6, 5, 3);
    String scale = input(maker, "scale", 6);
    String bias = input(maker, "bias", 6);
    String mean = input(maker, "mean", 6);
    String variance = maker.node("Exp", List.of(input(maker, "log", 6)));
    maker.output(maker.node("InstanceNormalization", List.of(x, scale, bias)));
    maker.output(maker.node("BatchNormalization", List.of(x, scale, bias, mean, variance)));
    String layer = input(maker, "layer", 5, 3);
    check(maker, maker.node("LayerNormalization", List.of(x, layer), "axis", 2));
  }

  @Test
  void batchNormalizationOfLinesAndRows() throws Exception {
    ModelMaker maker = new ModelMaker(15);
    String x = input(maker, "x", 2, 6, 7);
    String ones = maker.floats(false, 1, 2, 3, 1, 2, 3);
    List<String> rest = List.of(maker.weight(6), maker.weight(6), ones);
    String y =
        maker.node(
            "BatchNormalization",
            List.of(x, maker.weight(6), rest.get(0), rest.get(1), rest.get(2)));
    String sum = maker.node("Relu", List.of(maker.node("Add", List.of(y, x))));
    String row = maker.node("GlobalMaxPool", List.of(sum));
    String flat = maker.node("Flatten", List.of(row));
    check(
        maker,
        maker.node(
            "BatchNormalization",
            List.of(flat, maker.weight(6), rest.get(0), rest.get(1), rest.get(2))));
  }

  @Test
  void layerNormalizationWithItsStatistics() throws Exception {
    ModelMaker maker = new ModelMaker(17);
    String x = input(maker, "x", 2, 4, 9);
    List<String> outputs =
        maker.nodes(
            "LayerNormalization", 3, List.of(x, maker.weight(4, 9), maker.weight(4, 9)), "axis", 1);
    maker.output(outputs.get(1));
    maker.output(outputs.get(2));
    check(maker, outputs.get(0));
  }

  @ParameterizedTest
  @CsvSource({
    "linear, half_pixel, 1", "cubic, half_pixel, 1", "linear, align_corners, 0",
    "linear, tf_crop_and_resize, 0", "nearest, tf_crop_and_resize, 0", "cubic, asymmetric, 0",
  })
  void resizing(String mode, String coordinates, int antialias) throws Exception {
    ModelMaker maker = new ModelMaker(18);
    String x = input(maker, "x", 2, 3, 11, 8);
    boolean cropped = coordinates.startsWith("tf_crop");
    String region = cropped ? maker.floats(false, 0, 0, 0.1f, -0.2f, 1, 1, 0.7f, 1.1f) : "";
    List<String> reads =
        cropped
            ? List.of(x, region, "", maker.whole(2, 3, 5, 6))
            : List.of(x, "", maker.floats(false, 1, 1, 0.4f, 0.7f));
    check(
        maker,
        maker.node(
            "Resize",
            reads,
            "mode",
            mode,
            "coordinate_transformation_mode",
            coordinates,
            "antialias",
            antialias,
            "extrapolation_value",
            0.5f));
  }

  @ParameterizedTest
  @ValueSource(strings = {"stretch", "not_larger", "not_smaller"})
  void resizingOfSomeAxes(String policy) throws Exception {
    ModelMaker maker = new ModelMaker(19);
    String x = input(maker, "x", 1, 3, 11, 8);
    check(
        maker,
        maker.node(
            "Resize",
            List.of(x, "", "", maker.whole(7, 13)),
            "mode",
            "linear",
            "axes",
            ints(3, 2),
            "keep_aspect_ratio_policy",
            policy));
  }

  @ParameterizedTest
  @ValueSource(strings = {"constant", "edge", "reflect", "wrap"})
  void paddingOfSomeAxes(String mode) throws Exception {
    ModelMaker maker = new ModelMaker(19);
    String x = input(maker, "x", 2, 3, 4);
    String value = mode.equals("constant") ? maker.number(1.5f) : "";
    String y =
        maker.node(
            "Pad", List.of(x, maker.whole(1, 2, 2, 1), value, maker.whole(-1, 1)), "mode", mode);
    check(maker, y);
  }

  @Test
  void constantsThatOtherNodesCompute() throws Exception {
    ModelMaker maker = new ModelMaker(18);
    String x = input(maker, "x", 2, 3, 4);
    String shape = maker.node("Shape", List.of(x)); // 2, 3, 4
    String half = maker.node("Div", List.of(shape, maker.whole(2))); // 1, 1, 2
    String pads = maker.node("Concat", List.of(half, half), "axis", 0);
    String value = maker.node("Cast", List.of(maker.node("Size", List.of(x))), "to", 1);
    String padded = maker.node("Pad", List.of(x, pads, value));
    String axes = maker.node("Sub", List.of(maker.whole(2), maker.whole(1)));
    String sum = maker.node("ReduceSum", List.of(padded, axes), "keepdims", 0);
    check(maker, maker.node("Clip", List.of(sum, "", maker.number(3))));
  }

  @Test
  void placesAndOrders() throws Exception {
    ModelMaker maker = new ModelMaker(17);
    String x = input(maker, "x", 4, 5);
    List<String> top = maker.nodes("TopK", 2, List.of(x, maker.whole(3)), "axis", 0, "largest", 0);
    String gathered = maker.node("GatherElements", List.of(x, top.get(1)), "axis", 0);
    String sum = maker.node("Add", List.of(gathered, top.get(0)));
    String turned = maker.node("Transpose", List.of(x)); // 5, 4
    String lower = maker.node("Trilu", List.of(turned, maker.index(-1)), "upper", 0);
    String eye = maker.node("EyeLike", List.of(lower), "k", 1);
    String running =
        maker.node(
            "CumSum",
            List.of(maker.node("Add", List.of(lower, eye)), maker.index(0)),
            "reverse",
            1);
    maker.output(sum);
    String hard = maker.node("Hardmax", List.of(running), "axis", 1);
    maker.output(hard);
    check(maker, running);
  }

  @Test
  void scattering() throws Exception {
    ModelMaker maker = new ModelMaker(16);
    String x = input(maker, "x", 4, 3, 2);
    String updates = input(maker, "u", 3, 2);
    String index = maker.node("Reshape", List.of(maker.whole(2, -1, 0), maker.whole(3, 1)));
    String rows =
        maker.node(
            "ScatterND",
            List.of(x, index, maker.node("Expand", List.of(updates, maker.whole(3, 3, 2)))));
    String places =
        maker.node("Reshape", List.of(maker.whole(0, 1, 1, 0, -1, 2), maker.whole(1, 3, 2)));
    String few = maker.node("Unsqueeze", List.of(updates, maker.whole(0)));
    check(
        maker,
        maker.node("ScatterElements", List.of(rows, places, few), "axis", 1, "reduction", "add"));
  }

  @Test
  void slicesAtPlaces() throws Exception {
    ModelMaker maker = new ModelMaker(13);
    String x = input(maker, "x", 2, 3, 4);
    String index = maker.node("Reshape", List.of(maker.whole(0, 2, -1, 1), maker.whole(2, 1, 2)));
    String one = maker.node("GatherND", List.of(x, index));
    maker.output(one);
    String inner = maker.node("Reshape", List.of(maker.whole(0, -2), maker.whole(2, 1, 1)));
    check(maker, maker.node("GatherND", List.of(x, inner), "batch_dims", 1));
  }

  @Test
  void classesAsRows() throws Exception {
    ModelMaker maker = new ModelMaker(11);
    String x = input(maker, "x", 3, 4);
    String best = maker.node("ArgMax", List.of(x), "axis", 1, "keepdims", 0);
    String rows = maker.node("OneHot", List.of(best, maker.index(4), maker.floats(false, -1, 2)));
    String mask = maker.node("IsInf", List.of(maker.node("Log", List.of(rows))));
    String kept = maker.node("Where", List.of(mask, x, rows));
    check(maker, maker.node("Mul", List.of(kept, rows)));
  }

  @Test
  void compositions() throws Exception {
    ModelMaker maker = new ModelMaker(13);
    String x = input(maker, "x", 2, 3, 4, 5);
    String y = maker.node("MeanVarianceNormalization", List.of(x));
    String z = maker.node("LpNormalization", List.of(y), "p", 1, "axis", 2);
    String s = maker.node("Shrink", List.of(z), "lambd", 0.1f, "bias", 0.05f);
    String pool =
        maker.node("LpPool", List.of(y), "kernel_shape", ints(2, 3), "pads", ints(1, 1, 0, 1));
    maker.output(pool);
    maker.output(maker.node("GlobalLpPool", List.of(y)));
    check(maker, s);
  }

  /** Rank 4 lies in memory as an image, and its last axis is not innermost. */
  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4, 5})
  void linearLayersOfAnyRank(int rank) throws Exception {
    ModelMaker maker = new ModelMaker(13);
    int[] extents = Arrays.copyOfRange(new int[] {2, 3, 4, 5, 6}, 5 - rank, 5);
    String x = input(maker, "x", extents);
    String y = maker.node("MatMul", List.of(x, maker.weight(6, 9)));
    String biased = maker.node("Add", List.of(y, maker.weight(9)));
    String z = maker.node("MatMul", List.of(biased, maker.weight(9, 9)));
    String sum = maker.node("Add", List.of(maker.node("Add", List.of(z, maker.weight(9))), biased));
    check(maker, maker.node("Relu", List.of(sum)));
  }

  @Test
  void roundedNumbers() throws Exception {
    ModelMaker maker = new ModelMaker(13);
    String x = input(maker, "x", 40);
    int half = TensorProto.DataType.FLOAT16_VALUE;
    String y = maker.node("Cast", List.of(x), "to", half);
    check(maker, maker.node("Cast", List.of(y), "to", TensorProto.DataType.FLOAT_VALUE));
  }
}
