package dev.hydranet.examples;

import dev.hydranet.HydraNet;
import dev.hydranet.Scene;
import dev.hydranet.engine.Engine;
import dev.hydranet.engine.Threads;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;

/** The ways to load a network and to ask it. */
public final class Callers {
  private Callers() {}

  /** Weights from a class-path resource, in whatever jar it lies. */
  static HydraNet fromResource(Class<?> beside, String name) throws IOException {
    try (InputStream in = beside.getResourceAsStream(name)) {
      return HydraNet.load(in);
    }
  }

  /** An answer in time, or none. */
  static Scene inTime(HydraNet net, BufferedImage image) throws TimeoutException {
    return net.predict(image, Duration.ofMillis(500));
  }

  /** An answer that nobody waits for. */
  static CompletableFuture<String> later(HydraNet net, BufferedImage image) {
    CompletableFuture<Scene> answer = net.predictAsync(image);
    return answer.thenApply(scene -> scene.segmentation().className(0));
  }

  /** Many images. */
  static List<Scene> all(HydraNet net, List<BufferedImage> images) {
    return net.predictAll(images);
  }

  /**
   * Asks the model in the box.
   *
   * @param args ignored
   */
  public static void main(String[] args) throws IOException, TimeoutException {
    Engine.requireSimd();
    HydraNet net = HydraNet.bundled().withThreads(Threads.of(1)).withQueueCapacity(100);
    BufferedImage image = new BufferedImage(320, 240, BufferedImage.TYPE_INT_RGB);
    System.out.println(net.predict(image).depth().metresAt(160, 120));
    System.out.println(later(net, image).join());
    System.out.println(all(net, List.of(image, image)).size());
    System.out.println(inTime(net, new BufferedImage(32, 24, BufferedImage.TYPE_INT_RGB)).width());
  }
}
