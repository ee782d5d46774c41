package dev.hydranet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hydranet.engine.InsufficientMemoryException;
import dev.hydranet.engine.Threads;
import dev.hydranet.engine.testing.OtherJvm;
import java.awt.image.BufferedImage;
import java.awt.image.WritableRaster;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * One network and 64 threads, platform and virtual, with images of all sizes, good ones, ones that
 * cannot be read and ones too large, with deadlines and cancels, while somebody interrupts them. In
 * a separate JVM that believes it has more processors than there are, so that many sessions are at
 * work at once and none is left alone.
 *
 * <p>{@code mvn verify -pl hydranet -am -Dstress.predictions=1000000} makes it longer.
 */
@Tag("once")
class ConcurrencyTest {
  private static final int PREDICTIONS = Integer.getInteger("stress.predictions", 10_000);

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void everyThreadGetsWhatOneThreadGetsAndNothingIsLeftBehind(int threadsAnImage) throws Exception {
    int predictions = PREDICTIONS / threadsAnImage;
    assertThat(
            OtherJvm.run(
                Stress.class,
                List.of(OtherJvm.VECTORS, "-XX:ActiveProcessorCount=12", "-Xmx128m"),
                Integer.toString(predictions),
                Integer.toString(threadsAnImage)))
        .containsExactly("nothing wrong in " + predictions + " predictions");
  }

  /** Predicts, and prints what is wrong, or that nothing is. */
  static final class Stress {
    private static final int THREADS = 64;
    private static final int[][] SIZES = {
      {1, 1}, {1, 47}, {39, 1}, {8, 8}, {9, 31}, {16, 24}, {33, 50}, {50, 33}, {40, 60}, {2, 5}
    };

    /** What may be live more at the end than after a while: less than 200 bytes a prediction. */
    private static final int GROWTH = 1 << 20;

    private final Queue<String> problems = new ConcurrentLinkedQueue<>();
    private final List<BufferedImage> images = new ArrayList<>();
    private final List<Scene> expected = new ArrayList<>();
    private final HydraNet net;

    private Stress(int threadsAnImage) {
      net = SmallNetwork.load(Threads.of(threadsAnImage));
      HydraNet alone = SmallNetwork.load(Threads.of(1));
      for (int i = 0; i < SIZES.length; i++) {
        images.add(SmallNetwork.picture(SIZES[i][0], SIZES[i][1], i));
        expected.add(alone.predict(images.get(i)));
      }
    }

    public static void main(String[] args) throws InterruptedException {
      int predictions = Integer.parseInt(args[0]);
      Stress stress = new Stress(Integer.parseInt(args[1]));
      stress.predictFromAllThreads(predictions / 4);
      long live = stress.liveBytes();
      stress.predictFromAllThreads(predictions - predictions / 4);
      long growth = stress.liveBytes() - live;
      if (growth > GROWTH) {
        stress.problems.add("the heap has grown by " + growth + " bytes");
      }
      stress.problems.stream().limit(20).forEach(System.out::println);
      if (stress.problems.isEmpty()) {
        System.out.println("nothing wrong in " + predictions + " predictions");
      }
    }

    private void predictFromAllThreads(int predictions) throws InterruptedException {
      List<Thread> callers = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        int share = predictions / THREADS + (i < predictions % THREADS ? 1 : 0);
        Random random = new Random(i);
        Thread.Builder kind = i % 4 == 0 ? Thread.ofVirtual() : Thread.ofPlatform();
        callers.add(kind.start(() -> predict(share, random)));
      }
      AtomicBoolean done = new AtomicBoolean();
      Thread pest = Thread.ofPlatform().start(() -> interrupt(callers, done));
      for (Thread caller : callers) {
        caller.join();
      }
      done.set(true);
      pest.join();
    }

    private static void interrupt(List<Thread> callers, AtomicBoolean done) {
      Random random = new Random(0);
      while (!done.get()) {
        callers.get(random.nextInt(callers.size())).interrupt();
        // Seldom enough that most predictions come to an end.
        LockSupport.parkNanos(1_000_000);
      }
    }

