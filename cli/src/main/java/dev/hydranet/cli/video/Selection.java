package dev.hydranet.cli.video;

import dev.hydranet.video.FrameRate;
import java.util.Locale;

/**
 * Which frames are wanted.
 *
 * @param from seconds after the video's beginning
 * @param length in seconds; infinite for all
 * @param every keeps one frame out of this many, at least 1
 */
public record Selection(double from, double length, int every) {
  /** So that 0.04 s at 25 frames a second is the second frame, however doubles are rounded. */
  private static final double ROUNDING = 1e-6;

  /** For a message about what is missing: which part was wanted, if it was not all. */
  String suffix() {
    return from > 0 ? String.format(Locale.ROOT, " from %.2f s on", from) : "";
  }

  /** How many frames come before the first that is wanted. */
  long firstFrame(FrameRate rate) {
    return (long) Math.ceil(from * rate.perSecond() - ROUNDING);
  }

  /** How many frames, wanted or passed over, the length has. */
  long frames(FrameRate rate) {
    return Double.isInfinite(length)
        ? Long.MAX_VALUE
        : Math.max(1, (long) Math.ceil(length * rate.perSecond() - ROUNDING));
  }
}
