package dev.hydranet.converter.published;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Downloads from a server in this JVM that behaves or misbehaves as asked. */
class DownloadTest {
  private static final int LENGTH = 300_000;
  private static final byte[] CONTENT = new byte[LENGTH];

  static {
    new Random(1).nextBytes(CONTENT);
  }

  private final Download download = new Download(Duration.ofSeconds(20), 1 << 20);
  private final List<String> ranges = new ArrayList<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private HttpServer server;

  @TempDir Path folder;
  private Path file;
  private Path part;
  private String blobId;

  @BeforeEach
  void start() throws IOException {
    file = folder.resolve("weights.ckpt");
    part = folder.resolve("weights.ckpt.part");
    blobId = GitBlobId.of(Files.write(file, CONTENT));
    Files.delete(file);
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
    threads.shutdownNow();
  }

  @Test
  void blobIdIsGits() throws IOException {
    // What `echo 'test content' | git hash-object --stdin` prints, from the Git book.
    assertThat(GitBlobId.of(Files.writeString(file, "test content\n")))
        .isEqualTo("d670460b4b4aece5915caf5c68d12f560a9fe3e4");
    assertThat(GitBlobId.of(Files.writeString(file, "")))
        .isEqualTo("e69de29bb2d1d6434b8b29ae775ad8c2e48c5391");
  }

  @Test
  void fetchesAndReportsProgress() throws Exception {
    serve(exchange -> send(exchange, 200, CONTENT));
    List<Long> done = new ArrayList<>();
    download.fetch(
        uri(),
        blobId,
        file,
        (now, total) -> {
          assertThat(total).isEqualTo(LENGTH);
          assertThat(file).doesNotExist();
          done.add(now);
        });
    assertThat(file).hasBinaryContent(CONTENT);
    assertThat(done).isSorted().last().isEqualTo((long) LENGTH);
    assertThat(files()).containsExactly(file);
  }