    private void predict(int times, Random random) {
      try {
        for (int i = 0; i < times; i++) {
          int which = random.nextInt(images.size());
          switch (random.nextInt(12)) {
            case 0 -> predictUnreadable();
            case 1 -> predictTooLarge();
            case 2 -> predictInterrupted(which);
            case 3 -> predictCancelled(which, random);
            case 4 -> predictWithin(which, Duration.ofNanos(random.nextInt(2_000_000)));
            case 5 -> checkAll(which);
            default -> predict(which);
          }
        }
      } catch (Throwable e) {
        problems.add(e.toString());
      }
    }

    /** What the pest interrupts stays interrupted; then it is tried again. */
    private void predict(int which) {
      while (true) {
        try {
          check(net.predict(images.get(which)), which);
          return;
        } catch (CancellationException e) {
          if (!Thread.interrupted()) {
            problems.add("cancelled by nobody: " + e);
          }
        }
      }
    }

    private void predictInterrupted(int which) {
      Thread.currentThread().interrupt();
      try {
        check(net.predict(images.get(which)), which);
      } catch (CancellationException e) {
        // As it should be, unless the answer was faster.
      }
      if (!Thread.interrupted()) {
        problems.add("the interrupt was swallowed");
      }
    }

    private void predictCancelled(int which, Random random) {
      CompletableFuture<Scene> answer = net.predictAsync(images.get(which));
      for (int i = random.nextInt(200); i > 0; i--) {
        Thread.onSpinWait();
      }
      if (!answer.cancel(true)) {
        check(answer.join(), which);
      }
    }

    private void predictWithin(int which, Duration timeout) {
      try {
        check(net.predict(images.get(which), timeout), which);
      } catch (TimeoutException e) {
        // As it may be.
      } catch (CancellationException e) {
        Thread.interrupted();
      }
    }

    private void checkAll(int which) {
      int other = (which + 1) % images.size();
      try {
        List<Scene> scenes =
            net.predictAll(List.of(images.get(which), images.get(other), images.get(which)));
        check(scenes.get(0), which);
        check(scenes.get(1), other);
        check(scenes.get(2), which);
      } catch (CancellationException e) {
        Thread.interrupted();
      }
    }

    private void predictUnreadable() {
      try {
        net.predict(
            new BufferedImage(20, 30, BufferedImage.TYPE_INT_RGB) {
              @Override
              public WritableRaster getRaster() {
                throw new UnsupportedOperationException("no pixels");
              }
            });
        problems.add("an image without pixels was predicted");
      } catch (CancellationException e) {
        Thread.interrupted();
      } catch (UnsupportedOperationException e) {
        // As it should be.
      }
    }

    private void predictTooLarge() {
      try {
        net.predict(MemoryLimitsTest.grey(20_000, 20_000));
        problems.add("an image larger than the heap was predicted");
      } catch (CancellationException e) {
        Thread.interrupted();
      } catch (InsufficientMemoryException e) {
        // As it should be.
      }
    }

    private void check(Scene scene, int which) {
      Scene other = expected.get(which);
      boolean same =
          Arrays.equals(scene.segmentation().labels(), other.segmentation().labels())
              && Arrays.equals(
                  scene.segmentation().rawLogits().data(), other.segmentation().rawLogits().data())
              && Arrays.equals(scene.depth().metres(), other.depth().metres())
              && Arrays.equals(
                  scene.normals().components().data(), other.normals().components().data());
      if (!same) {
        problems.add("another scene for image " + which);
      }
    }

    /** With the same sizes in the pool, and after workers have let go of their sessions. */
    private long liveBytes() throws InterruptedException {
      images.forEach(net::predict);
      checkThreads();
      System.gc();
      Runtime runtime = Runtime.getRuntime();
      return runtime.totalMemory() - runtime.freeMemory();
    }

    /** No worker may be left once all have had time to find that there is no more work. */
    private void checkThreads() throws InterruptedException {
      Instant deadline = Instant.now().plus(Duration.ofSeconds(30));
      List<Thread> left = workers();
      while (!left.isEmpty() && Instant.now().isBefore(deadline)) {
        Thread.sleep(10);
        left = workers();
      }
      left.forEach(thread -> problems.add("left behind: " + thread));
    }

    private static List<Thread> workers() {
      return Thread.getAllStackTraces().keySet().stream()
          .filter(thread -> thread.getName().startsWith("hydranet"))
          .toList();
    }
  }
}
