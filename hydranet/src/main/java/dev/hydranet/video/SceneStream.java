package dev.hydranet.video;

import dev.hydranet.HydraNet;
import dev.hydranet.engine.InsufficientMemoryException;
import java.awt.image.BufferedImage;
import java.lang.ref.Cleaner;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.function.Function;

/**
 * The scenes of a video's frames, in order. While the caller works on one scene, the next frames
 * are taken from their iterator and computed. At most six frames are under way, so that memory does
 * not grow with the video; working memory is allocated once.
 *
 * <pre>{@code
 * Iterator<BufferedImage> frames = ...;
 * try (SceneStream<BufferedImage> scenes = SceneStream.ofImages(net, frames)) {
 *   while (scenes.hasNext()) {
 *     FrameScene<BufferedImage> next = scenes.next();
 *     show(next.frame(), next.scene().segmentation());
 *   }
 * }
 * }</pre>
 *
 * <p>A stream that ends, by itself or with an exception, needs no closing. {@link #close} stops one
 * early, from any thread; a stream that nobody refers to any more stops, too. Its threads are
 * daemons.
 *
 * <p>For one consuming thread at a time; only {@link #close} may be called from others. The
 * iterator of frames is used by one thread, which is the stream's own. The scenes are the same to
 * the last bit whatever the number of threads.
 *
 * @param <F> what frames are
 */
public final class SceneStream<F> implements Iterator<FrameScene<F>>, AutoCloseable {
  private static final Cleaner CLEANER = Cleaner.create();

  private final HydraNet net;
  private final SceneThreads<F> threads;
  private final Cleaner.Cleanable stop;
  private SceneThreads.Answer<F> next;
  private boolean ended;

  private SceneStream(
      HydraNet net,
      Iterator<? extends F> frames,
      Function<? super F, BufferedImage> image,
      StreamOptions options) {
    this.net = net;
    this.threads = new SceneThreads<>(net, frames, image, options);
    this.stop = CLEANER.register(this, threads::cancel);
    threads.start();
  }

  /**
   * Starts with the default options.
   *
   * @param net the network
   * @param frames images of any kind, all of one size
   * @return the scenes of the frames
   */
  public static SceneStream<BufferedImage> ofImages(HydraNet net, Iterator<BufferedImage> frames) {
    return ofImages(net, frames, StreamOptions.DEFAULT);
  }

  /**
   * Starts.
   *
   * @param net the network
   * @param frames images of any kind, all of one size; each is read before the iterator is asked
   *     for the next
   * @param options how it computes
   * @return the scenes of the frames
   */
  public static SceneStream<BufferedImage> ofImages(
      HydraNet net, Iterator<BufferedImage> frames, StreamOptions options) {
    return of(net, frames, Function.identity(), options);
  }

  /**
   * Starts on raw planes, such as {@link Y4mReader} reads.
   *
   * @param net the network
   * @param frames planes, all of one format
   * @param options how it computes
   * @return the scenes of the frames
   */
  public static SceneStream<YuvFrame> ofPlanes(
      HydraNet net, Iterator<YuvFrame> frames, StreamOptions options) {
    return of(net, frames, new YuvPixels(), options);
  }

  /**
   * Starts on frames of any kind, such as images with their times.
   *
   * @param <F> what frames are
   * @param net the network
   * @param frames of pictures that all have one size
   * @param image gives a frame's picture, of any kind; called once for each frame, by the thread
   *     that uses the iterator, and done with when the iterator is asked again
   * @param options how it computes
   * @return the scenes of the frames
   */
  public static <F> SceneStream<F> of(
      HydraNet net,
      Iterator<? extends F> frames,
      Function<? super F, BufferedImage> image,
      StreamOptions options) {
    return new SceneStream<>(
        net, Objects.requireNonNull(frames), Objects.requireNonNull(image), options);
  }

  /**
   * {@return whether another scene comes; waits until that is known}
   *
   * @throws CancellationException if the stream was closed, or the calling thread interrupted
   * @throws IllegalArgumentException if a frame is not of the first one's size
   * @throws InsufficientMemoryException if the heap has no room for frames of this size
   * @throws RuntimeException as the iterator of frames throws it, after the scenes of the frames
   *     before
   */
  @Override
  public boolean hasNext() {
    if (next == null && !ended) {
      next = take();
      ended = next == null;
    }
    return next != null;
  }

  private SceneThreads.Answer<F> take() {
    try {
      return threads.take();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      close();
      CancellationException interrupted = new CancellationException("interrupted");
      interrupted.initCause(e);
      throw interrupted;
    }
  }

  /**
   * {@return the next frame and its scene; waits for it}
   *
   * @throws NoSuchElementException at the end
   * @throws CancellationException as {@link #hasNext}
   * @throws IllegalArgumentException as {@link #hasNext}
   * @throws InsufficientMemoryException as {@link #hasNext}, or for the scene
   */
  @Override
  public FrameScene<F> next() {
    if (!hasNext()) {
      throw new NoSuchElementException("the video has ended");
    }
    SceneThreads.Answer<F> answer = next;
    next = null;
    return new FrameScene<>(
        answer.index(),
        answer.frame(),
        net.toScene(answer.heads(), answer.height(), answer.width(), answer.computed()));
  }

  /**
   * Stops early; later calls do nothing. It waits for nobody: the iterator of frames, if it is in a
   * call, may stay there, and is not asked again.
   */
  @Override
  public void close() {
    stop.clean();
  }
}
