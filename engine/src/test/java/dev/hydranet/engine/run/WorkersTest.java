package dev.hydranet.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hydranet.engine.kernel.Kernel;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How the threads of a session share kernels of very small parts, so that they often meet. */
class WorkersTest {
  /** {@code -Dstress.kernels=10000000} makes it long. */
  private static final int KERNELS = Integer.getInteger("stress.kernels", 20_000);

  private static final int PARTS_AT_MOST = 9;

  /** Each part adds up what the parts of the kernel before it wrote. */
  private static final class Sum implements Kernel {
    final long[] in;
    final long[] out;
    final int[] runs = new int[PARTS_AT_MOST];
    int parts = PARTS_AT_MOST;

    Sum(long[] in, long[] out) {
      this.in = in;
      this.out = out;
    }

    @Override
    public int parts() {
      return parts;
    }

    @Override
    public void run(int part, float[] scratch) {
      out[part] = sum(in, part);
      runs[part]++;
    }

    static long sum(long[] in, int part) {
      long sum = 31L * part;
      for (long number : in) {
        sum = 7 * sum + number;
      }
      return sum;
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 8})
  void everyPartIsRunOnceAndSeesAllOfTheKernelBefore(int threads) {
    Workers workers = workersOf(threads);
    SplittableRandom random = new SplittableRandom(threads);
    long[] even = new long[PARTS_AT_MOST];
    long[] odd = new long[PARTS_AT_MOST];
    Sum[] kernels = {new Sum(odd, even), new Sum(even, odd)};
    for (int i = 0; i < KERNELS; i++) {
      if (i % 16 == 0) {
        workers.begin(Integer.MAX_VALUE);
      }
      Sum kernel = kernels[i % 2];
      kernel.parts = random.nextInt(PARTS_AT_MOST + 1);
      int[] runs = new int[PARTS_AT_MOST];
      long[] expected = kernel.out.clone();
      for (int part = 0; part < kernel.parts; part++) {
        runs[part] = 1;
        expected[part] = Sum.sum(kernel.in, part);
      }
      Arrays.fill(kernel.runs, 0);
      workers.run(kernel);
      assertThat(kernel.runs).isEqualTo(runs);
      assertThat(kernel.out).isEqualTo(expected);
      if (i % 16 == 15) {
        workers.end();
      }
    }
  }

  /** A kernel whose parts fail on demand. */
  private static final class Failing implements Kernel {
    final boolean[] done = new boolean[30];
    Throwable failure;

    @Override
    public int parts() {
      return done.length;
    }

    @Override
    public void run(int part, float[] scratch) {
      done[part] = true;
      if (part % 7 == 3) {
        sneak(failure);
      }
    }

