package dev.hydranet.converter.onnx.translate;

import ai.onnx.proto.OnnxMl.TensorProto;
import dev.hydranet.engine.graph.Elementwise;
import dev.hydranet.engine.graph.Elementwise.Unary.Function;
import dev.hydranet.engine.graph.Reduce;
import dev.hydranet.engine.graph.ShapeDependent;
import dev.hydranet.engine.tensor.Shape;
import dev.hydranet.engine.tensor.Tensor;
import java.util.List;

/** Constants, shapes as numbers, conversions, and nodes that hand their input on. */
final class Constants {
  private Constants() {}

  static void register(Operators.Registry registry) {
    registry.add("Constant", "no sparse tensors, no strings", Constants::constant);
    registry.add("ConstantOfShape", "", Constants::constantOfShape);
    registry.add("Identity", "", Constants::identity);
    registry.add("Dropout", "as at inference", Constants::dropout);
    registry.add("Shape", "", Constants::shape);
    registry.add("Size", "", Constants::size);
    registry.add("Range", "of numbers known from shapes", Constants::range);
    registry.add("Cast", "to any number; not to strings", Constants::cast);
    registry.add("CastLike", "", Constants::castLike);
  }

  private static void constant(OnnxNode node, Translation network) {
    String name = node.output(0);
    TensorProto proto = node.tensor("value").orElse(null);
    if (proto != null) {
      network.define(name, Tensors.operand(name, proto));
    } else if (node.hasAttribute("value_float")) {
      define(network, name, Operand.Kind.FLOAT, Shape.of(), node.floating("value_float", 0));
    } else if (node.hasAttribute("value_floats")) {
      List<Float> floats = node.floats("value_floats");
      float[] data = new float[floats.size()];
      for (int i = 0; i < data.length; i++) {
        data[i] = floats.get(i);
      }
      define(network, name, Operand.Kind.FLOAT, Shape.of(data.length), data);
    } else if (node.hasAttribute("value_int")) {
      define(network, name, Operand.Kind.WHOLE, Shape.of(), node.integer("value_int", 0));
    } else if (node.hasAttribute("value_ints")) {
      long[] ints = node.longs("value_ints");
      float[] data = new float[ints.length];
      for (int i = 0; i < data.length; i++) {
        data[i] = ints[i];
      }
      define(network, name, Operand.Kind.WHOLE, Shape.of(data.length), data);
    } else {
      throw node.unsupported("a constant that is neither a tensor nor numbers");
    }
  }

  private static void define(
      Translation network, String name, Operand.Kind kind, Shape shape, float... data) {
    network.define(name, Operand.constant(Tensor.of(shape, data), name, kind));
  }

  private static void constantOfShape(OnnxNode node, Translation network) {
    TensorProto proto = node.tensor("value").orElse(null);
    Operand value = proto == null ? null : Tensors.operand("value", proto);
    float number = value == null ? 0 : value.constant().data()[0];
    Operand filled = network.part(node, new ShapeDependent.Fill(number), node.input(0));
    Operand.Kind kind = value == null ? Operand.Kind.FLOAT : value.kind();
    network.define(
        node.output(0), new Operand(filled.value(), filled.constant(), filled.name(), kind));
  }

  private static void identity(OnnxNode node, Translation network) {
    network.define(node.output(0), node.input(0));
  }

  private static void dropout(OnnxNode node, Translation network) {
    boolean training =
        node.has(2) && (!node.input(2).isConstant() || node.input(2).constant().data()[0] != 0);
    boolean drops =
        !node.has(1) || !node.input(1).isConstant() || node.input(1).constant().data()[0] != 0;
    if (training && drops) {
      throw node.unsupported("training mode");
    }
    identity(node, network);
    if (node.hasOutput(1)) {
      Operand shape =
          network.part(node, new ShapeDependent.ShapeOf(0, Integer.MAX_VALUE), node.input(0));
      network.output(node, 1, new ShapeDependent.Fill(1), shape);
    }
  }

  private static void shape(OnnxNode node, Translation network) {
    int end = node.integer("end", Integer.MAX_VALUE);
    network.output(node, new ShapeDependent.ShapeOf(node.integer("start", 0), end), node.input(0));
  }

  private static void size(OnnxNode node, Translation network) {
    Operand shape =
        network.part(node, new ShapeDependent.ShapeOf(0, Integer.MAX_VALUE), node.input(0));
    network.output(node, new Reduce(Reduce.Function.PROD, List.of(0), false), shape);
  }

  private static void range(OnnxNode node, Translation network) {
    network.output(node, new ShapeDependent.Range(), node.input(0), node.input(1), node.input(2));
  }

  private static void cast(OnnxNode node, Translation network) {
    cast(node, network, node.integer("to", TensorProto.DataType.FLOAT_VALUE));
  }

  private static void cast(OnnxNode node, Translation network, int type) {
    Operand.Kind to = Tensors.kind(type);
    if (type == TensorProto.DataType.FLOAT16_VALUE) {
      network.output(node, new Elementwise.Unary(Function.TO_FLOAT16), node.input(0));
    } else if (type == TensorProto.DataType.BFLOAT16_VALUE) {
      network.output(node, new Elementwise.Unary(Function.TO_BFLOAT16), node.input(0));
    } else {
      cast(node, network, to);
    }
  }

  private static void castLike(OnnxNode node, Translation network) {
    int type = network.declaredType(node.inputName(1));
    if (type == 0) {
      cast(node, network, node.input(1).kind());
    } else {
      cast(node, network, type);
    }
  }

  private static void cast(OnnxNode node, Translation network, Operand.Kind to) {
    Operand in = node.input(0);
    if (to == in.kind() || to == Operand.Kind.FLOAT || in.kind() == Operand.Kind.TRUTH) {
      network.define(node.output(0), new Operand(in.value(), in.constant(), in.name(), to));
      return;
    }
    Function function = to == Operand.Kind.TRUTH ? Function.IS_NOT_ZERO : Function.TRUNCATE;
    network.output(node, new Elementwise.Unary(function), in);
  }
}
