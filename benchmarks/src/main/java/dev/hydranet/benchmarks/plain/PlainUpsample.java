package dev.hydranet.benchmarks.plain;

import dev.hydranet.benchmarks.pieces.Piece;
import dev.hydranet.engine.graph.Node;
import dev.hydranet.engine.graph.Size;
import dev.hydranet.engine.graph.Upsample;
import dev.hydranet.engine.tensor.Shape;
import java.util.List;

/** Bilinear upsampling: every pixel a blend of four. */
public final class PlainUpsample extends PlainLoops {
  public PlainUpsample(Piece piece, long rotatedBytes) {
    super(fixed(piece), List.of(piece.shapes().get(first(piece).inputs().get(0))), rotatedBytes);
  }

  private static Node first(Piece piece) {
    return piece.nodes().get(0);
  }

  /** The same with the output's size, instead of a second operand that has it. */
  private static Upsample fixed(Piece piece) {
    Shape out = piece.shapes().get(first(piece).name());
    Size size = new Size(out.height(), out.width());
    return new Upsample(((Upsample) first(piece).op()).mode(), new Upsample.Target.To(size));
  }

  @Override
  void compute(float[][][] inputs, float[][] outputs) {
    float[][] pixels = inputs[0];
    for (int y = 0; y < out.height(); y++) {
      float down = source(y, in.height(), out.height());
      int top = (int) down * in.width();
      int bottom = Math.min((int) down + 1, in.height() - 1) * in.width();
      for (int x = 0; x < out.width(); x++) {
        float along = source(x, in.width(), out.width());
        int left = (int) along;
        int right = Math.min(left + 1, in.width() - 1);
        blend(
            pixels[top + left],
            pixels[top + right],
            pixels[bottom + left],
            pixels[bottom + right],
            down - (int) down,
            along - left,
            outputs[y * out.width() + x]);
      }
    }
  }

  /** The input's coordinate at an output's, pixels having their centres at 1/2. */
  private static float source(int i, int extent, int outExtent) {
    return Math.max(0, (i + 0.5f) * extent / outExtent - 0.5f);
  }

  private static void blend(
      float[] a, float[] b, float[] c, float[] d, float down, float along, float[] result) {
    for (int i = 0; i < result.length; i++) {
      float upper = a[i] + along * (b[i] - a[i]);
      float lower = c[i] + along * (d[i] - c[i]);
      result[i] = upper + down * (lower - upper);
    }
  }
}
