package dev.hydranet;

import dev.hydranet.engine.InsufficientMemoryException;
import dev.hydranet.engine.Threads;
import dev.hydranet.engine.plan.Plan;
import dev.hydranet.engine.plan.Session;
import dev.hydranet.engine.serve.Turn;
import dev.hydranet.engine.tensor.Shape;
import dev.hydranet.engine.tensor.Tensor;
import java.awt.image.BufferedImage;
import java.lang.ref.SoftReference;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.CancellationException;

/**
 * Runs one plan on images of any size from any thread that has its turn, and keeps the working
 * memory of the latest sizes for the next image: a few sessions, whatever the number of sizes, and
 * the garbage collector may take those when the heap is full.
 */
final class SessionPool {
  /** So that a few sizes in turn do not cost a new session each time, even on one processor. */
  private static final int KEPT_AT_LEAST = 4;

  private record Seat(Session session, Tensor input) {}

  private final Plan plan;
  private final String inputName;
  private final Normalization normalization;
  private final Threads threads;
  private final int kept;
  private final Deque<SoftReference<Seat>> idle = new ArrayDeque<>(); // latest first

  SessionPool(Plan plan, String inputName, Normalization normalization, Threads threads) {
    this.plan = plan;
    this.inputName = inputName;
    this.normalization = normalization;
    this.threads = threads;
    this.kept = Math.max(KEPT_AT_LEAST, Runtime.getRuntime().availableProcessors());
  }

  /**
   * The plan's outputs for an image, in new tensors.
   *
   * @param size at which the image is computed, no larger than it is
   * @param turn of the calling thread
   * @throws CancellationException if the turn is cancelled meanwhile
   * @throws InsufficientMemoryException if the heap has no room for the way to the scene
   */
  Map<String, Tensor> run(BufferedImage image, ImageSize size, Turn turn) {
    try {
      Seat seat = take(image, shape(size));
      try {
        normalization.shrink(image, size, seat.input);
        Map<String, Tensor> outputs = seat.session.newOutputs();
        Map<String, Tensor> inputs = Map.of(inputName, seat.input);
        seat.session.run(inputs, outputs, Threads.of(turn.threads()), turn::isCancelled);
        return outputs;
      } finally {
        giveBack(seat);
      }
    } catch (OutOfMemoryError e) {
      throw InsufficientMemoryException.of(name(image), bytes(image, shape(size)), e);
    }
  }

  /**
   * What an image takes besides itself: first a session and its input, then, when these may go, the
   * scene; the heads lie beside both.
   */
  private long bytes(BufferedImage image, Shape shape) {
    Map<String, Shape> inputs = Map.of(inputName, shape);
    Map<String, Shape> heads = plan.outputShapes(inputs);
    long computing = plan.workingBytes(inputs, threads) + Float.BYTES * shape.elementCount();
    long showing = Scene.bytes(heads, image.getHeight(), image.getWidth());
    return Math.max(computing, showing)
        + Float.BYTES * heads.values().stream().mapToLong(Shape::elementCount).sum();
  }

  private static Shape shape(ImageSize size) {
    return Shape.of(1, 3, size.height(), size.width());
  }

  private static String name(BufferedImage image) {
    return "an image of " + image.getWidth() + " x " + image.getHeight() + " pixels";
  }

  private Seat take(BufferedImage image, Shape shape) {
    synchronized (idle) {
      for (Iterator<SoftReference<Seat>> i = idle.iterator(); i.hasNext(); ) {
        Seat seat = i.next().get();
        if (seat == null) {
          i.remove();
        } else if (seat.input.shape().equals(shape)) {
          i.remove();
          return seat;
        }
      }
    }
    InsufficientMemoryException.check(name(image), bytes(image, shape));
    return new Seat(plan.newSession(shape, threads), Tensor.zeros(shape));
  }

  private void giveBack(Seat seat) {
    synchronized (idle) {
      idle.addFirst(new SoftReference<>(seat));
      if (idle.size() > kept) {
        idle.removeLast();
      }
    }
  }

  /** How many sessions wait for the next image. */
  int idleCount() {
    synchronized (idle) {
      return idle.size();
    }
  }
}
