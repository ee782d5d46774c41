package dev.hydranet.cli.video;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Writes pictures while the next are painted, in pictures that are used again and again. */
final class FrameWriter implements AutoCloseable {
  /** One is painted, one waits, one is written. */
  private static final int PICTURES = 3;

  private static final int PATIENCE_SECONDS = 5;

  private record Written(BufferedImage picture, Future<?> end) {}

  private final FrameSink sink;
  private final Queue<BufferedImage> free = new ArrayDeque<>();
  private final Queue<Written> underWay = new ArrayDeque<>();
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          work -> {
            Thread writing = new Thread(work, "hydranet-pictures");
            writing.setDaemon(true);
            return writing;
          });

  FrameWriter(FrameSink sink, FramePainter painter) {
    this.sink = sink;
    for (int i = 0; i < PICTURES; i++) {
      free.add(painter.newPicture());
    }
  }

  /** A picture to paint into; waits until one was written. */
  BufferedImage next() throws IOException {
    return free.isEmpty() ? awaitFirst() : free.remove();
  }

  private BufferedImage awaitFirst() throws IOException {
    Written first = underWay.remove();
    try {
      first.end().get();
      return first.picture();
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case IOException failure -> throw failure;
        case RuntimeException failure -> throw failure;
        case Error failure -> throw failure;
        default -> throw new IllegalStateException(e);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted");
    }
  }

  /** Writes a picture that {@link #next} gave. */
  void write(BufferedImage picture, double seconds) {
    Callable<Void> work =
        () -> {
          sink.write(picture, seconds);
          return null;
        };
    underWay.add(new Written(picture, thread.submit(work)));
  }

  /** Waits for all pictures, and completes the video. */
  void finish() throws IOException {
    while (!underWay.isEmpty()) {
      awaitFirst();
    }
    sink.finish();
  }

  /** Ends the writing of what is not finished, so that the sink can remove all of it. */
  @Override
  public void close() throws IOException {
    thread.shutdownNow();
    sink.close(); // a program that does not read ends, and with it the wait for it
    try {
      thread.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
