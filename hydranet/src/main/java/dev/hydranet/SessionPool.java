package dev.hydranet;

import dev.hydranet.engine.InsufficientMemoryException;
import dev.hydranet.engine.Threads;
import dev.hydranet.engine.plan.Plan;
import dev.hydranet.engine.plan.Session;
import dev.hydranet.engine.tensor.Shape;
import dev.hydranet.engine.tensor.Tensor;
import java.awt.image.BufferedImage;
import java.lang.ref.SoftReference;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.Semaphore;

/**
 * Runs one plan on images of any size from any thread, and keeps the working memory of the latest
 * sizes for the next image.
 *
 * <p>No more threads compute at once than the JVM has processors: a caller beyond that waits, since
 * more would only take more memory. What is kept besides is a few sessions, whatever the number of
 * sizes, and the garbage collector may take those when the heap is full.
 */
final class SessionPool {
  /** So that a few sizes in turn do not cost a new session each time, even on one processor. */
  private static final int KEPT_AT_LEAST = 4;

  private record Seat(Session session, Tensor input) {}

  private final Plan plan;
  private final String inputName;
  private final Normalization normalization;
  private final Threads threads;
  private final Semaphore turns;
  private final int kept;
  private final Deque<SoftReference<Seat>> idle = new ArrayDeque<>(); // latest first

  SessionPool(Plan plan, String inputName, Normalization normalization, Threads threads) {
    this.plan = plan;
    this.inputName = inputName;
    this.normalization = normalization;
    this.threads = threads;
    int atOnce = Math.max(1, Runtime.getRuntime().availableProcessors() / threads.count());
    this.turns = new Semaphore(atOnce, true);
    this.kept = Math.max(KEPT_AT_LEAST, atOnce);
  }

  /**
   * The plan's outputs for an image, in tensors of their own.
   *
   * @param size at which the image is computed, no larger than it is
   * @throws InsufficientMemoryException if the heap has no room for the way to the scene
   */
  Map<String, Tensor> run(BufferedImage image, ImageSize size) {
    turns.acquireUninterruptibly();
    try {
      return compute(image, size);
    } catch (OutOfMemoryError e) {
      throw InsufficientMemoryException.of(name(image), bytes(image, shape(size)), e);
    } finally {
      turns.release();
    }
  }

  private Map<String, Tensor> compute(BufferedImage image, ImageSize size) {
    Seat seat = take(image, shape(size));
    normalization.shrink(image, size, seat.input);
    Map<String, Tensor> outputs = seat.session.newOutputs();
    seat.session.run(Map.of(inputName, seat.input), outputs);
    giveBack(seat);
    return outputs;
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
