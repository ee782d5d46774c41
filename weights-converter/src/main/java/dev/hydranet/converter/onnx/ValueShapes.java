package dev.hydranet.converter.onnx;

import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import dev.hydranet.engine.graph.Graph;
import dev.hydranet.engine.tensor.Shape;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Which extents of a graph's values are fixed and which vary with the sizes of its inputs.
 *
 * <p>Found by asking the graph twice, for inputs of two sizes: an extent that stays is fixed. Both
 * sizes are large enough that no two extents agree by having shrunk to 1, and a graph that is not
 * made for any size (a linear layer behind a flattened image, say) refuses one of them.
 */
final class ValueShapes {
  private static final Shape[] SIZES = {Shape.of(2, 1, 512, 640), Shape.of(3, 1, 1024, 1280)};
  private static final String[] IMAGE = {"batch", "channels", "height", "width"};
  private static final String[] VECTOR = {"batch", "features"};

  private final boolean oneInput;
  private final Map<String, Shape> small;
  private final Map<String, Shape> large;

  /**
   * Asks the graph.
   *
   * @throws IllegalArgumentException if an input has no shape, a shape has no input, or the graph
   *     does not take inputs of these shapes
   */
  ValueShapes(Graph graph, Map<String, InputShape> inputs) {
    for (String name : inputs.keySet()) {
      if (!graph.inputs().contains(name)) {
        throw new IllegalArgumentException(
            "the graph has no input '" + name + "'; it has " + String.join(", ", graph.inputs()));
      }
    }
    this.oneInput = graph.inputs().size() == 1;
    this.small = graph.shapes(sized(inputs, SIZES[0]));
    this.large = graph.shapes(sized(inputs, SIZES[1]));
  }

  private static Map<String, Shape> sized(Map<String, InputShape> inputs, Shape size) {
    Map<String, Shape> shapes = new LinkedHashMap<>();
    inputs.forEach(
        (name, input) ->
            shapes.put(
                name,
                switch (input) {
                  case InputShape.Fixed fixed -> fixed.shape();
                  case InputShape.AnySize any ->
                      Shape.of(size.batch(), any.channels(), size.height(), size.width());
                }));
    return shapes;
  }

  /** The shape of a value if all its extents are fixed. */
  Optional<Shape> fixed(String value) {
    Shape shape = small.get(value);
    return shape.equals(large.get(value)) ? Optional.of(shape) : Optional.empty();
  }

  /** What ONNX tells of an input or output that is called {@code name} and has a value's shape. */
  ValueInfoProto info(String name, String value, boolean isInput) {
    Shape shape = small.get(value);
    String[] dimensions = shape.rank() == 4 ? IMAGE : VECTOR;
    TensorShapeProto.Builder extents = TensorShapeProto.newBuilder();
    for (int i = 0; i < shape.rank(); i++) {
      if (shape.dim(i) == large.get(value).dim(i)) {
        extents.addDimBuilder().setDimValue(shape.dim(i));
      } else {
        boolean shared = oneInput && (isInput || i == 0);
        extents.addDimBuilder().setDimParam(shared ? dimensions[i] : name + "_" + dimensions[i]);
      }
    }
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            TypeProto.newBuilder()
                .setTensorType(
                    TypeProto.Tensor.newBuilder()
                        .setElemType(TensorProto.DataType.FLOAT_VALUE)
                        .setShape(extents)))
        .build();
  }
}
