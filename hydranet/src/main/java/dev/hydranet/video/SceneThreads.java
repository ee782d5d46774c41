package dev.hydranet.video;

import dev.hydranet.HydraNet;
import dev.hydranet.ImageSize;
import dev.hydranet.engine.InsufficientMemoryException;
import dev.hydranet.engine.Threads;
import dev.hydranet.engine.plan.Session;
import dev.hydranet.engine.tensor.Shape;
import dev.hydranet.engine.tensor.Tensor;
import dev.hydranet.network.HydraNetwork;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * The threads behind a stream: one takes frames and makes inputs of them, the others compute. None
 * refers to the stream, so that it can become garbage.
 *
 * <p>Several frames are computed at once, each on few threads, rather than one on all: threads that
 * share a frame wait for each other at every layer, and for whatever else has to run.
 */
final class SceneThreads<F> {
  /** How many frames wait at each end of the network. */
  private static final int WAITING = 2;

  /** Frames that are computed at once; each needs its own working memory. */
  private static final int MOST_AT_ONCE = 4;

  /** A frame on its way into the network. */
  private record Prepared<F>(long index, F frame, int height, int width, Tensor input) {}

  /** A frame on its way out of the network. */
  record Answer<F>(
      long index, F frame, int height, int width, ImageSize computed, Map<String, Tensor> heads) {}

  private final HydraNet net;
  private final Iterator<? extends F> frames;
  private final Function<? super F, BufferedImage> image;
  private final StreamOptions options;
  private final int atOnce;
  private final Handoff<Tensor> inputs;
  private final Handoff<Prepared<F>> prepared = new Handoff<>(WAITING);
  private final Handoff<Answer<F>> answers = new Handoff<>(WAITING);
  private final Thread preparing = new Thread(this::prepare, "hydranet-frames");
  private final OrderedAnswers<F> ordered;
  private final List<Thread> computing = new ArrayList<>();
  private final AtomicInteger atWork;

  SceneThreads(
      HydraNet net,
      Iterator<? extends F> frames,
      Function<? super F, BufferedImage> image,
      StreamOptions options) {
    this.net = net;
    this.frames = frames;
    this.image = image;
    this.options = options;
    int threads = options.threads().count();
    this.atOnce = Math.min(threads, MOST_AT_ONCE);
    this.inputs = new Handoff<>(WAITING + 1 + atOnce);
    this.ordered = new OrderedAnswers<>(answers, new Smoothing(options.smoothing()));
    this.atWork = new AtomicInteger(atOnce);
    for (int i = 0; i < atOnce; i++) {
      Threads share = Threads.of(threads / atOnce + (i < threads % atOnce ? 1 : 0));
      computing.add(new Thread(() -> compute(share), "hydranet-scenes-" + i));
    }
  }

  void start() {
    preparing.setDaemon(true);
    preparing.start();
    for (Thread thread : computing) {
      thread.setDaemon(true);
      thread.start();
    }
  }

  /** Waits for the next; null at the end. */
  Answer<F> take() throws InterruptedException {
    return answers.take();
  }

  /** Ends all threads, unless the iterator of frames holds one of them. */
  void cancel() {
    inputs.cancel();
    prepared.cancel();
    answers.cancel();
    preparing.interrupt();
    computing.forEach(Thread::interrupt);
  }

  private void prepare() {
    try {
      ImageSize size = null;
      ImageSize computed = null;
      for (long index = 0; frames.hasNext(); index++) {
        F frame = frames.next();
        BufferedImage picture = image.apply(frame);
        ImageSize found = new ImageSize(picture.getHeight(), picture.getWidth());
        if (size == null) {
          size = found;
          computed = net.computedSize(size.height(), size.width(), options.prediction());
          addInputs(computed);
        }
        if (!found.equals(size)) {
          throw new IllegalArgumentException(
              String.format(
                  Locale.ROOT,
                  "frame %d: expected %d x %d pixels as the first, found %d x %d",
                  index + 1,
                  size.width(),
                  size.height(),
                  found.width(),
                  found.height()));
        }
        Tensor input = inputs.take();
        net.metadata().normalization().shrink(picture, computed, input);
        prepared.put(new Prepared<>(index, frame, size.height(), size.width(), input));
      }
      prepared.end();
    } catch (InterruptedException | CancellationException e) {
      prepared.cancel();
    } catch (RuntimeException | Error e) {
      prepared.fail(e);
    }
  }

  private void addInputs(ImageSize size) throws InterruptedException {
    Shape shape = Shape.of(1, 3, size.height(), size.width());
    long bytes = (WAITING + 1L + atOnce) * Float.BYTES * shape.elementCount();
    String what = "a video of " + shape.width() + " x " + shape.height() + " pixels";
    InsufficientMemoryException.check(what, bytes);
    try {
      for (int i = 0; i < WAITING + 1 + atOnce; i++) {
        inputs.put(Tensor.zeros(shape));
      }
    } catch (OutOfMemoryError e) {
      throw InsufficientMemoryException.of(what, bytes, e);
    }
  }

  private void compute(Threads share) {
    try {
      computeAll(share);
      if (atWork.decrementAndGet() == 0) {
        answers.end();
      }
    } catch (InterruptedException | CancellationException e) {
      ordered.cancel();
    } catch (RuntimeException | Error e) {
      // The frames could not go on; those before are finished by whoever computes them.
      if (atWork.decrementAndGet() == 0) {
        answers.fail(e);
      }
    }
  }

  private void computeAll(Threads share) throws InterruptedException {
    Session session = null;
    ImageSize computed = null;
    for (Prepared<F> next = prepared.take(); next != null; next = prepared.take()) {
      try {
        if (session == null) {
          Shape shape = next.input().shape();
          computed = new ImageSize(shape.height(), shape.width());
          session = net.newSession(computed.height(), computed.width(), share);
        }
        Map<String, Tensor> heads = session.newOutputs();
        session.run(Map.of(HydraNetwork.INPUT, next.input()), heads);
        ordered.put(
            new Answer<>(next.index(), next.frame(), next.height(), next.width(), computed, heads));
        inputs.put(next.input());
      } catch (CancellationException e) {
        throw e;
      } catch (RuntimeException | Error e) {
        ordered.fail(next.index(), e);
        prepared.cancel();
        inputs.cancel();
        preparing.interrupt();
        throw new CancellationException();
      }
    }
  }
}
