package dev.hydranet.converter.onnx.translate;

import static dev.hydranet.engine.graph.Elementwise.Binary.Function.ADD;
import static dev.hydranet.engine.graph.Elementwise.Binary.Function.DIV;
import static dev.hydranet.engine.graph.Elementwise.Binary.Function.EQUAL;
import static dev.hydranet.engine.graph.Elementwise.Binary.Function.GREATER;
import static dev.hydranet.engine.graph.Elementwise.Binary.Function.LESS;
import static dev.hydranet.engine.graph.Elementwise.Binary.Function.MUL;
import static dev.hydranet.engine.graph.Elementwise.Binary.Function.SUB;
import static dev.hydranet.engine.graph.Elementwise.Unary.Function.SQRT;

import dev.hydranet.engine.graph.ArgMax;
import dev.hydranet.engine.graph.Elementwise;
import dev.hydranet.engine.graph.Rearrange;
import dev.hydranet.engine.graph.Reduce;
import dev.hydranet.engine.graph.ShapeDependent;
import java.util.Arrays;
import java.util.List;

/** Operators that ONNX defines in terms of other operators. */
final class Compositions {
  /** What ONNX adds to the deviation in MeanVarianceNormalization. */
  private static final float TINY = 1e-9f;

  private Compositions() {}

  static void register(Operators.Registry registry) {
    registry.add("RMSNormalization", "", Compositions::rootMeanSquare);
    registry.add("MeanVarianceNormalization", "", Compositions::meanVariance);
    registry.add("LpNormalization", "", Compositions::norm);
    registry.add("Shrink", "", Compositions::shrink);
    registry.add("Hardmax", "from opset 13 on", Compositions::hardmax);
  }

  private static void rootMeanSquare(OnnxNode node, Translation network) {
    Terms terms = new Terms(node, network);
    Operand x = node.input(0);
    Operand squares = terms.mean(terms.binary(MUL, x, x), node.integer("axis", -1));
    Operand root = terms.unary(SQRT, terms.add(squares, node.floating("epsilon", 1e-5f)));
    terms.define(terms.binary(MUL, terms.binary(DIV, x, root), node.input(1)));
  }

  private static void meanVariance(OnnxNode node, Translation network) {
    Terms terms = new Terms(node, network);
    List<Integer> axes =
        Arrays.stream(node.longs("axes", 0, 2, 3)).mapToObj(Math::toIntExact).toList();
    Reduce mean = new Reduce(Reduce.Function.MEAN, axes, true);
    Operand centred = terms.binary(SUB, node.input(0), terms.op(mean, node.input(0)));
    Operand variance = terms.op(mean, terms.binary(MUL, centred, centred));
    terms.define(terms.binary(DIV, centred, terms.add(terms.unary(SQRT, variance), TINY)));
  }

  /** Zeros stay zeros. */
  private static void norm(OnnxNode node, Translation network) {
    Terms terms = new Terms(node, network);
    Reduce.Function function =
        switch (node.integer("p", 2)) {
          case 1 -> Reduce.Function.L1;
          case 2 -> Reduce.Function.L2;
          default -> throw node.unsupported("p other than 1 and 2");
        };
    Reduce length = new Reduce(function, List.of(node.integer("axis", -1)), true);
    Operand norm = terms.op(length, node.input(0));
    Operand quotient = terms.binary(DIV, node.input(0), norm);
    Operand zero = terms.binary(EQUAL, norm, terms.number(0));
    terms.define(terms.op(new Elementwise.Where(), zero, terms.number(0), quotient));
  }

  private static void shrink(OnnxNode node, Translation network) {
    Terms terms = new Terms(node, network);
    float limit = node.floating("lambd", 0.5f);
    float bias = node.floating("bias", 0);
    Operand x = node.input(0);
    Operand high = terms.binary(GREATER, x, terms.number(limit));
    Operand low = terms.binary(LESS, x, terms.number(-limit));
    Operand lowered = terms.binary(SUB, x, terms.number(bias));
    Operand raised = terms.binary(ADD, x, terms.number(bias));
    Operand small = terms.op(new Elementwise.Where(), low, raised, terms.number(0));
    terms.define(terms.op(new Elementwise.Where(), high, lowered, small));
  }

  /** 1 at the first of the largest elements, else 0. */
  private static void hardmax(OnnxNode node, Translation network) {
    if (node.opset() < 13) {
      throw node.unsupported("Hardmax before opset 13");
    }
    Terms terms = new Terms(node, network);
    int axis = node.integer("axis", -1);
    Operand zeros = terms.op(new ShapeDependent.Fill(0), terms.shapeOf(node.input(0)));
    Operand places = terms.op(new ArgMax(axis, true, false, false), node.input(0));
    Operand ones = terms.op(new ShapeDependent.Fill(1), terms.shapeOf(places));
    Rearrange.Scatter scatter =
        new Rearrange.Scatter(true, axis, Rearrange.Scatter.Function.REPLACE);
    terms.define(terms.op(scatter, zeros, places, ones));
  }
}
