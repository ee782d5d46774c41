package dev.hydranet.video;

import java.util.HashMap;
import java.util.Map;

/**
 * Brings answers that are computed at the same time into the order of their frames, and smooths
 * them in it. An answer that cannot be computed ends the row in its turn.
 */
final class OrderedAnswers<F> {
  /** How many answers may wait for the one that is next, which some other thread computes. */
  private static final int AHEAD = 4;

  private final Handoff<SceneThreads.Answer<F>> answers;
  private final Smoothing smoothing;
  private final Map<Long, Object> waiting = new HashMap<>(); // answers, or why there is none
  private long next;
  private boolean failed;

  OrderedAnswers(Handoff<SceneThreads.Answer<F>> answers, Smoothing smoothing) {
    this.answers = answers;
    this.smoothing = smoothing;
  }

  /** The answer to a frame; waits if it is far ahead of its turn. */
  synchronized void put(SceneThreads.Answer<F> answer) throws InterruptedException {
    while (answer.index() >= next + AHEAD && !failed) {
      wait();
    }
    waiting.put(answer.index(), answer);
    handOn();
  }

  /** A frame has no answer. */
  synchronized void fail(long index, Throwable unchecked) throws InterruptedException {
    waiting.put(index, unchecked);
    handOn();
  }

  /** What is next in the row goes on, as long as it is there; waits while nobody wants it. */
  private void handOn() throws InterruptedException {
    while (!failed && waiting.containsKey(next)) {
      switch (waiting.remove(next)) {
        case Throwable failure -> {
          answers.fail(failure);
          failed = true;
        }
        case Object found -> {
          @SuppressWarnings("unchecked") // nothing else was put
          SceneThreads.Answer<F> answer = (SceneThreads.Answer<F>) found;
          smoothing.apply(answer.heads());
          answers.put(answer);
        }
      }
      next++;
      notifyAll();
    }
  }

  /** Nobody computes any more, unless a frame that failed ends the row: then that stands. */
  synchronized void cancel() {
    if (!failed && waiting.values().stream().noneMatch(Throwable.class::isInstance)) {
      answers.cancel();
    }
  }
}
