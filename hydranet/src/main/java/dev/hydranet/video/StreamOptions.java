package dev.hydranet.video;

import dev.hydranet.PredictOptions;
import dev.hydranet.engine.Threads;

/**
 * How a stream computes.
 *
 * @param threads that compute. They share up to four frames, which are computed at once: that gives
 *     the most frames a second. Each takes its own working memory
 * @param smoothing share of the past in each answer, 0 (none) to below 1; see {@link
 *     #DEFAULT_SMOOTHING}
 * @param prediction at which height frames are computed
 */
public record StreamOptions(Threads threads, double smoothing, PredictOptions prediction) {
  /** Halves the flicker of still scenes, and follows what moves within a few frames. */
  public static final double DEFAULT_SMOOTHING = 0.4;

  /** All processors, the default smoothing, and the height that the weights were trained for. */
  public static final StreamOptions DEFAULT =
      new StreamOptions(Threads.available(), DEFAULT_SMOOTHING, PredictOptions.DEFAULT);

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if smoothing is not in its range
   */
  public StreamOptions {
    if (!(smoothing >= 0 && smoothing < 1)) {
      throw new IllegalArgumentException(
          "expected a smoothing of 0 to below 1, found " + smoothing);
    }
  }

  /**
   * {@return the same with other threads}
   *
   * @param other threads that compute
   */
  public StreamOptions withThreads(Threads other) {
    return new StreamOptions(other, smoothing, prediction);
  }

  /**
   * {@return the same with another smoothing}
   *
   * @param share of the past in each answer, 0 (none) to below 1
   * @throws IllegalArgumentException if it is not in its range
   */
  public StreamOptions withSmoothing(double share) {
    return new StreamOptions(threads, share, prediction);
  }

  /**
   * {@return the same at another height}
   *
   * @param options at which height frames are computed
   */
  public StreamOptions withPrediction(PredictOptions options) {
    return new StreamOptions(threads, smoothing, options);
  }
}
