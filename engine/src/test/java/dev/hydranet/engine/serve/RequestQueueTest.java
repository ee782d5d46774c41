package dev.hydranet.engine.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hydranet.engine.testing.OtherJvm;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("once")
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RequestQueueTest {
  private final Queue<String> events = new ConcurrentLinkedQueue<>();
  private final int before = ComputeThreads.limit();

  @BeforeEach
  void oneThread() {
    ComputeThreads.setLimit(1);
  }

  @AfterEach
  void asBefore() {
    ComputeThreads.setLimit(before);
  }

  /** Work that has started, and continues on demand. */
  private final class Blocker implements RequestQueue.Work<String> {
    final CountDownLatch started = new CountDownLatch(1);
    final CountDownLatch goOn = new CountDownLatch(1);
    final AtomicReference<Turn> turn = new AtomicReference<>();
    private final String name;

    Blocker(String name) {
      this.name = name;
    }

    @Override
    public String compute(Turn mine) {
      turn.set(mine);
      events.add(name + " starts on " + mine.threads());
      started.countDown();
      await(goOn);
      events.add(name + (mine.isCancelled() ? " sees that it is cancelled" : " ends"));
      return name;
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void requestsOfAllNetworksComputeInTheOrderInWhichTheyCame() {
    RequestQueue one = new RequestQueue(10);
    RequestQueue two = new RequestQueue(10);
    Blocker first = new Blocker("first");
    List<CompletableFuture<String>> answers = new ArrayList<>();
    answers.add(one.submit(1, first));
    await(first.started);
    for (int i = 0; i < 6; i++) {
      String name = "request " + i;
      answers.add(
          (i % 2 == 0 ? one : two)
              .submit(
                  1,
                  turn -> {
                    events.add(name);
                    return name;
                  }));
    }
    assertThat(one.waiting()).isEqualTo(3);
    assertThat(two.waiting()).isEqualTo(3);
    first.goOn.countDown();
    answers.forEach(CompletableFuture::join);
    assertThat(events)
        .containsExactly(
            "first starts on 1",
            "first ends",
            "request 0",
            "request 1",
            "request 2",
            "request 3",
            "request 4",
            "request 5");
  }

  @Test
  void aloneARequestGetsAllThreadsAndAmongOthersOne() {
    ComputeThreads.setLimit(4);
    RequestQueue queue = new RequestQueue(10);
    Blocker first = new Blocker("first");
    Blocker second = new Blocker("second");
    Blocker third = new Blocker("third");
    CompletableFuture<String> all = queue.submit(9, first);
    await(first.started);
    CompletableFuture<String> other = queue.submit(9, second);
    CompletableFuture<String> last = queue.submit(2, third);
    first.turn.get().keepOneThread();
    await(second.started);
    await(third.started);
    List.of(first, second, third).forEach(blocker -> blocker.goOn.countDown());
    CompletableFuture.allOf(all, other, last).join();
    assertThat(events).contains("first starts on 4", "second starts on 1", "third starts on 2");
  }

  @Test
  void aCancelledRequestLeavesTheQueueWhileTheOneBeforeItComputes() {
    RequestQueue queue = new RequestQueue(10);
    Blocker first = new Blocker("first");
    CompletableFuture<String> blocked = queue.submit(1, first);
    await(first.started);
    List<CompletableFuture<String>> waiting = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      waiting.add(queue.submit(1, new Blocker("never")));
    }
    CompletableFuture<String> last = queue.submit(1, turn -> "last");
    assertThat(queue.waiting()).isEqualTo(5);
    waiting.get(0).cancel(true);
    waiting.get(1).complete("other");
    waiting.get(2).completeExceptionally(new IllegalStateException());
    waiting.get(3).orTimeout(1, TimeUnit.NANOSECONDS).handle((answer, e) -> null).join();
    // The first is still computing: it ends only now.
    assertThat(queue.waiting()).isEqualTo(1);
    assertThat(blocked).isNotDone();
    first.goOn.countDown();
    assertThat(last.join()).isEqualTo("last");
    assertThatThrownBy(waiting.get(0)::join).isInstanceOf(CancellationException.class);
    assertThat(events).containsExactly("first starts on 1", "first ends");
  }

  @Test
  void workThatIsCancelledIsToldSoAndItsCallerDoesNotWaitForIt() {
    RequestQueue queue = new RequestQueue(10);
    Blocker first = new Blocker("first");
    CompletableFuture<String> answer = queue.submit(1, first);
    await(first.started);
    answer.cancel(true);
    assertThatThrownBy(answer::join).isInstanceOf(CancellationException.class);
    events.add("the caller is free");
    CompletableFuture<String> next = queue.submit(1, turn -> "next");
    first.goOn.countDown();
    assertThat(next.join()).isEqualTo("next");
    assertThat(events)
        .containsExactly(
            "first starts on 1", "the caller is free", "first sees that it is cancelled");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 7})
  void aFullQueueRefuses(int capacity) {
    RequestQueue queue = new RequestQueue(capacity);
    Blocker first = new Blocker("first");
    List<CompletableFuture<String>> answers = new ArrayList<>();
    answers.add(queue.submit(1, first));
    await(first.started);
    for (int i = 0; i < capacity; i++) {
      answers.add(queue.submit(1, turn -> ""));
    }
    assertThatThrownBy(() -> queue.submit(1, turn -> ""))
        .isInstanceOf(QueueFullException.class)
        .hasMessage("the queue is full: " + capacity + " requests wait already");
    assertThat(new RequestQueue(1).submit(1, turn -> "other").cancel(true)).isTrue();
    if (capacity > 0) {
      answers.removeLast().cancel(false);
      answers.add(queue.submit(1, turn -> ""));
    }
    first.goOn.countDown();
    answers.forEach(CompletableFuture::join);
    assertThat(queue.waiting()).isZero();
  }

  @Test
  void noMoreThreadsComputeThanTheLimit() {
    ComputeThreads.setLimit(3);
    List<RequestQueue> queues = List.of(new RequestQueue(500), new RequestQueue(500));
    AtomicInteger computing = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    List<CompletableFuture<Integer>> answers = new ArrayList<>();
    for (int i = 0; i < 600; i++) {
      int number = i;
      answers.add(
          queues
              .get(i % 2)
              .submit(
                  1 + i % 5,
                  turn -> {
                    most.accumulateAndGet(computing.addAndGet(turn.threads()), Math::max);
                    Thread.yield();
                    computing.addAndGet(-turn.threads());
                    if (number % 10 == 0) {
                      throw new IllegalStateException("request " + number);
                    }
                    return number;
                  }));
    }
    for (int i = 0; i < 600; i++) {
      int number = i;
      if (number % 10 == 0) {
        assertThatThrownBy(() -> answers.get(number).join())
            .hasRootCauseMessage("request " + number);
      } else {
        assertThat(answers.get(number).join()).isEqualTo(number);
      }
    }
    assertThat(most.get()).isEqualTo(3);
    assertThat(computing.get()).isZero();
  }

  @Test
  void aHigherLimitStartsThoseThatWait() {
    RequestQueue queue = new RequestQueue(10);
    Blocker first = new Blocker("first");
    Blocker second = new Blocker("second");
    CompletableFuture<String> one = queue.submit(1, first);
    CompletableFuture<String> two = queue.submit(1, second);
    await(first.started);
    assertThat(queue.waiting()).isEqualTo(1);
    ComputeThreads.setLimit(2);
    await(second.started);
    first.goOn.countDown();
    second.goOn.countDown();
    CompletableFuture.allOf(one, two).join();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ComputeThreads.setLimit(0))
        .withMessage("compute threads must be at least 1, found 0");
  }

  @Test
  void threadsAreDaemonsInheritNothingAndEndWithoutWork() throws Exception {
    InheritableThreadLocal<String> local = new InheritableThreadLocal<>();
    ClassLoader loader = new ClassLoader(getClass().getClassLoader()) {};
    AtomicReference<Thread> thread = new AtomicReference<>();
    AtomicReference<String> inherited = new AtomicReference<>("nothing yet");
    AtomicReference<ClassLoader> context = new AtomicReference<>();
    CompletableFuture<String> answer = new CompletableFuture<>();
    // A thread of the pool may be idle, which was made by another caller; enough work makes new
    // ones.
    ComputeThreads.setLimit(20);
    Thread caller =
        new Thread(
            () -> {
              local.set("secret");
              Thread.currentThread().setContextClassLoader(loader);
              RequestQueue queue = new RequestQueue(0);
              List<Blocker> blockers = new ArrayList<>();
              for (int i = 0; i < 19; i++) {
                Blocker blocker = new Blocker("x");
                blockers.add(blocker);
                queue.submit(1, blocker);
              }
              blockers.forEach(blocker -> await(blocker.started));
              queue
                  .submit(
                      1,
                      turn -> {
                        thread.set(Thread.currentThread());
                        inherited.set(local.get());
                        context.set(Thread.currentThread().getContextClassLoader());
                        return "done";
                      })
                  .thenAccept(answer::complete);
              answer.join();
              blockers.forEach(blocker -> blocker.goOn.countDown());
            });
    caller.start();
    answer.join();
    assertThat(thread.get().isDaemon()).isTrue();
    assertThat(thread.get().isVirtual()).isFalse();
    assertThat(inherited.get()).isNull();
    assertThat(context.get()).isNotSameAs(loader);
    Instant deadline = Instant.now().plus(Duration.ofSeconds(30));
    while (thread.get().isAlive() && Instant.now().isBefore(deadline)) {
      Thread.sleep(20);
    }
    assertThat(thread.get().isAlive()).isFalse();
  }

  @Test
  void theDefaultIsWhatThePropertySaysOrTheProcessors() throws Exception {
    assertThat(OtherJvm.run(PrintLimit.class, List.of("-XX:ActiveProcessorCount=3")))
        .containsExactly("3");
    assertThat(OtherJvm.run(PrintLimit.class, List.of("-Ddev.hydranet.computeThreads=5")))
        .containsExactly("5");
    assertThat(OtherJvm.run(PrintLimit.class, List.of("-Ddev.hydranet.computeThreads=many")))
        .containsExactly(
            "-Ddev.hydranet.computeThreads: expected a number of threads from 1 to 999999, found"
                + " 'many'");
  }

  /** Prints the limit, or why there is none. */
  static final class PrintLimit {
    public static void main(String[] args) {
      try {
        System.out.println(ComputeThreads.limit());
      } catch (IllegalArgumentException e) {
        System.out.println(e.getMessage());
      }
    }
  }
}
