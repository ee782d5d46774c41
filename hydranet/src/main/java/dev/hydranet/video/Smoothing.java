package dev.hydranet.video;

import dev.hydranet.engine.tensor.Tensor;
import java.util.HashMap;
import java.util.Map;

/**
 * Exponential smoothing over time: each number becomes {@code share * before + (1 - share) * now},
 * where {@code before} is the number's last smoothed value.
 */
final class Smoothing {
  private final float share;
  private final Map<String, float[]> before = new HashMap<>();

  /**
   * Begins without a past.
   *
   * @param share of the past, 0 to below 1
   */
  Smoothing(double share) {
    this.share = (float) share;
  }

  /** Smooths the heads of the next frame in place; they are of one size in all frames. */
  void apply(Map<String, Tensor> heads) {
    if (share > 0) {
      heads.forEach((name, head) -> smooth(name, head.data()));
    }
  }

  private void smooth(String name, float[] now) {
    float[] past = before.get(name);
    if (past == null) {
      before.put(name, now.clone());
      return;
    }
    for (int i = 0; i < now.length; i++) {
      float smooth = past[i] + (1 - share) * (now[i] - past[i]);
      // A NaN would stay for ever.
      past[i] = Float.isFinite(smooth) ? smooth : now[i];
    }
    System.arraycopy(past, 0, now, 0, now.length);
  }
}
