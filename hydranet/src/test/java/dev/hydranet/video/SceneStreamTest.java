package dev.hydranet.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hydranet.HydraNet;
import dev.hydranet.ImageSize;
import dev.hydranet.PredictOptions;
import dev.hydranet.Scene;
import dev.hydranet.SmallNetwork;
import dev.hydranet.engine.Threads;
import dev.hydranet.engine.tensor.Shape;
import dev.hydranet.engine.tensor.Tensor;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SceneStreamTest {
  private static final HydraNet NET = SmallNetwork.load(Threads.of(1));
  private static final StreamOptions PLAIN =
      StreamOptions.DEFAULT.withThreads(Threads.of(1)).withSmoothing(0);

  @Test
  void scenesComeInOrderAndAreThoseOfPredict() {
    List<BufferedImage> frames = pictures(9);
    int count = 0;
    SceneStream<BufferedImage> scenes = SceneStream.ofImages(NET, frames.iterator(), PLAIN);
    while (scenes.hasNext()) {
      FrameScene<BufferedImage> next = scenes.next();
      assertThat(next.index()).isEqualTo(count);
      assertThat(next.frame()).isSameAs(frames.get(count));
      assertSame(next.scene(), NET.predict(next.frame()));
      count++;
    }
    assertThat(count).isEqualTo(9);
    assertThatThrownBy(scenes::next).isInstanceOf(NoSuchElementException.class);
  }

  @Test
  void smoothScenesDependOnNeitherThreadsNorRun() {
    List<Scene> one = scenes(StreamOptions.DEFAULT.withThreads(Threads.of(1)));
    List<Scene> three = scenes(StreamOptions.DEFAULT.withThreads(Threads.of(3)));
    for (int i = 0; i < one.size(); i++) {
      assertSame(one.get(i), three.get(i));
    }
    assertThat(one.get(0).depth().metres())
        .isEqualTo(NET.predict(pictures(1).get(0)).depth().metres());
    assertThat(one.get(1).depth().metres())
        .isNotEqualTo(NET.predict(pictures(2).get(1)).depth().metres());
  }

  @Test
  void planesGiveWhatTheirPictureGives() {
    YuvFormat format = new YuvFormat(50, 33, Chroma.C420JPEG, YuvMatrix.BT601, false);
    YuvFrame planes = YuvFrame.of(format);
    BufferedImage picture = SmallNetwork.picture(33, 50, 4);
    int[] rgb = picture.getRGB(0, 0, 50, 33, null, 0, 50);
    new RgbToYuv(format).convert(rgb, 50, 33, planes);
    BufferedImage seen = new BufferedImage(50, 33, BufferedImage.TYPE_INT_RGB);
    new YuvToRgb(format).convert(planes, rgb);
    seen.setRGB(0, 0, 50, 33, rgb, 0, 50);

    SceneStream<YuvFrame> scenes =
        SceneStream.ofPlanes(NET, List.of(planes, planes).iterator(), PLAIN);
    Scene expected = NET.predict(seen);
    assertSame(scenes.next().scene(), expected);
    assertSame(scenes.next().scene(), expected);
    assertThat(scenes.hasNext()).isFalse();
  }

  @Test
  void framesAreComputedAtTheHeightThatPredictTakes() {
    PredictOptions low = PredictOptions.DEFAULT.withHeight(20);
    List<BufferedImage> frames = pictures(2);
    SceneStream<BufferedImage> scenes =
        SceneStream.ofImages(NET, frames.iterator(), PLAIN.withPrediction(low));
    Scene scene = scenes.next().scene();
    assertThat(scene.computedSize()).isEqualTo(new ImageSize(20, 30));
    assertSame(scene, NET.predict(frames.get(0), low));
    assertSame(scenes.next().scene(), NET.predict(frames.get(1), low));
  }

  @Test
  void exampleOfTheDocumentsRuns() throws IOException {
    YuvFormat format = new YuvFormat(50, 33, Chroma.C444, YuvMatrix.BT601, false);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Y4mWriter writer = new Y4mWriter(out, new Y4mHeader(format, new FrameRate(25, 1), "1:1"));
    writer.write(YuvFrame.of(format));
    writer.write(YuvFrame.of(format));
    List<String> middles = VideoExample.middles(NET, new ByteArrayInputStream(out.toByteArray()));
    assertThat(middles).hasSize(2).allMatch(name -> name.startsWith("class "));
  }

  @Test
  void videoWithoutFramesHasNoScenes() {
    assertThat(SceneStream.ofImages(NET, List.<BufferedImage>of().iterator()).hasNext()).isFalse();
  }

  @Test
  void frameOfAnotherSizeIsTheStreamsEnd() {
    Iterator<BufferedImage> frames =
        List.of(SmallNetwork.picture(20, 30, 1), SmallNetwork.picture(30, 20, 1)).iterator();
    SceneStream<BufferedImage> scenes = SceneStream.ofImages(NET, frames, PLAIN);
    scenes.next();
    assertThatThrownBy(scenes::hasNext)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("frame 2: expected 30 x 20 pixels as the first, found 20 x 30");
  }

  @Test
  void whatTheFramesThrowComesAfterTheScenesBefore() {
    IllegalStateException damaged = new IllegalStateException("damaged");
    Iterator<BufferedImage> frames =
        IntStream.range(0, 5)
            .mapToObj(
                i -> {
                  if (i == 3) {
                    throw damaged;
                  }
                  return SmallNetwork.picture(20, 30, i);
                })
            .iterator();
    SceneStream<BufferedImage> scenes = SceneStream.ofImages(NET, frames, PLAIN);
    for (int i = 0; i < 3; i++) {
      assertThat(scenes.next().index()).isEqualTo(i);
    }
    assertThatThrownBy(scenes::hasNext).isSameAs(damaged);
  }

  @Test
  void frameThatCannotBeComputedComesAfterTheScenesBefore() {
    for (int threads = 1; threads <= 5; threads++) {
      List<BufferedImage> frames = new ArrayList<>(pictures(7));
      frames.add(SmallNetwork.picture(1, 1, 0));
      SceneStream<BufferedImage> scenes =
          SceneStream.ofImages(NET, frames.iterator(), PLAIN.withThreads(Threads.of(threads)));
      for (int i = 0; i < 7; i++) {
        assertThat(scenes.next().index()).isEqualTo(i);
      }
      assertThatThrownBy(scenes::hasNext).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void answersAreOrderedAndFailuresWaitForTheirTurn() throws Exception {
    Handoff<SceneThreads.Answer<String>> answers = new Handoff<>(4);
    OrderedAnswers<String> ordered = new OrderedAnswers<>(answers, new Smoothing(0));
    IllegalStateException broken = new IllegalStateException("broken");
    ordered.fail(2, broken);
    ordered.put(new SceneThreads.Answer<>(1, "b", 1, 1, null, Map.of()));
    ordered.put(new SceneThreads.Answer<>(3, "d", 1, 1, null, Map.of()));
    ordered.cancel();
    ordered.put(new SceneThreads.Answer<>(0, "a", 1, 1, null, Map.of()));
    assertThat(answers.take().frame()).isEqualTo("a");
    assertThat(answers.take().frame()).isEqualTo("b");
    assertThatThrownBy(answers::take).isSameAs(broken);
  }

  @Test
  void fewFramesAreTakenAhead() throws Exception {
    AtomicInteger taken = new AtomicInteger();
    StreamOptions many = PLAIN.withThreads(Threads.of(6));
    try (SceneStream<BufferedImage> scenes =
        SceneStream.ofImages(NET, endless(taken, new CountDownLatch(0)), many)) {
      for (int i = 0; i < 20; i++) {
        scenes.next();
        assertThat(taken.get()).isLessThanOrEqualTo(i + 1 + 12);
      }
    }
  }

  @Test
  void closingStopsAtOnceEvenInsideTheIterator() throws Exception {
    AtomicInteger taken = new AtomicInteger();
    CountDownLatch never = new CountDownLatch(1);
    SceneStream<BufferedImage> scenes = SceneStream.ofImages(NET, endless(taken, never), PLAIN);
    Thread closing = new Thread(scenes::close);
    closing.start();
    assertThatThrownBy(scenes::hasNext).isInstanceOf(CancellationException.class);
    closing.join();
    scenes.close();
    assertThat(never.getCount()).isOne();
  }

  @Test
  void interruptedConsumerGetsACancellation() {
    try (SceneStream<BufferedImage> scenes =
        SceneStream.ofImages(NET, endless(new AtomicInteger(), new CountDownLatch(1)), PLAIN)) {
      Thread.currentThread().interrupt();
      assertThatThrownBy(scenes::hasNext)
          .isInstanceOf(CancellationException.class)
          .hasMessage("interrupted");
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void streamThatNobodyRefersToStops() throws Exception {
    AtomicInteger taken = new AtomicInteger();
    SceneStream<BufferedImage> scenes =
        SceneStream.ofImages(NET, endless(taken, new CountDownLatch(0)), PLAIN);
    scenes.next();
    List<Thread> threads = streamThreads();
    assertThat(threads).hasSize(2).allMatch(Thread::isDaemon);
    WeakReference<SceneStream<BufferedImage>> reference = new WeakReference<>(scenes);
    scenes = null;
    while (reference.get() != null) {
      System.gc();
    }
    for (Thread thread : threads) {
      thread.join();
    }
  }

  @Test
  void noThreadIsLeftAtTheEnd() throws Exception {
    SceneStream<BufferedImage> scenes = SceneStream.ofImages(NET, pictures(2).iterator(), PLAIN);
    scenes.next();
    List<Thread> threads = streamThreads();
    scenes.next();
    assertThat(scenes.hasNext()).isFalse();
    for (Thread thread : threads) {
      thread.join();
    }
  }

  @Test
  void smoothingIsExponentialAndForgetsWhatIsNoNumber() {
    Smoothing smoothing = new Smoothing(0.75);
    assertThat(smoothed(smoothing, 8, 1)).containsExactly(8, 1);
    assertThat(smoothed(smoothing, 0, 1)).containsExactly(6, 1);
    assertThat(smoothed(smoothing, 0, Float.NaN)).containsExactly(4.5f, Float.NaN);
    assertThat(smoothed(smoothing, 4.5f, 2)).containsExactly(4.5f, 2);
    assertThat(smoothed(new Smoothing(0), 3, 5)).containsExactly(3, 5);
  }

  @Test
  void sharesOfThePastAreBelowOne() {
    assertThatThrownBy(() -> StreamOptions.DEFAULT.withSmoothing(1))
        .hasMessage("expected a smoothing of 0 to below 1, found 1.0");
    assertThatThrownBy(() -> StreamOptions.DEFAULT.withSmoothing(Double.NaN))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static float[] smoothed(Smoothing smoothing, float... numbers) {
    smoothing.apply(Map.of("depth", Tensor.of(Shape.of(1, 1, 1, numbers.length), numbers)));
    return numbers;
  }

  /** Frames without an end; the first waits for a latch. */
  private static Iterator<BufferedImage> endless(AtomicInteger taken, CountDownLatch first) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return true;
      }

      @Override
      public BufferedImage next() {
        try {
          first.await();
        } catch (InterruptedException e) {
          throw new IllegalStateException("interrupted", e);
        }
        return SmallNetwork.picture(20, 30, taken.incrementAndGet());
      }
    };
  }

  private static List<Thread> streamThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().matches("hydranet-(frames|scenes-\\d)"))
        .toList();
  }

  private static List<BufferedImage> pictures(int count) {
    return IntStream.range(0, count).mapToObj(i -> SmallNetwork.picture(33, 50, i)).toList();
  }

  private static List<Scene> scenes(StreamOptions options) {
    List<Scene> scenes = new ArrayList<>();
    SceneStream.ofImages(NET, pictures(6).iterator(), options)
        .forEachRemaining(next -> scenes.add(next.scene()));
    return scenes;
  }

  private static void assertSame(Scene found, Scene expected) {
    assertThat(found.segmentation().labels()).isEqualTo(expected.segmentation().labels());
    assertThat(found.depth().metres()).isEqualTo(expected.depth().metres());
    assertThat(found.normals().components().data())
        .isEqualTo(expected.normals().components().data());
  }
}