    @SuppressWarnings("unchecked")
    private static <E extends Throwable> void sneak(Throwable failure) throws E {
      throw (E) failure;
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void aPartThatFailsHarmsNoOther(int threads) {
    Workers workers = workersOf(threads);
    Failing kernel = new Failing();
    List<Throwable> failures =
        List.of(new ArithmeticException("x"), new StackOverflowError(), new Exception("checked"));
    for (int i = 0; i < 300; i++) {
      kernel.failure = failures.get(i % failures.size());
      Arrays.fill(kernel.done, false);
      workers.begin(Integer.MAX_VALUE);
      assertThatThrownBy(() -> workers.run(kernel))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("a kernel failed: " + kernel.failure)
          .hasCause(kernel.failure);
      assertThat(kernel.done).containsOnly(true);
      Sum next = new Sum(new long[] {1, 2, 3}, new long[PARTS_AT_MOST]);
      workers.run(next);
      assertThat(next.runs).containsOnly(1);
      workers.end();
    }
  }

  @Test
  void aFullHeapIsToldAsSuch() {
    Workers workers = workersOf(2);
    Failing kernel = new Failing();
    kernel.failure = new OutOfMemoryError("no room");
    workers.begin(Integer.MAX_VALUE);
    assertThatThrownBy(() -> workers.run(kernel)).isSameAs(kernel.failure);
    workers.end();
  }

  @Test
  void aWorkerThatIsInterruptedGoesOnAndEndsByItself() throws Exception {
    Set<Thread> others = new HashSet<>(workers());
    Workers workers = workersOf(4);
    Sum kernel = new Sum(new long[] {1, 2, 3}, new long[PARTS_AT_MOST]);
    workers.begin(Integer.MAX_VALUE);
    List<Thread> mine = new ArrayList<>(workers());
    mine.removeAll(others);
    assertThat(mine).hasSize(3);
    for (int i = 1; i <= 100; i++) {
      mine.forEach(Thread::interrupt);
      workers.run(kernel);
      assertThat(kernel.runs).containsOnly(i);
    }
    mine.forEach(Thread::interrupt);
    workers.end();
    Instant deadline = Instant.now().plus(Duration.ofSeconds(30));
    while (mine.stream().anyMatch(Thread::isAlive) && Instant.now().isBefore(deadline)) {
      Thread.sleep(10);
    }
    assertThat(mine).noneMatch(Thread::isAlive);
  }

  /** A kernel of which each thread takes one part, and keeps it until all have one. */
  private static final class Meeting implements Kernel {
    final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    final CountDownLatch goOn = new CountDownLatch(1);
    final int parts;

    Meeting(int parts) {
      this.parts = parts;
    }

    @Override
    public int parts() {
      return parts;
    }

    @Override
    public void run(int part, float[] scratch) {
      threads.add(Thread.currentThread());
      if (Thread.currentThread().getName().startsWith("hydranet-worker")) {
        try {
          goOn.await();
        } catch (InterruptedException e) {
          throw new AssertionError(e);
        }
      }
    }
  }

  @Test
  void noMoreThreadsComputeThanTheRunMayHave() {
    Workers workers = workersOf(4);
    for (int i = 0; i < 200; i++) {
      workers.begin(4);
      Sum all = new Sum(new long[] {1}, new long[PARTS_AT_MOST]);
      workers.run(all);
      assertThat(all.runs).containsOnly(1);
      workers.end();
      workers.begin(1);
      Meeting alone = new Meeting(20);
      workers.run(alone);
      assertThat(alone.threads).containsExactly(Thread.currentThread());
      workers.end();
    }
  }

  /**
   * With more threads than processors, who waits sleeps, and leaves the processor to the others.
   */
  @Test
  void aCallerSleepsWhereThreadsAreMoreThanProcessors() throws Exception {
    int threads = Runtime.getRuntime().availableProcessors() + 1;
    Workers workers = workersOf(threads);
    Meeting kernel = new Meeting(500);
    Thread caller =
        Thread.ofPlatform()
            .start(
                () -> {
                  workers.begin(threads);
                  workers.run(kernel);
                  workers.end();
                });
    Instant deadline = Instant.now().plus(Duration.ofSeconds(30));
    while ((kernel.threads.size() < 2 || caller.getState() != Thread.State.WAITING)
        && caller.isAlive()
        && Instant.now().isBefore(deadline)) {
      Thread.onSpinWait();
    }
    assertThat(!caller.isAlive() || caller.getState() == Thread.State.WAITING).isTrue();
    kernel.goOn.countDown();
    caller.join();
  }

  @Test
  void workersInheritNothing() throws Exception {
    InheritableThreadLocal<String> local = new InheritableThreadLocal<>();
    CompletableFuture<String> seen = new CompletableFuture<>();
    Kernel kernel =
        new Kernel() {
          @Override
          public int parts() {
            return 2;
          }

          @Override
          public void run(int part, float[] scratch) {
            Thread now = Thread.currentThread();
            if (now.getName().startsWith("hydranet-worker")) {
              seen.complete(local.get() + " " + now.getContextClassLoader());
            } else {
              seen.join();
            }
          }
        };
    Thread caller =
        new Thread(
            () -> {
              local.set("secret");
              Workers workers = workersOf(2);
              workers.begin(2);
              workers.run(kernel);
              workers.end();
            });
    caller.start();
    caller.join();
    assertThat(seen.join()).isEqualTo("null null");
  }

  private static Workers workersOf(int threads) {
    return new Workers(new float[threads][0]);
  }

  private static List<Thread> workers() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("hydranet-worker"))
        .toList();
  }
}
