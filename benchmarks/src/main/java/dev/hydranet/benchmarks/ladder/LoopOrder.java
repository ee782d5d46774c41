package dev.hydranet.benchmarks.ladder;

import dev.hydranet.benchmarks.ladder.rung.Convolution;
import dev.hydranet.benchmarks.ladder.rung.PlanarRung;
import java.util.Arrays;

/**
 * The same products in another order: one weight at a time meets a whole row of pixels, which lie
 * side by side in memory.
 *
 * <p>No product waits for another any more, and the question where the image ends is asked once a
 * row. But every weight reads and writes the whole output plane again.
 */
public final class LoopOrder extends PlanarRung {
  private final float[] weights; // [o][c][i][j]
  private final float[] bias; // [o]

  public LoopOrder(Convolution c) {
    super(c);
    weights = c.weights();
    bias = c.bias();
  }

  /** A part is an output channel. */
  @Override
  public int parts() {
    return c.outputs();
  }

  @Override
  public void run(int o, float[] scratch) {
    int group = o / (c.outputs() / c.conv().groups()) * c.groupChannels();
    int begin = o * c.outHeight() * c.outWidth();
    int end = begin + c.outHeight() * c.outWidth();
    Arrays.fill(out, begin, end, bias[o]);
    int w = o * c.groupChannels() * c.kernel() * c.kernel();
    for (int channel = 0; channel < c.groupChannels(); channel++) {
      for (int i = 0; i < c.kernel(); i++) {
        for (int j = 0; j < c.kernel(); j++) {
          addPlane(weights[w++], group + channel, i, j, begin);
        }
      }
    }
    for (int p = begin; p < end; p++) {
      out[p] = relu6(out[p]);
    }
  }

  private void addPlane(float weight, int channel, int i, int j, int plane) {
    int first = j - c.padding();
    int begin = Math.ceilDiv(Math.max(0, -first), c.stride());
    int end = Math.min(c.outWidth(), (c.width() - 1 - first) / c.stride() + 1);
    for (int y = 0; y < c.outHeight(); y++) {
      int inY = y * c.stride() + i - c.padding();
      if (inY >= 0 && inY < c.height()) {
        int row = (channel * c.height() + inY) * c.width() + first;
        addRow(weight, row, c.stride(), plane + y * c.outWidth(), begin, end);
      }
    }
  }

  private void addRow(float weight, int from, int stride, int to, int begin, int end) {
    for (int x = begin; x < end; x++) {
      out[to + x] += weight * in[from + x * stride];
    }
  }
}
