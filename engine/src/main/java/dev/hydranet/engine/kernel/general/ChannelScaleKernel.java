package dev.hydranet.engine.kernel.general;

import dev.hydranet.engine.kernel.ChannelFilter;
import dev.hydranet.engine.kernel.Clamp;
import dev.hydranet.engine.kernel.Kernel;
import dev.hydranet.engine.kernel.Parts;
import java.util.Arrays;

/**
 * A factor and an offset for each index of dimension 1, of tensors that are no images. A part is
 * some lines of one channel.
 */
public final class ChannelScaleKernel implements Kernel {
  private final View in;
  private final ChannelFilter filter;
  private final View residual;
  private final Clamp clamp;
  private final View out;
  private final int[] from;
  private final int[] to;
  private final int[] added;
  private final Parts parts;

  /**
   * For tensors of equal extents.
   *
   * @param residual what is added before clamping, or null
   */
  public ChannelScaleKernel(View in, ChannelFilter filter, View residual, Clamp clamp, View out) {
    this.in = in;
    this.filter = filter;
    this.residual = residual;
    this.clamp = clamp;
    this.out = out;
    this.from = inner(in);
    this.to = inner(out);
    this.added = residual == null ? null : inner(residual);
    int lines = in.dims()[0] * in.dims()[1];
    this.parts = Parts.of(lines, Math.max(1, 4096 / Math.max(1, to.length)), 1);
  }

  /** The elements of one channel of one image, from its first one on. */
  private static int[] inner(View view) {
    boolean[] along = new boolean[view.rank()];
    Arrays.fill(along, 2, along.length, true);
    return Lines.of(view, along).offsets();
  }

  @Override
  public int parts() {
    return parts.count();
  }

  @Override
  public void run(int part, float[] scratch) {
    int channels = in.dims()[1];
    for (int line = parts.begin(part); line < parts.end(part); line++) {
      int image = line / channels;
      int channel = line % channels;
      int a = first(in, image, channel);
      int b = residual == null ? 0 : first(residual, image, channel);
      int c = first(out, image, channel);
      for (int i = 0; i < to.length; i++) {
        float y = in.data()[a + from[i]] * filter.taps()[channel] + filter.bias()[channel];
        y += residual == null ? 0 : residual.data()[b + added[i]];
        out.data()[c + to[i]] = clamp.apply(y);
      }
    }
  }

  private static int first(View view, int image, int channel) {
    return view.offset() + image * view.strides()[0] + channel * view.strides()[1];
  }
}
