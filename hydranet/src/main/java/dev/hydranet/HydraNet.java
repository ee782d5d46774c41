package dev.hydranet;

import dev.hydranet.engine.InsufficientMemoryException;
import dev.hydranet.engine.NetworkMismatchException;
import dev.hydranet.engine.Threads;
import dev.hydranet.engine.WeightsFormatException;
import dev.hydranet.engine.graph.WeightsMismatchException;
import dev.hydranet.engine.plan.Plan;
import dev.hydranet.engine.plan.Planner;
import dev.hydranet.engine.plan.Session;
import dev.hydranet.engine.serve.ComputeThreads;
import dev.hydranet.engine.serve.QueueFullException;
import dev.hydranet.engine.tensor.Shape;
import dev.hydranet.engine.tensor.Tensor;
import dev.hydranet.engine.weights.Safetensors;
import dev.hydranet.network.HydraNetwork;
import dev.hydranet.network.Task;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A network with its weights, ready for images. Immutable: load it once and share it among any
 * threads. There is nothing to close.
 *
 * <pre>{@code
 * HydraNet net = HydraNet.load(Path.of("kitti.safetensors"));
 * Scene scene = net.predict(ImageIO.read(new File("street.png")));
 * String what = scene.segmentation().className(scene.segmentation().classAt(x, y));
 * float howFar = scene.depth().metresAt(x, y);
 * }</pre>
 */
public final class HydraNet {
  /** More than callers wait for patiently; each holds an image in memory. */
  private static final int DEFAULT_QUEUE_CAPACITY = 1000;

  private final HydraNetwork network;
  private final Metadata metadata;
  private final Map<String, Tensor> weights;
  private final Set<Task> tasks;
  private final Threads threads;
  private final Plan plan;
  private final SessionPool pool;
  private final int queueCapacity;
  private final Predictions predictions;

  private HydraNet(
      HydraNetwork network,
      Metadata metadata,
      Map<String, Tensor> weights,
      Set<Task> tasks,
      Threads threads) {
    this(
        network,
        metadata,
        weights,
        tasks,
        threads,
        planOf(network, weights, tasks),
        DEFAULT_QUEUE_CAPACITY);
  }

  private HydraNet(
      HydraNetwork network,
      Metadata metadata,
      Map<String, Tensor> weights,
      Set<Task> tasks,
      Threads threads,
      Plan plan,
      int queueCapacity) {
    this.network = network;
    this.metadata = metadata;
    this.weights = weights;
    this.tasks = tasks;
    this.threads = threads;
    this.plan = plan;
    this.queueCapacity = queueCapacity;
    this.predictions = new Predictions(queueCapacity, threads.count());
    this.pool = new SessionPool(plan, HydraNetwork.INPUT, metadata.normalization(), threads);
  }

  private static Plan planOf(HydraNetwork network, Map<String, Tensor> weights, Set<Task> tasks) {
    return Planner.plan(network.graph(), weights, tasks.stream().map(Task::label).toList());
  }

  /**
   * Loads a network that computes each image on all processors.
   *
   * @param file safetensors, as {@code hydranet convert} writes it; the network is recognised by
   *     its tensors, and what the file does not say about itself is as in the published network of
   *     those tensors
   * @return the network, which any number of threads may share
   * @throws WeightsFormatException if the file is not such a file; the message names the file, and
   *     the tensors or the metadata that are wrong
   * @throws IOException if it cannot be read
   */
  public static HydraNet load(Path file) throws IOException {
    return load(file, Threads.available());
  }

  /**
   * Loads a network.
   *
   * @param file as for {@link #load(Path)}
   * @param threads that compute one image. For the shortest time an image, take all processors; for
   *     the most images a second from many callers, one
   * @return the network, which any number of threads may share
   * @throws WeightsFormatException if the file is not such a file
   * @throws IOException if it cannot be read
   */
  public static HydraNet load(Path file, Threads threads) throws IOException {
    return named(file.toString(), Safetensors.read(file), threads);
  }

