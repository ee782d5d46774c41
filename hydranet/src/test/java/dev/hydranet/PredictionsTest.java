package dev.hydranet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hydranet.engine.Threads;
import dev.hydranet.engine.serve.ComputeThreads;
import dev.hydranet.engine.serve.QueueFullException;
import java.awt.image.BufferedImage;
import java.awt.image.WritableRaster;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Callers that wait, give up, or come in numbers. */
@Tag("once")
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PredictionsTest {
  private static final HydraNet NET = SmallNetwork.load(Threads.of(2));
  private static final BufferedImage IMAGE = SmallNetwork.picture(33, 50, 1);

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

  /** An image whose pixels are released on demand. */
  private static final class SlowImage extends BufferedImage {
    final CountDownLatch asked = new CountDownLatch(1);
    final CountDownLatch ready = new CountDownLatch(1);

    SlowImage() {
      super(50, 33, BufferedImage.TYPE_3BYTE_BGR);
    }

    @Override
    public WritableRaster getRaster() {
      asked.countDown();
      await(ready);
      return super.getRaster();
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
  void aCancelledRequestLeavesBeforeTheOneInFrontOfItIsDone() {
    SlowImage slow = new SlowImage();
    CompletableFuture<Scene> first = NET.predictAsync(slow);
    first.thenRun(() -> events.add("first is done"));
    await(slow.asked);
    CompletableFuture<Scene> second = NET.predictAsync(IMAGE);
    second.whenComplete((scene, e) -> events.add("second is " + e.getClass().getSimpleName()));
    CompletableFuture<Scene> third = NET.predictAsync(IMAGE);
    second.cancel(true);
    slow.ready.countDown();
    third.join();
    first.join();
    assertThat(events.peek()).isEqualTo("second is CancellationException");
    assertThat(events).contains("first is done");
  }

  @Test
  void whoIsCancelledWhileItComputesMakesRoomForTheNext() {
    SlowImage slow = new SlowImage();
    CompletableFuture<Scene> first = NET.predictAsync(slow);
    await(slow.asked);
    CompletableFuture<Scene> second = NET.predictAsync(IMAGE);
    first.cancel(true);
    assertThatThrownBy(first::join).isInstanceOf(CancellationException.class);
    slow.ready.countDown();
    assertThat(second.join().segmentation().labels())
        .isEqualTo(NET.predict(IMAGE).segmentation().labels());
  }

  @Test
  void aDeadlineIsKept() throws Exception {
    SlowImage slow = new SlowImage();
    assertThatThrownBy(() -> NET.predict(slow, Duration.ofMillis(3)))
        .isInstanceOf(TimeoutException.class)
        .hasMessage("no answer within PT0.003S");
    assertThatThrownBy(() -> NET.predict(IMAGE, Duration.ZERO))
        .isInstanceOf(TimeoutException.class);
    slow.ready.countDown();
    assertThat(NET.predict(IMAGE, Duration.ofSeconds(Long.MAX_VALUE)).width()).isEqualTo(50);
  }

  @Test
  void whoIsInterruptedWhileItWaitsLeaves() throws Exception {
    SlowImage slow = new SlowImage();
    CompletableFuture<Scene> first = NET.predictAsync(slow);
    await(slow.asked);
    for (Thread.Builder kind : List.of(Thread.ofVirtual(), Thread.ofPlatform())) {
      CompletableFuture<String> outcome = new CompletableFuture<>();
      Thread caller =
          kind.start(
              () -> {
                try {
                  NET.predict(IMAGE);
                  outcome.complete("an answer");
                } catch (CancellationException e) {
                  outcome.complete(e.getMessage() + ", " + Thread.currentThread().isInterrupted());
                }
              });
      caller.interrupt();
      assertThat(outcome.join()).isEqualTo("interrupted while waiting for an answer, true");
    }
    assertThat(first).isNotDone();
    slow.ready.countDown();
    first.join();
  }

  @Test
  void aFullQueueRefuses() {
    HydraNet net = NET.withQueueCapacity(2);
    SlowImage slow = new SlowImage();
    List<CompletableFuture<Scene>> answers = new ArrayList<>();
    for (BufferedImage image : List.of(slow, IMAGE, IMAGE)) {
      answers.add(net.predictAsync(image));
    }
    assertThatThrownBy(() -> net.predict(IMAGE))
        .isInstanceOf(QueueFullException.class)
        .hasMessage("the queue is full: 2 requests wait already");
    slow.ready.countDown();
    answers.forEach(CompletableFuture::join);
    assertThat(net.predict(IMAGE)).isNotNull();
  }

  @Test
  void allNetworksShareTheThreads() {
    HydraNet other = SmallNetwork.load(Threads.of(2));
    SlowImage slow = new SlowImage();
    CompletableFuture<Scene> first = NET.predictAsync(slow);
    await(slow.asked);
    CompletableFuture<Scene> second = other.predictAsync(IMAGE);
    assertThatThrownBy(() -> other.predict(IMAGE, Duration.ofMillis(1)))
        .isInstanceOf(TimeoutException.class);
    assertThat(second).isNotDone();
    slow.ready.countDown();
    CompletableFuture.allOf(first, second).join();
  }

  @Test
  void manyImagesHaveTheAnswersOfEachInTheirOrder() {
    ComputeThreads.setLimit(3);
    List<BufferedImage> images = new ArrayList<>();
    for (int i = 0; i < 25; i++) {
      images.add(SmallNetwork.picture(20 + i % 3, 30, i));
    }
    List<Scene> scenes = NET.withQueueCapacity(2).predictAll(images);
    assertThat(scenes).hasSize(25);
    for (int i = 0; i < 25; i++) {
      assertThat(scenes.get(i).depth().metres())
          .isEqualTo(NET.predict(images.get(i)).depth().metres());
    }
    assertThat(NET.predictAll(List.of())).isEmpty();
  }

  @Test
  void whereOneOfManyFailsTheOthersAreCancelled() {
    BufferedImage broken =
        new BufferedImage(20, 30, BufferedImage.TYPE_INT_RGB) {
          @Override
          public WritableRaster getRaster() {
            throw new UnsupportedOperationException("no pixels");
          }
        };
    assertThatThrownBy(() -> NET.predictAll(List.of(IMAGE, broken, IMAGE, IMAGE)))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessage("no pixels");
    assertThat(NET.predict(IMAGE)).isNotNull();
  }

  /** The numbers of threads, the queue and the caller's kind of thread change no bit. */
  @Test
  void otherThreadsGiveTheSameAnswers() throws Exception {
    float[] expected = NET.predict(IMAGE).depth().metres();
    ComputeThreads.setLimit(4);
    for (int threads = 1; threads <= 4; threads++) {
      HydraNet net = NET.withThreads(Threads.of(threads));
      CompletableFuture<Scene> answer = new CompletableFuture<>();
      Thread.ofVirtual().start(() -> answer.complete(net.predict(IMAGE))).join();
      assertThat(answer.join().depth().metres()).isEqualTo(expected);
    }
  }
}
