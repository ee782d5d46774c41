package dev.hydranet.video;

import dev.hydranet.HydraNet;
import dev.hydranet.ImageSize;
import dev.hydranet.engine.InsufficientMemoryException;
import dev.hydranet.engine.plan.Session;
import dev.hydranet.engine.tensor.Shape;
import dev.hydranet.engine.tensor.Tensor;
import dev.hydranet.network.HydraNetwork;
import java.awt.image.BufferedImage;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.Function;

/**
 * The two threads behind a stream: one takes frames and makes inputs of them, the other computes.
 * Neither refers to the stream, so that it can become garbage.
 */
final class SceneThreads<F> {
  /** How many frames wait at each end of the network. */
  private static final int WAITING = 2;

  /** One input is being made, one is computed. */
  private static final int INPUTS = WAITING + 2;

  /** A frame on its way into the network. */
  private record Prepared<F>(F frame, int height, int width, Tensor input) {}

  /** A frame on its way out of the network. */
  record Answer<F>(
      long index, F frame, int height, int width, ImageSize computed, Map<String, Tensor> heads) {}

  private final HydraNet net;
  private final Iterator<? extends F> frames;
  private final Function<? super F, BufferedImage> image;
  private final StreamOptions options;
  private final Handoff<Tensor> inputs = new Handoff<>(INPUTS);
  private final Handoff<Prepared<F>> prepared = new Handoff<>(WAITING);
  private final Handoff<Answer<F>> answers = new Handoff<>(WAITING);
  private final Thread preparing = new Thread(this::prepare, "hydranet-frames");
  private final Thread computing = new Thread(this::compute, "hydranet-scenes");

  SceneThreads(
      HydraNet net,
      Iterator<? extends F> frames,
      Function<? super F, BufferedImage> image,
      StreamOptions options) {
    this.net = net;
    this.frames = frames;
    this.image = image;
    this.options = options;
  }

  void start() {
    preparing.setDaemon(true);
    computing.setDaemon(true);
    preparing.start();
    computing.start();
  }

  /** Waits for the next; null at the end. */
  Answer<F> take() throws InterruptedException {
    return answers.take();
  }

  /** Ends both threads, unless the iterator of frames holds one of them. */
  void cancel() {
    inputs.cancel();
    prepared.cancel();
    answers.cancel();
    preparing.interrupt();
    computing.interrupt();
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
        prepared.put(new Prepared<>(frame, size.height(), size.width(), input));
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
    long bytes = INPUTS * Float.BYTES * shape.elementCount();
    String what = "a video of " + shape.width() + " x " + shape.height() + " pixels";
    InsufficientMemoryException.check(what, bytes);
    try {
      for (int i = 0; i < INPUTS; i++) {
        inputs.put(Tensor.zeros(shape));
      }
    } catch (OutOfMemoryError e) {
      throw InsufficientMemoryException.of(what, bytes, e);
    }
  }

  private void compute() {
    try {
      Session session = null;
      ImageSize computed = null;
      Smoothing smoothing = new Smoothing(options.smoothing());
      long index = 0;
      for (Prepared<F> next = prepared.take(); next != null; next = prepared.take()) {
        if (session == null) {
          Shape shape = next.input().shape();
          computed = new ImageSize(shape.height(), shape.width());
          session = net.newSession(computed.height(), computed.width(), options.threads());
        }
        Map<String, Tensor> heads = session.newOutputs();
        session.run(Map.of(HydraNetwork.INPUT, next.input()), heads);
        inputs.put(next.input());
        smoothing.apply(heads);
        answers.put(
            new Answer<>(index++, next.frame(), next.height(), next.width(), computed, heads));
      }
      answers.end();
    } catch (InterruptedException | CancellationException e) {
      answers.cancel();
    } catch (RuntimeException | Error e) {
      answers.fail(e);
      prepared.cancel();
      inputs.cancel();
      preparing.interrupt();
    }
  }
}
