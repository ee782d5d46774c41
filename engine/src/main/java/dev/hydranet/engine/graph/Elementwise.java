package dev.hydranet.engine.graph;

import dev.hydranet.engine.tensor.Shape;
import java.util.List;

/**
 * Operators that compute each element of the output from the elements at the same place, with
 * NumPy's broadcasting where there are several inputs. Truth values are 1 and 0; whole numbers are
 * exact up to 2^24.
 */
public sealed interface Elementwise extends Op {
  /**
   * A function such as exp is off by a few units of the last place in every runtime, as much as a
   * sum of this many numbers.
   */
  long SUMMANDS = 16;

  @Override
  default long summands(List<Shape> inputs) {
    return SUMMANDS;
  }

  /**
   * A function of one number.
   *
   * @param function which one
   * @param alpha the function's first constant; 0 for a function without constants
   * @param beta the function's second constant; 0 for a function with fewer
   */
  record Unary(Function function, float alpha, float beta) implements Elementwise {
    /** Which one. NaN gives NaN unless stated. The formulas are those of the ONNX operators. */
    public enum Function {
      /** min(max(x, alpha), beta). */
      CLIP,
      /** x where x is at least 0, else alpha * x. */
      LEAKY_RELU,
      /** x where x is above 0, else alpha * (exp(x) - 1). */
      ELU,
      /** beta * x where x is above 0, else beta * alpha * (exp(x) - 1). */
      SELU,
      /** max(0, x) + min(0, alpha * (exp(x / alpha) - 1)). */
      CELU,
      /** x where x is above alpha, else 0. */
      THRESHOLDED_RELU,
      /** 1 / (1 + exp(-x)). */
      SIGMOID,
      /** min(max(alpha * x + beta, 0), 1). */
      HARD_SIGMOID,
      /** x * min(max(x / 6 + 1/2, 0), 1). */
      HARD_SWISH,
      /** x / (1 + exp(-alpha * x)); SiLU has alpha 1. */
      SWISH,
      /** x * tanh(log(1 + exp(x))). */
      MISH,
      /** log(1 + exp(x)). */
      SOFTPLUS,
      /** x / (1 + |x|). */
      SOFTSIGN,
      /** tanh(x). */
      TANH,
      /** x / 2 * (1 + erf(x / sqrt(2))). */
      GELU,
      /** x / 2 * (1 + tanh(sqrt(2 / pi) * (x + 0.044715 x^3))). */
      GELU_TANH,
      /** The error function. */
      ERF,
      /** exp(x). */
      EXP,
      /** The natural logarithm; NaN below 0. */
      LOG,
      /** The square root; NaN below 0. */
      SQRT,
      /** 1 / x. */
      RECIPROCAL,
      /** |x|. */
      ABS,
      /** -x. */
      NEG,
      /** The largest whole number not above x. */
      FLOOR,
      /** The smallest whole number not below x. */
      CEIL,
      /** The nearest whole number, the even one of two. */
      ROUND,
      /** x without its fraction, as a conversion to a whole number does it. */
      TRUNCATE,
      /** -1, 0 or 1. */
      SIGN,
      /** sin(x), x in radians. */
      SIN,
      /** cos(x), x in radians. */
      COS,
      /** tan(x), x in radians. */
      TAN,
      /** The angle whose sine is x, in radians; NaN outside of -1 to 1. */
      ASIN,
      /** The angle whose cosine is x, in radians; NaN outside of -1 to 1. */
      ACOS,
      /** The angle whose tangent is x, in radians. */
      ATAN,
      /** (exp(x) - exp(-x)) / 2. */
      SINH,
      /** (exp(x) + exp(-x)) / 2. */
      COSH,
      /** The number whose hyperbolic sine is x. */
      ASINH,
      /** The number at least 0 whose hyperbolic cosine is x; NaN below 1. */
      ACOSH,
      /** The number whose hyperbolic tangent is x; NaN outside of -1 to 1. */
      ATANH,
      /** The nearest number that float16 has. */
      TO_FLOAT16,
      /** The nearest number that bfloat16 has. */
      TO_BFLOAT16,
      /** 1 where x is 0, else 0. */
      NOT,
      /** 0 where x is 0, else 1; NaN gives 1. */
      IS_NOT_ZERO,
      /** 1 where x is NaN, else 0. */
      IS_NAN,
      /** 1 where x is infinite and alpha (if above 0) or beta (if below) is not 0, else 0. */
      IS_INF
    }

    /**
     * A function without constants.
     *
     * @param function which one
     */
    public Unary(Function function) {
      this(function, 0, 0);
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
      return Inputs.one(inputs);
    }

    @Override
    public String kind() {
      return Inputs.title(function);
    }
  }

  /**
   * A function of two numbers; the inputs are broadcast to one shape.
   *
   * @param function which one
   */
  record Binary(Function function) implements Elementwise {
    /** Which one, of a in the first and b in the second input. */
    public enum Function {
      /** a + b. */
      ADD,
      /** a - b. */
      SUB,
      /** a * b. */
      MUL,
      /** a / b. */
      DIV,
      /** a / b without its fraction, as whole numbers are divided. */
      WHOLE_DIV,
      /** The remainder of a / b with the sign of b, as Python's. */
      MOD,
      /** The remainder of a / b with the sign of a, as C's fmod. */
      FMOD,
      /** The smaller one; NaN if one is NaN. */
      MIN,
      /** The larger one; NaN if one is NaN. */
      MAX,
      /** a to the power of b. */
      POW,
      /** a where a is at least 0, else a * b: parametric ReLU, b its slopes. */
      PRELU,
      /** 1 where a = b, else 0. */
      EQUAL,
      /** 1 where a is below b, else 0. */
      LESS,
      /** 1 where a is at most b, else 0. */
      LESS_OR_EQUAL,
      /** 1 where a is above b, else 0. */
      GREATER,
      /** 1 where a is at least b, else 0. */
      GREATER_OR_EQUAL,
      /** 1 where neither is 0, else 0. */
      AND,
      /** 1 where one is not 0, else 0. */
      OR,
      /** 1 where just one is not 0, else 0. */
      XOR
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
      Inputs.count(inputs, 2);
      return Inputs.broadcast(inputs);
    }

    @Override
    public String kind() {
      return Inputs.title(function);
    }
  }

  /** The second input where the first is not 0, else the third; all are broadcast to one shape. */
  record Where() implements Elementwise {
    @Override
    public Shape outputShape(List<Shape> inputs) {
      Inputs.count(inputs, 3);
      return Inputs.broadcast(inputs);
    }
  }
}
