package dev.hydranet.engine.reference;

import dev.hydranet.engine.graph.Elementwise;
import dev.hydranet.engine.tensor.Shape;
import dev.hydranet.engine.tensor.Tensor;
import java.util.List;

/** One element of the output after the other, each from those at its place in the inputs. */
final class ReferenceElementwise {
  private ReferenceElementwise() {}

  /**
   * @param inputs of shapes that can be broadcast to the output's
   * @param out of any shape
   */
  static void compute(Elementwise op, List<Tensor> inputs, Tensor out) {
    Shape shape = out.shape();
    int[][] strides =
        inputs.stream().map(in -> Strides.broadcast(in.shape(), shape)).toArray(int[][]::new);
    int[] place = new int[shape.rank()];
    double[] x = new double[inputs.size()];
    for (int i = 0; i < out.data().length; i++) {
      for (int k = 0; k < x.length; k++) {
        x[k] = inputs.get(k).data()[Strides.index(place, strides[k])];
      }
      out.data()[i] =
          (float)
              switch (op) {
                case Elementwise.Unary unary -> unary(unary, x[0]);
                case Elementwise.Binary binary -> binary(binary.function(), x[0], x[1]);
                case Elementwise.Where where -> x[0] != 0 ? x[1] : x[2];
              };
      Strides.next(place, shape);
    }
  }

  private static double unary(Elementwise.Unary op, double x) {
    double alpha = op.alpha();
    double beta = op.beta();
    return switch (op.function()) {
      case CLIP -> Math.min(Math.max(x, alpha), beta);
      case LEAKY_RELU -> x >= 0 ? x : alpha * x;
      case ELU -> x > 0 ? x : alpha * Math.expm1(x);
      case SELU -> x > 0 ? beta * x : beta * alpha * Math.expm1(x);
      case CELU -> Math.max(0, x) + Math.min(0, alpha * Math.expm1(x / alpha));
      case THRESHOLDED_RELU -> x > alpha || Double.isNaN(x) ? x : 0;
      case SIGMOID -> sigmoid(x);
      case HARD_SIGMOID -> Math.min(Math.max(alpha * x + beta, 0), 1);
      case HARD_SWISH -> x * Math.min(Math.max(x / 6 + 0.5, 0), 1);
      case SWISH -> x * sigmoid(alpha * x);
      case MISH -> x * Math.tanh(softplus(x));
      case SOFTPLUS -> softplus(x);
      case SOFTSIGN -> x / (1 + Math.abs(x));
      case TANH -> Math.tanh(x);
      case GELU -> x / 2 * (1 + ErrorFunction.of(x / Math.sqrt(2)));
      case GELU_TANH ->
          x / 2 * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x)));
      case ERF -> ErrorFunction.of(x);
      case EXP -> Math.exp(x);
      case LOG -> Math.log(x);
      case SQRT -> Math.sqrt(x);
      case RECIPROCAL -> 1 / x;
      case ABS -> Math.abs(x);
      case NEG -> -x;
      case FLOOR -> Math.floor(x);
      case CEIL -> Math.ceil(x);
      case ROUND -> Math.rint(x);
      case TRUNCATE -> x < 0 ? Math.ceil(x) : Math.floor(x);
      case SIGN -> Math.signum(x);
      case SIN -> Math.sin(x);
      case COS -> Math.cos(x);
      case TAN -> Math.tan(x);
      case ASIN -> Math.asin(x);
      case ACOS -> Math.acos(x);
      case ATAN -> Math.atan(x);
      case SINH -> Math.sinh(x);
      case COSH -> Math.cosh(x);
      case ASINH -> Math.signum(x) * Math.log(Math.abs(x) + Math.sqrt(x * x + 1));
      case ACOSH -> Math.log(x + Math.sqrt(x * x - 1));
      case ATANH -> Math.log((1 + x) / (1 - x)) / 2;
      case TO_FLOAT16 -> Float.float16ToFloat(Float.floatToFloat16((float) x));
      case TO_BFLOAT16 -> bfloat16((float) x);
      case NOT -> truth(x == 0);
      case IS_NOT_ZERO -> truth(x != 0);
      case IS_NAN -> truth(Double.isNaN(x));
      case IS_INF -> truth(Double.isInfinite(x) && (x > 0 ? alpha : beta) != 0);
    };
  }

  private static double binary(Elementwise.Binary.Function function, double a, double b) {
    return switch (function) {
      case ADD -> a + b;
      case SUB -> a - b;
      case MUL -> a * b;
      case DIV -> a / b;
      case WHOLE_DIV -> unary(new Elementwise.Unary(Elementwise.Unary.Function.TRUNCATE), a / b);
      case MOD -> {
        double remainder = a % b;
        yield remainder != 0 && remainder < 0 != b < 0 ? remainder + b : remainder;
      }
      case FMOD -> a % b;
      case MIN -> Math.min(a, b);
      case MAX -> Math.max(a, b);
      case POW -> Math.pow(a, b);
      case PRELU -> a >= 0 ? a : a * b;
      case EQUAL -> truth(a == b);
      case LESS -> truth(a < b);
      case LESS_OR_EQUAL -> truth(a <= b);
      case GREATER -> truth(a > b);
      case GREATER_OR_EQUAL -> truth(a >= b);
      case AND -> truth(a != 0 && b != 0);
      case OR -> truth(a != 0 || b != 0);
      case XOR -> truth((a != 0) != (b != 0));
    };
  }

  /** The upper half of the bits, rounded to the nearest, to even in the middle. */
  private static float bfloat16(float x) {
    int bits = Float.floatToRawIntBits(x);
    int rounded = bits + 0x7FFF + (bits >>> 16 & 1);
    return Float.isNaN(x) ? x : Float.intBitsToFloat(rounded & 0xFFFF0000);
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  /** log(1 + exp(x)) without overflow. */
  private static double softplus(double x) {
    return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
  }

  private static double truth(boolean condition) {
    return condition ? 1 : 0;
  }
}