  @Test
  void fetchesWithoutKnowingTheLength() throws Exception {
    serve(
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          exchange.getResponseBody().write(CONTENT);
        });
    download.fetch(uri(), blobId, file, (done, total) -> assertThat(total).isEqualTo(-1));
    assertThat(file).hasBinaryContent(CONTENT);
  }

  @Test
  void followsRedirect() throws Exception {
    server.createContext("/moved", handler(exchange -> send(exchange, 200, CONTENT)));
    serve(exchange -> redirect(exchange, "/moved"));
    fetch();
    assertThat(file).hasBinaryContent(CONTENT);
  }

  @Test
  void stopsRedirectLoop() throws IOException {
    serve(exchange -> redirect(exchange, "/weights.ckpt"));
    assertFails("HTTP status 302, a redirect that leads nowhere");
    assertThat(files()).isEmpty();
  }

  @Test
  void reportsMissingFile() throws IOException {
    serve(exchange -> send(exchange, 404, "404: Not Found".getBytes()));
    assertFails("HTTP status 404");
    assertThat(files()).isEmpty();
  }

  @Test
  void reportsServerThatIsNotThere() throws IOException {
    server.stop(0);
    assertThatThrownBy(this::fetch)
        .isInstanceOf(IOException.class)
        .hasMessage(uri() + ": cannot connect");
    assertThat(files()).isEmpty();
  }

  @Test
  void tellsThatThereIsNoSuchHost() {
    ConnectException failure = new ConnectException();
    failure.initCause(new UnresolvedAddressException());
    assertThat(Transfer.reason(failure)).isEqualTo("cannot connect: no such host");
  }

  @Test
  void refusesOtherContentAndKeepsNothing() throws IOException {
    byte[] other = CONTENT.clone();
    other[LENGTH / 2]++;
    String otherId = GitBlobId.of(Files.write(file, other));
    Files.writeString(file, "old");
    serve(exchange -> send(exchange, 200, other));
    assertFails("expected the git blob " + blobId + ", found " + otherId);
    assertThat(files()).containsExactly(file);
    assertThat(file).hasContent("old");
  }

  @Test
  void namesPagesAndPointersInPlaceOfTheFile() throws IOException {
    byte[] page = "<!DOCTYPE html><html>Sign in".getBytes();
    byte[] pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:0\n".getBytes();
    List<byte[]> answers = new ArrayList<>(List.of(page, pointer, new byte[0]));
    serve(exchange -> send(exchange, 200, answers.remove(0)));
    for (String kind :
        List.of(
            "an HTML page, ",
            "a Git LFS pointer (`git lfs pull` fetches the file itself), ",
            "an empty file, ")) {
      assertThatThrownBy(this::fetch)
          .hasMessageStartingWith(uri() + ": expected the git blob " + blobId + ", found " + kind);
      assertThat(files()).isEmpty();
    }
  }

  @Test
  void resumesAfterBeingCutOff() throws Exception {
    int half = LENGTH / 2;
    serve(
        exchange -> {
          if (exchange.getRequestHeaders().containsKey("Range")) {
            byte[] rest = Arrays.copyOfRange(CONTENT, (int) Files.size(part), LENGTH);
            exchange.getResponseHeaders().add("Content-Range", range(LENGTH - rest.length));
            send(exchange, 206, rest);
          } else {
            exchange.sendResponseHeaders(200, LENGTH);
            exchange.getResponseBody().write(CONTENT, 0, half);
            exchange.getResponseBody().flush();
            throw new IOException("cut off");
          }
        });
    assertThatThrownBy(this::fetch)
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(uri() + ": ");
    assertThat(files()).containsExactly(part);
    long kept = Files.size(part);
    assertThat(kept).isPositive().isLessThanOrEqualTo(half);

    fetch();
    assertThat(ranges).containsExactly("bytes=" + kept + "-");
    assertThat(file).hasBinaryContent(CONTENT);
    assertThat(files()).containsExactly(file);
  }

  @Test
  void startsAgainWhereTheServerCannotResume() throws Exception {
    Files.write(part, Arrays.copyOf(CONTENT, 1000));
    serve(exchange -> send(exchange, 200, CONTENT));
    fetch();
    assertThat(ranges).containsExactly("bytes=1000-");
    assertThat(file).hasBinaryContent(CONTENT);
  }

  @Test
  void startsAgainWhenThePartIsOfSomethingElse() throws Exception {
    Files.write(part, new byte[1000]);
    serve(
        exchange -> {
          if (exchange.getRequestHeaders().containsKey("Range")) {
            exchange.getResponseHeaders().add("Content-Range", range(1000));
            send(exchange, 206, Arrays.copyOfRange(CONTENT, 1000, LENGTH));
          } else {
            send(exchange, 200, CONTENT);
          }
        });
    fetch();
    assertThat(file).hasBinaryContent(CONTENT);
  }

  @Test
  void startsAgainWhenThePartIsTooLong() throws Exception {
    Files.write(part, new byte[LENGTH + 1]);
    serve(
        exchange -> {
          boolean range = exchange.getRequestHeaders().containsKey("Range");
          send(exchange, range ? 416 : 200, range ? new byte[0] : CONTENT);
        });
    fetch();
    assertThat(file).hasBinaryContent(CONTENT);
  }

  @Test
  void refusesAnotherRangeThanAskedFor() throws IOException {
    Files.write(part, Arrays.copyOf(CONTENT, 1000));
    serve(
        exchange -> {
          exchange.getResponseHeaders().add("Content-Range", range(5));
          send(exchange, 206, Arrays.copyOfRange(CONTENT, 5, LENGTH));
        });
    assertFails("expected bytes from 1000 on, found '" + range(5) + "'");
    assertThat(part).hasBinaryContent(Arrays.copyOf(CONTENT, 1000));
  }

  @Test
  void refusesEndlessContentAnnouncedOrNot() throws IOException {
    List<Long> lengths = new ArrayList<>(List.of(5L << 30, 0L));
    serve(
        exchange -> {
          exchange.sendResponseHeaders(200, lengths.remove(0));
          OutputStream body = exchange.getResponseBody();
          for (int i = 0; i < 1000; i++) {
            body.write(CONTENT);
          }
        });
    assertFails("expected at most 1048576 bytes, found 5368709120");
    assertThatThrownBy(this::fetch)
        .hasMessageStartingWith(uri() + ": expected at most 1048576 bytes, found 10");
    assertThat(files()).isEmpty();
  }

  @Test
  void givesUpOnSilence() throws IOException {
    CountDownLatch end = new CountDownLatch(1);
    serve(
        exchange -> {
          exchange.sendResponseHeaders(200, LENGTH);
          exchange.getResponseBody().write(CONTENT, 0, 1000);
          exchange.getResponseBody().flush();
          try {
            end.await(1, TimeUnit.MINUTES);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    Download hasty = new Download(Duration.ofMillis(500), LENGTH);
    assertThatThrownBy(() -> hasty.fetch(uri(), blobId, file, (done, total) -> {}))
        .isExactlyInstanceOf(IOException.class)
        .hasMessage(uri() + ": nothing arrived for 0.5 s");
    end.countDown();
    assertThat(part).hasBinaryContent(Arrays.copyOf(CONTENT, 1000));
  }

  @Test
  void leavesAloneWhatAnotherDownloadIsWriting() throws IOException {
    serve(exchange -> send(exchange, 200, CONTENT));
    try (FileChannel other =
        FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      other.lock();
      assertThatThrownBy(this::fetch).hasMessage(part + ": another download is writing this file");
    }
  }

  private void fetch() throws IOException, InterruptedException {
    download.fetch(uri(), blobId, file, (done, total) -> {});
  }

  private void assertFails(String message) {
    assertThatThrownBy(this::fetch)
        .isExactlyInstanceOf(IOException.class)
        .hasMessage(uri() + ": " + message);
  }

  private URI uri() {
    return URI.create("http://localhost:" + server.getAddress().getPort() + "/weights.ckpt");
  }

  private void serve(HttpHandler answer) {
    server.createContext("/weights.ckpt", handler(answer));
  }

  private HttpHandler handler(HttpHandler answer) {
    return exchange -> {
      try (exchange) {
        String range = exchange.getRequestHeaders().getFirst("Range");
        if (range != null) {
          ranges.add(range);
        }
        answer.handle(exchange);
      }
    };
  }

  private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }

  private static void redirect(HttpExchange exchange, String to) throws IOException {
    exchange.getResponseHeaders().add("Location", to);
    exchange.sendResponseHeaders(302, -1);
  }

  private static String range(int from) {
    return "bytes " + from + "-" + (LENGTH - 1) + "/" + LENGTH;
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }
}