  /**
   * Loads a network from a stream, such as a class-path resource, that computes each image on all
   * processors; {@link #withThreads} changes that. Nothing is written to a temporary file.
   *
   * @param in a safetensors file from its first byte to the stream's end; not closed
   * @return the network, which any number of threads may share
   * @throws WeightsFormatException if it is not such a file
   * @throws IOException as the stream throws it
   */
  public static HydraNet load(InputStream in) throws IOException {
    String name = "input stream";
    return named(name, Safetensors.read(in, name), Threads.available());
  }

  /**
   * Loads a network from memory that computes each image on all processors; {@link #withThreads}
   * changes that.
   *
   * @param bytes a safetensors file; not kept
   * @return the network, which any number of threads may share
   * @throws WeightsFormatException if it is not such a file
   */
  public static HydraNet load(byte[] bytes) throws IOException {
    return load(ByteBuffer.wrap(bytes));
  }

  /**
   * Loads a network from memory that computes each image on all processors; {@link #withThreads}
   * changes that.
   *
   * @param bytes a safetensors file from the position to the limit, neither of which changes; of
   *     any kind, such as a mapped file; not kept
   * @return the network, which any number of threads may share
   * @throws WeightsFormatException if it is not such a file
   */
  public static HydraNet load(ByteBuffer bytes) throws IOException {
    return named("bytes", Safetensors.read(bytes), Threads.available());
  }

  /**
   * Loads the model in the box, for streets, which computes each image on all processors. It comes
   * with the artifact {@code dev.hydranet:hydranet-model}; nothing else depends on that.
   *
   * <p>It is looked for through the thread's context class loader, then through the one that loaded
   * this class. Nothing is written to a temporary file.
   *
   * @return the network
   * @throws IllegalStateException if neither finds the artifact
   * @throws WeightsFormatException if it is damaged
   * @throws IOException if it cannot be read
   */
  public static HydraNet bundled() throws IOException {
    return bundled(Threads.available());
  }

  /**
   * Loads the model in the box.
   *
   * @param threads that compute one image, as for {@link #load(Path, Threads)}
   * @return the network
   * @throws IllegalStateException if the artifact is not found, as for {@link #bundled()}
   * @throws WeightsFormatException if it is damaged
   * @throws IOException if it cannot be read
   */
  public static HydraNet bundled(Threads threads) throws IOException {
    return bundled(BundledWeights.find(), threads);
  }

  /**
   * Loads the model in the box that a class loader finds, which computes each image on all
   * processors.
   *
   * @param loader sees the artifact {@code dev.hydranet:hydranet-model}; null for the system's
   * @return the network
   * @throws IllegalStateException if it does not
   * @throws WeightsFormatException if it is damaged
   * @throws IOException if it cannot be read
   */
  @SuppressWarnings("exports") // compile-only
  public static HydraNet bundled(@Nullable ClassLoader loader) throws IOException {
    return bundled(BundledWeights.find(loader), Threads.available());
  }

  private static HydraNet bundled(BundledWeights weights, Threads threads) throws IOException {
    String name = weights.getClass().getName();
    try (InputStream in = weights.open()) {
      return named(name, Safetensors.read(in, name), threads);
    }
  }

  /** A network from the content of a file, by whose name errors go. */
  private static HydraNet named(String name, Safetensors content, Threads threads)
      throws NetworkMismatchException {
    try {
      return of(content, threads);
    } catch (IllegalArgumentException e) {
      throw new NetworkMismatchException(name + ": " + e.getMessage(), e);
    }
  }

  /**
   * {@return a network from the content of a file}
   *
   * @param content as {@link Safetensors#read} gives it
   * @param threads that compute one image
   * @throws WeightsMismatchException if the tensors are not a HydraNet's
   * @throws IllegalArgumentException if the metadata contradicts them
   */
  public static HydraNet of(Safetensors content, Threads threads) {
    HydraNetwork network = HydraNetwork.of(content.tensors());
    Metadata metadata = Metadata.of(content.metadata(), network);
    return new HydraNet(network, metadata, content.tensors(), network.tasks(), threads);
  }

