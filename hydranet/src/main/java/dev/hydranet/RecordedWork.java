package dev.hydranet;

import dev.hydranet.engine.events.FlightRecorder;
import dev.hydranet.engine.serve.Turn;

/**
 * Computes an image and tells Java Flight Recorder about it.
 *
 * @param size at which it is computed
 */
record RecordedWork(ImageSize size, Predictions.Work work) implements Predictions.Work {
  /** The work itself, if recording is not available. */
  static Predictions.Work of(ImageSize size, Predictions.Work work) {
    return FlightRecorder.isPresent() ? new RecordedWork(size, work) : work;
  }

  @Override
  public Scene compute(Turn turn) {
    PredictionEvent event = new PredictionEvent();
    if (!event.isEnabled()) {
      return work.compute(turn);
    }
    event.height = size.height();
    event.width = size.width();
    event.threads = turn.threads();
    event.waitingTime = turn.waitedNanos();
    event.begin();
    try {
      return work.compute(turn);
    } catch (Throwable failure) {
      event.failure = failure.getClass().getName();
      throw failure;
    } finally {
      event.commit();
    }
  }
}
