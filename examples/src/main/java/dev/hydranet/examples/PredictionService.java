package dev.hydranet.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.hydranet.HydraNet;
import dev.hydranet.Scene;
import dev.hydranet.Segmentation;
import dev.hydranet.engine.InsufficientMemoryException;
import dev.hydranet.images.Images;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;

/**
 * Answers {@code POST /predict} with what the network sees in the image that is sent: as JSON, or
 * as a picture if the client accepts {@code image/png}.
 */
public final class PredictionService implements AutoCloseable {
  private static final int MOST_BYTES = 20 << 20;
  private static final Duration DEADLINE = Duration.ofSeconds(10);
  private final HydraNet net;

  final HttpServer server;

  /** Images that are read, wait or are computed. */
  final Semaphore admitted;

  PredictionService(HydraNet net, int port, int mostAtOnce) throws IOException {
    this.net = net;
    this.admitted = new Semaphore(mostAtOnce);
    server = HttpServer.create(new InetSocketAddress(port), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/predict", this::handle);
    server.start();
  }

  @Override
  public void close() {
    server.stop((int) DEADLINE.toSeconds());
  }

  private void handle(HttpExchange exchange) throws IOException {
    if (!admitted.tryAcquire()) {
      exchange.getResponseHeaders().set("Retry-After", "1");
      fail(exchange, 503, "busy");
      return;
    }
    try {
      predict(exchange);
    } catch (TimeoutException | InsufficientMemoryException e) {
      fail(exchange, 503, e.getMessage());
    } finally {
      admitted.release();
    }
  }

  private void predict(HttpExchange exchange) throws IOException, TimeoutException {
    byte[] body = exchange.getRequestBody().readNBytes(MOST_BYTES + 1);
    if (body.length > MOST_BYTES) {
      fail(exchange, 413, "expected at most " + MOST_BYTES + " bytes");
      return;
    }
    BufferedImage image;
    try {
      image = Images.read(body);
    } catch (IOException e) {
      fail(exchange, 400, e.getMessage());
      return;
    }
    Scene scene = net.predict(image, DEADLINE);
    if (exchange.getRequestHeaders().getOrDefault("Accept", List.of()).contains("image/png")) {
      ByteArrayOutputStream png = new ByteArrayOutputStream();
      ImageIO.write(scene.segmentation().toImage(), "png", png);
      answer(exchange, 200, "image/png", png.toByteArray());
    } else {
      String json = json(scene.segmentation());
      answer(exchange, 200, "application/json", json.getBytes(UTF_8));
    }
  }

  private static String json(Segmentation classes) {
    double[] share = classes.coverage();
    return IntStream.range(0, share.length)
        .mapToObj(c -> String.format(Locale.ROOT, "\"%s\": %.4f", classes.className(c), share[c]))
        .collect(Collectors.joining(", ", "{\"coverage\": {", "}}"));
  }

  private static void fail(HttpExchange exchange, int status, String why) throws IOException {
    answer(exchange, status, "text/plain", why.getBytes(UTF_8));
  }

  private static void answer(HttpExchange exchange, int status, String type, byte[] body)
      throws IOException {
    try (exchange) {
      exchange.getResponseHeaders().set("Content-Type", type);
      exchange.sendResponseHeaders(status, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  /** Serves on port 8080 until the JVM is told to stop. */
  public static void main(String[] args) throws IOException {
    PredictionService service = new PredictionService(HydraNet.bundled(), 8080, 64);
    Runtime.getRuntime().addShutdownHook(new Thread(service::close));
    System.out.println("listening on " + service.server.getAddress());
  }
}