  /**
   * {@return the same network, computing only some of its tasks; the weights are shared}
   *
   * @param wanted of {@link #tasks}, at least one
   * @throws IllegalArgumentException if there is none, or one that the network does not have
   */
  public HydraNet withTasks(Set<Task> wanted) {
    if (wanted.isEmpty() || !network.tasks().containsAll(wanted)) {
      throw new IllegalArgumentException(
          "expected some of the network's tasks " + network.tasks() + ", found " + wanted);
    }
    Set<Task> ordered = Collections.unmodifiableSet(EnumSet.copyOf(wanted));
    return new HydraNet(
        network,
        metadata,
        weights,
        ordered,
        threads,
        planOf(network, weights, ordered),
        queueCapacity);
  }

  /**
   * {@return the same network, computing each image on another number of threads; weights and plan
   * are shared}
   *
   * @param wanted that compute one image, as for {@link #load(Path, Threads)}
   */
  public HydraNet withThreads(Threads wanted) {
    return new HydraNet(network, metadata, weights, tasks, wanted, plan, queueCapacity);
  }

  /**
   * {@return the same network with its own queue, in which a given number of images may wait;
   * weights and plan are shared} More are refused with a {@link QueueFullException}. The default is
   * 1000.
   *
   * @param images that may wait, those that are computed not counted
   * @throws IllegalArgumentException if it is negative
   */
  public HydraNet withQueueCapacity(int images) {
    return new HydraNet(network, metadata, weights, tasks, threads, plan, images);
  }

  /** {@return the network's shape} */
  public HydraNetwork network() {
    return network;
  }

  /** {@return what the file said about the network} */
  public Metadata metadata() {
    return metadata;
  }

  /** {@return the tasks that are computed} */
  public Set<Task> tasks() {
    return tasks;
  }

  /**
   * Looks at an image of any size and kind, at the height that the weights were trained for.
   *
   * @param image of any size and kind; not to be changed meanwhile
   * @return what the network sees, of the image's size
   * @throws IllegalArgumentException if its samples are signed integers, or floating-point numbers
   *     outside of 0..1
   * @throws CancellationException if the calling thread is interrupted while it waits
   * @throws QueueFullException if too many images wait, see {@link #withQueueCapacity}
   * @throws InsufficientMemoryException if the image needs more memory than the heap may grow to,
   *     or has room for
   * @see #predict(BufferedImage, PredictOptions)
   */
  public Scene predict(BufferedImage image) {
    return predict(image, PredictOptions.DEFAULT);
  }

  /**
   * Looks at an image of any size and kind (see {@link Normalization#apply(BufferedImage)}).
   *
   * <p>A network recognises things of about the size that it was trained on. An image with more
   * rows than the options ask for is therefore shrunk first: each pixel of the smaller image is the
   * mean of the rectangle that it covers, rounded to the nearest of 256 levels, halves up. The
   * answers are resized to the image's size.
   *
   * <p>May be called from any threads at once, platform or virtual. The calling thread waits; the
   * engine's own threads compute, no more of them at once than {@link ComputeThreads#limit}. While
   * others wait, each image gets one thread. Working memory is kept for the next image of the same
   * size; it is bounded, however many sizes and callers there are.
   *
   * @param image of any size and kind; not to be changed meanwhile
   * @param options at which height
   * @return what the network sees, of the image's size
   * @throws IllegalArgumentException if its samples are signed integers, or floating-point numbers
   *     outside of 0..1
   * @throws CancellationException if the calling thread is interrupted while it waits; it stays
   *     interrupted, and the image leaves the queue or the computation stops
   * @throws QueueFullException if too many images wait, see {@link #withQueueCapacity}
   * @throws InsufficientMemoryException if the image needs more memory than the heap may grow to,
   *     or has room for; such an image is refused before anything is allocated for it
   */
  public Scene predict(BufferedImage image, PredictOptions options) {
    return Predictions.await(predictAsync(image, options));
  }

