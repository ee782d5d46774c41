package dev.hydranet.benchmarks.network;

import dev.hydranet.HydraNet;
import dev.hydranet.PredictOptions;
import dev.hydranet.engine.Threads;
import dev.hydranet.engine.plan.Session;
import dev.hydranet.engine.serve.ComputeThreads;
import dev.hydranet.engine.tensor.Shape;
import dev.hydranet.engine.tensor.Tensor;
import dev.hydranet.engine.weights.RandomWeights;
import dev.hydranet.engine.weights.Safetensors;
import dev.hydranet.network.HydraNetwork;
import dev.hydranet.network.Variant;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadFactory;

/**
 * What callers of one network see: how long they wait, and how many images a second they get
 * together. Prints a table.
 */
public final class Clients {
  private static final int HEIGHT = 240;
  private static final int WIDTH = 320;
  private static final int BATCH = 8;

  private final long nanos;
  private final HydraNet net;
  private final BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);

  private Clients(int seconds) {
    nanos = seconds * 1_000_000_000L;
    HydraNetwork network = Variant.KITTI.network();
    net =
        HydraNet.of(
            new Safetensors(RandomWeights.of(network.graph(), 1), Map.of()), Threads.available());
    Random random = new Random(1);
    for (int i = 0; i < HEIGHT * WIDTH; i++) {
      image.setRGB(i % WIDTH, i / WIDTH, random.nextInt());
    }
  }

  /**
   * Measures.
   *
   * @param args seconds for each row; 10 if there is none
   */
  public static void main(String[] args) throws InterruptedException {
    Clients clients = new Clients(args.length > 0 ? Integer.parseInt(args[0]) : 10);
    clients.rows();
  }

  private void rows() throws InterruptedException {
    HydraNet one = net.withThreads(Threads.of(1));
    // Compiles what many callers and few threads an image need.
    many(net, 64, Thread.ofPlatform().factory());
    System.out.printf(
        Locale.ROOT,
        "%d x %d, %d compute threads%n%-44s %10s %10s %10s %10s%n",
        HEIGHT,
        WIDTH,
        ComputeThreads.limit(),
        "",
        "images/s",
        "median ms",
        "p99 ms",
        "max ms");
    print("1 caller, all threads for an image", many(net, 1, Thread.ofPlatform().factory()));
    print("1 caller, 1 thread for an image", many(one, 1, Thread.ofPlatform().factory()));
    for (int round = 0; round < 2; round++) {
      print("64 platform threads", many(net, 64, Thread.ofPlatform().factory()));
      print("64 virtual threads", many(net, 64, Thread.ofVirtual().factory()));
    }
    List<BufferedImage> images = Collections.nCopies(4 * BATCH, image);
    print("predictAll of 32 images", repeat(images.size(), () -> net.predictAll(images)));
    batch(1);
    batch(BATCH);
  }

  /** Images one after the other through a session, some at a time. */
  private void batch(int size) {
    Session session = net.newSession(size, HEIGHT, WIDTH, Threads.available());
    Tensor input = Tensor.zeros(Shape.of(size, 3, HEIGHT, WIDTH));
    float[] first = net.toInput(image, PredictOptions.DEFAULT.withNativeHeight()).data();
    for (int i = 0; i < size; i++) {
      System.arraycopy(first, 0, input.data(), i * first.length, first.length);
    }
    Map<String, Tensor> inputs = Map.of(HydraNetwork.INPUT, input);
    Map<String, Tensor> outputs = session.newOutputs();
    print(
        "tensors, a session for a batch of " + size,
        repeat(size, () -> session.run(inputs, outputs)));
  }

  /** The times of many callers' predictions, one after the other each, in nanoseconds. */
  private double[] many(HydraNet network, int callers, ThreadFactory kind)
      throws InterruptedException {
    ConcurrentLinkedQueue<Double> times = new ConcurrentLinkedQueue<>();
    long end = System.nanoTime() + nanos;
    Thread[] threads = new Thread[callers];
    for (int i = 0; i < callers; i++) {
      threads[i] =
          kind.newThread(
              () -> {
                for (long now = System.nanoTime(); now < end; ) {
                  network.predict(image);
                  long after = System.nanoTime();
                  times.add((double) (after - now));
                  now = after;
                }
              });
      threads[i].start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    return times.stream().mapToDouble(time -> time).toArray();
  }

  /** The times of calls for several images each; each image counts as its share of the call. */
  private double[] repeat(int images, Runnable call) {
    ConcurrentLinkedQueue<Double> times = new ConcurrentLinkedQueue<>();
    for (long end = System.nanoTime() + nanos, now = System.nanoTime(); now < end; ) {
      call.run();
      long after = System.nanoTime();
      times.addAll(Collections.nCopies(images, (double) (after - now) / images));
      now = after;
    }
    return times.stream().mapToDouble(time -> time).toArray();
  }

  private void print(String name, double[] times) {
    Arrays.sort(times);
    System.out.printf(
        Locale.ROOT,
        "%-44s %10.1f %10.1f %10.1f %10.1f%n",
        name,
        times.length * 1e9 / nanos,
        times[times.length / 2] / 1e6,
        times[(int) (times.length * 0.99)] / 1e6,
        times[times.length - 1] / 1e6);
  }
}
