package dev.hydranet.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hydranet.HydraNet;
import dev.hydranet.engine.serve.ComputeThreads;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PredictionServiceTest {
  private static HydraNet net;
  private static byte[] jpeg;

  private final HttpClient client = HttpClient.newHttpClient();

  @BeforeAll
  static void load() throws IOException {
    net = HydraNet.bundled();
    BufferedImage image = new BufferedImage(64, 48, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 64 * 48; i++) {
      image.setRGB(i % 64, i / 64, i * 977);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(image, "jpeg", bytes);
    jpeg = bytes.toByteArray();
  }

  private static HttpRequest.Builder post(PredictionService service, byte[] body) {
    return HttpRequest.newBuilder(
            URI.create("http://localhost:" + service.server.getAddress().getPort() + "/predict"))
        .POST(HttpRequest.BodyPublishers.ofByteArray(body));
  }

  @Test
  void answersWithNumbersOrAPicture() throws Exception {
    try (PredictionService service = new PredictionService(net, 0, 4)) {
      HttpResponse<String> json =
          client.send(post(service, jpeg).build(), HttpResponse.BodyHandlers.ofString());
      assertThat(json.statusCode()).isEqualTo(200);
      assertThat(json.body()).startsWith("{\"coverage\": {").contains("\"road\": 0.");
      HttpResponse<byte[]> png =
          client.send(
              post(service, jpeg).header("Accept", "image/png").build(),
              HttpResponse.BodyHandlers.ofByteArray());
      assertThat(ImageIO.read(new ByteArrayInputStream(png.body())).getWidth()).isEqualTo(64);
    }
  }

  @Test
  void saysWhatIsWrong() throws Exception {
    try (PredictionService service = new PredictionService(net, 0, 4)) {
      HttpResponse<String> notAnImage =
          client.send(post(service, new byte[100]).build(), HttpResponse.BodyHandlers.ofString());
      assertThat(notAnImage.statusCode()).isEqualTo(400);
      HttpResponse<String> tooLarge =
          client.send(
              post(service, new byte[(20 << 20) + 1]).build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(tooLarge.statusCode()).isEqualTo(413);
    }
  }

  /** More clients than may enter: each gets an answer or is turned away, and none hangs. */
  @Test
  void underLoadEachClientGetsAnAnswerOrIsTurnedAway() throws Exception {
    try (PredictionService service = new PredictionService(net, 0, 3)) {
      List<CompletableFuture<HttpResponse<String>>> responses = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        responses.add(
            client.sendAsync(post(service, jpeg).build(), HttpResponse.BodyHandlers.ofString()));
      }
      List<HttpResponse<String>> all = responses.stream().map(CompletableFuture::join).toList();
      assertThat(all.stream().map(HttpResponse::statusCode).collect(Collectors.toSet()))
          .contains(200)
          .isSubsetOf(200, 503);
      assertThat(
              all.stream()
                  .filter(response -> response.statusCode() == 200)
                  .map(HttpResponse::body)
                  .distinct())
          .hasSize(1);
    }
  }

  @Test
  void aServiceThatStopsAnswersWhatItHasBegun() throws Exception {
    int limit = ComputeThreads.limit();
    ComputeThreads.setLimit(1);
    try {
      CountDownLatch computing = new CountDownLatch(1);
      CountDownLatch goOn = new CountDownLatch(1);
      net.predictAsync(
          new BufferedImage(8, 8, BufferedImage.TYPE_3BYTE_BGR) {
            @Override
            public java.awt.image.WritableRaster getRaster() {
              computing.countDown();
              try {
                goOn.await();
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
              return super.getRaster();
            }
          });
      computing.await();
      PredictionService service = new PredictionService(net, 0, 4);
      CompletableFuture<HttpResponse<String>> waiting =
          client.sendAsync(post(service, jpeg).build(), HttpResponse.BodyHandlers.ofString());
      while (service.admitted.availablePermits() == 4) {
        Thread.onSpinWait();
      }
      Thread stopping = Thread.ofPlatform().start(service::close);
      goOn.countDown();
      assertThat(waiting.join().statusCode()).isEqualTo(200);
      stopping.join();
    } finally {
      ComputeThreads.setLimit(limit);
    }
  }
}