  /**
   * Looks at an image as {@link #predict(BufferedImage)} does, if that takes no longer than a given
   * time.
   *
   * @param image of any size and kind; not to be changed meanwhile
   * @param timeout for waiting and computing together; zero or less is over at once
   * @return what the network sees, of the image's size
   * @throws TimeoutException if the time is over; the image leaves the queue, or the computation
   *     stops before its next step
   */
  public Scene predict(BufferedImage image, Duration timeout) throws TimeoutException {
    return predict(image, PredictOptions.DEFAULT, timeout);
  }

  /**
   * Looks at an image as {@link #predict(BufferedImage, PredictOptions)} does, if that takes no
   * longer than a given time.
   *
   * @param image of any size and kind; not to be changed meanwhile
   * @param options at which height
   * @param timeout for waiting and computing together; zero or less is over at once
   * @return what the network sees, of the image's size
   * @throws TimeoutException if the time is over; the image leaves the queue, or the computation
   *     stops before its next step
   */
  public Scene predict(BufferedImage image, PredictOptions options, Duration timeout)
      throws TimeoutException {
    return Predictions.await(predictAsync(image, options), timeout);
  }

  /**
   * Looks at an image as {@link #predictAsync(BufferedImage, PredictOptions)} does, at the height
   * that the weights were trained for.
   *
   * @param image of any size and kind; not to be changed until the future is complete
   * @return what the network sees, or the exception of {@link #predict(BufferedImage)}
   * @throws QueueFullException if too many images wait, see {@link #withQueueCapacity}
   */
  public CompletableFuture<Scene> predictAsync(BufferedImage image) {
    return predictAsync(image, PredictOptions.DEFAULT);
  }

  /**
   * Looks at an image as {@link #predict(BufferedImage, PredictOptions)} does, without waiting for
   * it.
   *
   * <p>To cancel the future, or complete it in any other way such as {@link
   * CompletableFuture#orTimeout}, takes the image out of the queue or stops the computation before
   * its next step. What depends on the future runs on one of the engine's threads, which others do
   * not wait for.
   *
   * @param image of any size and kind; not to be changed until the future is complete
   * @param options at which height
   * @return what the network sees, or the exception of {@link #predict(BufferedImage,
   *     PredictOptions)}
   * @throws QueueFullException if too many images wait, see {@link #withQueueCapacity}
   */
  public CompletableFuture<Scene> predictAsync(BufferedImage image, PredictOptions options) {
    return predictions.submit(work(image, options));
  }

  /**
   * Looks at images as {@link #predictAll(List, PredictOptions)} does, at the height that the
   * weights were trained for.
   *
   * @param images not to be changed meanwhile
   * @return what the network sees in each, in their order
   */
  public List<Scene> predictAll(List<BufferedImage> images) {
    return predictAll(images, PredictOptions.DEFAULT);
  }

  /**
   * Looks at images of any sizes and kinds, in less time than one after the other: as long as there
   * are enough of them, each is computed on one thread, and several at a time.
   *
   * <p>It waits and fails as {@link #predict(BufferedImage, PredictOptions)} does; when one image
   * fails, the others are cancelled.
   *
   * @param images not to be changed meanwhile
   * @param options at which height
   * @return what the network sees in each, in their order
   */
  public List<Scene> predictAll(List<BufferedImage> images, PredictOptions options) {
    return predictions.all(images, image -> work(image, options));
  }

  private Predictions.Work work(BufferedImage image, PredictOptions options) {
    ImageSize size = computedSize(image.getHeight(), image.getWidth(), options);
    return RecordedWork.of(
        size,
        turn -> {
          Map<String, Tensor> heads = pool.run(image, size, turn);
          turn.keepOneThread();
          return toScene(heads, image.getHeight(), image.getWidth(), size);
        });
  }

  /**
   * {@return the size at which {@link #predict(BufferedImage, PredictOptions)} computes an image}
   *
   * @param height of the image, in pixels, at least 1
   * @param width of the image, in pixels, at least 1
   * @param options at which height
   * @throws IllegalArgumentException if an extent is less than 1
   */
  public ImageSize computedSize(int height, int width, PredictOptions options) {
    return options.sizeFor(new ImageSize(height, width), metadata.height());
  }

