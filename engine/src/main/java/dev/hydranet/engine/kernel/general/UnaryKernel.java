package dev.hydranet.engine.kernel.general;

import dev.hydranet.engine.graph.Elementwise;
import dev.hydranet.engine.kernel.Kernel;

/** A function of each element. */
public final class UnaryKernel implements Kernel {
  private final Elementwise.Unary op;
  private final View in;
  private final View out;
  private final Nest nest;

  /** For tensors of equal extents. */
  public UnaryKernel(Elementwise.Unary op, View in, View out) {
    this.op = op;
    this.in = in;
    this.out = out;
    this.nest = new Nest(out, in);
  }

  @Override
  public int parts() {
    return nest.parts().count();
  }

  @Override
  public void run(int part, float[] scratch) {
    for (int row = nest.parts().begin(part); row < nest.parts().end(part); row++) {
      int a = nest.at(1, row);
      int c = nest.at(0, row);
      for (int i = 0; i < nest.length(); i++) {
        out.data()[c + i * nest.step(0)] = apply(in.data()[a + i * nest.step(1)]);
      }
    }
  }

  private float apply(float x) {
    return switch (op.function()) {
      case CLIP -> Math.min(Math.max(x, op.alpha()), op.beta());
      case LEAKY_RELU -> x >= 0 ? x : op.alpha() * x;
      case ELU -> x > 0 ? x : (float) (op.alpha() * Math.expm1(x));
      case SELU -> x > 0 ? op.beta() * x : (float) (op.beta() * op.alpha() * Math.expm1(x));
      case CELU ->
          (float) (Math.max(0, x) + Math.min(0, op.alpha() * Math.expm1((double) x / op.alpha())));
      case THRESHOLDED_RELU -> x <= op.alpha() ? 0 : x;
      case SIGMOID -> (float) sigmoid(x);
      case HARD_SIGMOID -> Math.min(Math.max(op.alpha() * x + op.beta(), 0), 1);
      case HARD_SWISH -> x * Math.min(Math.max(x * (1f / 6) + 0.5f, 0), 1);
      case SWISH -> (float) (x * sigmoid((double) op.alpha() * x));
      case MISH -> (float) (x * Math.tanh(softplus(x)));
      case SOFTPLUS -> (float) softplus(x);
      case SOFTSIGN -> x / (1 + Math.abs(x));
      case TANH -> (float) Math.tanh(x);
      case GELU -> (float) (0.5 * x * (1 + ErrorFunction.of(x * Math.sqrt(0.5))));
      case GELU_TANH ->
          (float)
              (0.5
                  * x
                  * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * (double) x * x * x))));
      case ERF -> (float) ErrorFunction.of(x);
      case EXP -> (float) Math.exp(x);
      case LOG -> (float) Math.log(x);
      case SQRT -> (float) Math.sqrt(x);
      case RECIPROCAL -> 1 / x;
      case ABS -> Math.abs(x);
      case NEG -> -x;
      case FLOOR -> (float) Math.floor(x);
      case CEIL -> (float) Math.ceil(x);
      case ROUND -> (float) Math.rint(x);
      case TRUNCATE -> (float) (x < 0 ? Math.ceil(x) : Math.floor(x));
      case SIGN -> Math.signum(x);
      case SIN -> (float) Math.sin(x);
      case COS -> (float) Math.cos(x);
      case TAN -> (float) Math.tan(x);
      case ASIN -> (float) Math.asin(x);
      case ACOS -> (float) Math.acos(x);
      case ATAN -> (float) Math.atan(x);
      case SINH -> (float) Math.sinh(x);
      case COSH -> (float) Math.cosh(x);
      case ASINH -> (float) (Math.signum(x) * logOfSum(Math.abs(x), 1));
      case ACOSH -> (float) logOfSum(x, -1);
      case ATANH -> (float) ((Math.log1p(x) - Math.log1p(-x)) / 2);
      case TO_FLOAT16 -> Float.float16ToFloat(Float.floatToFloat16(x));
      case TO_BFLOAT16 -> bfloat16(x);
      case NOT -> x == 0 ? 1 : 0;
      case IS_NOT_ZERO -> x != 0 ? 1 : 0;
      case IS_NAN -> Float.isNaN(x) ? 1 : 0;
      case IS_INF -> Float.isInfinite(x) && (x > 0 ? op.alpha() : op.beta()) != 0 ? 1 : 0;
    };
  }

  /** log(x + sqrt(x^2 + c)). */
  private static double logOfSum(double x, double c) {
    return Math.log(x + Math.sqrt(x * x + c));
  }

  private static float bfloat16(float x) {
    int bits = Float.floatToRawIntBits(x);
    int rounded = bits + 0x7FFF + (bits >>> 16 & 1);
    return Float.isNaN(x) ? x : Float.intBitsToFloat(rounded & 0xFFFF0000);
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  private static double softplus(double x) {
    return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
  }
}
