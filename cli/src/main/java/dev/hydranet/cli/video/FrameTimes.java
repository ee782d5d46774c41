package dev.hydranet.cli.video;

import dev.hydranet.video.FrameRate;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * Whether a video's frames are evenly spaced, told from their times, which come nearly in order.
 * Memory does not grow with the video.
 */
final class FrameTimes {
  /** The most frames by which decoding precedes display; H.264 and HEVC allow 16. */
  private static final int REORDERED = 32;

  /** How far a time may be from an even one, in frames: clocks of milliseconds round. */
  private static final double TOLERANCE = 0.3;

  private final double tick;
  private final double from;
  private final double to;
  private final double start;
  private final PriorityQueue<Long> waiting = new PriorityQueue<>();
  private final FrameRate[] candidates;
  private final boolean[] fits;
  private boolean known;
  private long frames;
  private long selected;
  private long firstTime;
  private boolean untimed;

  FrameTimes(VideoFacts facts, Selection selection) {
    this.tick = facts.tick();
    this.start = facts.start();
    this.from = selection.from();
    this.to = selection.from() + selection.length();
    FrameRate base = facts.baseRate().orElse(new FrameRate(25, 1));
    this.candidates = new FrameRate[] {base, facts.meanRate().orElse(base)};
    this.fits = new boolean[] {true, true};
  }

  /** The next packet's time in ticks, or something else if it has none. */
  void add(String ticks) {
    long time;
    try {
      time = Long.parseLong(ticks);
    } catch (NumberFormatException e) {
      untimed = true;
      frames++;
      selected++;
      return;
    }
    waiting.add(time);
    if (waiting.size() > REORDERED) {
      see(waiting.poll());
    }
  }

  void end() {
    while (!waiting.isEmpty()) {
      see(waiting.poll());
    }
  }

  private void see(long time) {
    if (!known) {
      known = true;
      firstTime = time;
    }
    double seconds = (time - firstTime) * tick;
    for (int i = 0; i < candidates.length; i++) {
      double expected = frames;
      fits[i] &= Math.abs(seconds * candidates[i].perSecond() - expected) < TOLERANCE;
    }
    double shown = time * tick - start;
    // A frame is in the selection if ffmpeg's -ss and -t keep it.
    if (shown >= from - tick && shown < to - tick) {
      selected++;
    }
    frames++;
  }

  /** The rate of evenly spaced frames; empty if they are not. */
  Optional<FrameRate> evenRate() {
    for (int i = 0; i < candidates.length; i++) {
      if (fits[i] || untimed) {
        return Optional.of(candidates[i]);
      }
    }
    return Optional.empty();
  }

  /** The mean rate. */
  FrameRate meanRate() {
    return candidates[1];
  }

  /** How many frames are selected; an estimate, for progress. */
  long selected() {
    return selected;
  }

  /** When the first frame is shown, in seconds after the file's beginning. */
  double first() {
    return known ? Math.max(0, firstTime * tick - start) : 0;
  }
}