  /**
   * {@return working memory for images of one size, for callers that want no allocation at each
   * call} Its input is {@code "input"}, {@code [1, 3, height, width]}, see {@link #toInput}; its
   * outputs are the tasks' labels, see {@link #toScene}.
   *
   * @param height of the images, in pixels, at least 1
   * @param width of the images, in pixels, at least 1
   * @param sessionThreads that compute in it
   * @throws IllegalArgumentException if an extent is less than 1
   * @throws InsufficientMemoryException if it needs more memory than the heap may grow to
   */
  public Session newSession(int height, int width, Threads sessionThreads) {
    return newSession(1, height, width, sessionThreads);
  }

  /**
   * {@return working memory for several images of one size at once} Its input is {@code "input"},
   * {@code [batch, 3, height, width]}; in its outputs the images follow each other in the same
   * order.
   *
   * @param batch the number of images, at least 1
   * @param height of the images, in pixels, at least 1
   * @param width of the images, in pixels, at least 1
   * @param sessionThreads that compute in it
   * @throws IllegalArgumentException if an extent is less than 1
   * @throws InsufficientMemoryException if it needs more memory than the heap may grow to
   */
  public Session newSession(int batch, int height, int width, Threads sessionThreads) {
    return plan.newSession(Shape.of(batch, 3, height, width), sessionThreads);
  }

  /**
   * {@return the network's input for an image, {@code [1, 3, height, width]}}
   *
   * @param image of any size and kind
   * @param options at which height; see {@link #computedSize}
   */
  public Tensor toInput(BufferedImage image, PredictOptions options) {
    ImageSize size = computedSize(image.getHeight(), image.getWidth(), options);
    Tensor input = Tensor.zeros(Shape.of(1, 3, size.height(), size.width()));
    metadata.normalization().shrink(image, size, input);
    return input;
  }

  /**
   * {@return the scene that the heads' outputs for one image show}
   *
   * @param heads by the tasks' labels, {@code [1, channels, about computed.height()/4, about
   *     computed.width()/4]}; the scene keeps them
   * @param height of the image
   * @param width of the image
   * @param computed the size of the input that the heads were computed from
   * @throws IllegalArgumentException if a head is not the network's, is of another shape, or the
   *     size is not that of an image
   * @throws InsufficientMemoryException if the heap has no room for the scene
   */
  public Scene toScene(Map<String, Tensor> heads, int height, int width, ImageSize computed) {
    if (height < 1
        || width < 1
        || (long) height * width > Integer.MAX_VALUE
        || Math.max(height, width) > CubicResize.LONGEST_SIDE) {
      throw new IllegalArgumentException(
          "expected the size of an image, found " + height + "x" + width);
    }
    heads.forEach(this::checkHead);
    Map<String, Shape> shapes = new HashMap<>();
    heads.forEach((name, head) -> shapes.put(name, head.shape()));
    long needed = Scene.bytes(shapes, height, width);
    String what = "a scene of " + width + " x " + height + " pixels";
    InsufficientMemoryException.check(what, needed);
    try {
      return new Scene(heads, height, width, computed, metadata);
    } catch (OutOfMemoryError e) {
      throw InsufficientMemoryException.of(what, needed, e);
    }
  }

  private void checkHead(String name, Tensor head) {
    Task task =
        network.tasks().stream()
            .filter(candidate -> candidate.label().equals(name))
            .findFirst()
            .orElseThrow(
                () -> new IllegalArgumentException("the network has no head '" + name + "'"));
    Shape shape = head.shape();
    if (shape.rank() != 4
        || shape.batch() != 1
        || shape.channels() != network.channels(task)
        || shape.elementCount() == 0) {
      throw new IllegalArgumentException(
          name
              + ": expected shape [1, "
              + network.channels(task)
              + ", height, width], found "
              + shape);
    }
  }
}
