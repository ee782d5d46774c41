package dev.hydranet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.hydranet.HydraNet;
import dev.hydranet.converter.published.PublishedWeights;
import dev.hydranet.engine.testing.SeededTensors;
import dev.hydranet.engine.weights.DType;
import dev.hydranet.engine.weights.Safetensors;
import dev.hydranet.network.Variant;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Seeded weights, published by a server in this JVM. */
class WeightsTest {
  @TempDir private Path folder;
  private Path store;
  private HttpServer server;
  private byte[] content;
  private List<PublishedWeights> catalogue;

  @BeforeEach
  void publish() throws IOException, NoSuchAlgorithmException {
    store = folder.resolve("not/there/yet");
    Path file = folder.resolve("published");
    Safetensors.write(
        file, SeededTensors.parameters(Variant.KITTI.network().graph(), 1), Map.of(), DType.F16);
    content = Files.readAllBytes(file);
    MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
    sha1.update(("blob " + content.length + "\0").getBytes(StandardCharsets.US_ASCII));
    catalogue =
        List.of(
            new PublishedWeights(
                Variant.KITTI, "weights.ckpt", HexFormat.of().formatHex(sha1.digest(content))),
            new PublishedWeights(Variant.NYUD, "missing.ckpt", "0".repeat(40)));
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/weights.ckpt",
        exchange -> {
          try (exchange) {
            exchange.sendResponseHeaders(200, content.length);
            exchange.getResponseBody().write(content);
          }
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void downloadsChecksAndConverts() throws IOException {
    Cli.Result result = cli("").run("weights", "download", "kitti", "--accept-license");
    assertThat(result.err()).isEmpty();
    assertThat(result.exitCode()).isZero();
    assertThat(result.out())
        .startsWith(PublishedWeights.LICENSE)
        .contains(store.resolve("weights.ckpt").toString())
        .contains(store.resolve("kitti.safetensors").toString())
        .doesNotContain("Do you accept");
    assertThat(store.resolve("weights.ckpt")).hasBinaryContent(content);
    HydraNet net = HydraNet.load(store.resolve("kitti.safetensors"));
    assertThat(net.metadata().variant()).isEqualTo("kitti");

    List<String> list = cli("").run("weights", "list").out().lines().toList();
    assertThat(list.get(0))
        .matches(
            "kitti +6 classes, segm, depth +weights.ckpt +" + store.resolve("kitti.safetensors"));
    assertThat(list.get(1)).matches("nyud +40 classes, segm, depth +missing.ckpt +not downloaded");
  }

  @Test
  void asksForTheLicenceToBeAccepted() {
    for (String yes : List.of("y\n", " YES\r\n", "y")) {
      Cli.Result result = cli(yes).run("weights", "download", "kitti");
      assertThat(result.exitCode()).isZero();
      assertThat(result.out()).contains("NON-COMMERCIAL", "Do you accept it? [y/N] ");
    }
    assertThat(store.resolve("kitti.safetensors")).exists();
  }

  @Test
  void downloadsNothingWithoutAcceptance() {
    for (String no : List.of("", "\n", "n\n", "yesterday\n")) {
      Cli.Result result = cli(no).run("weights", "download", "kitti");
      assertThat(result.exitCode()).isEqualTo(1);
      assertThat(result.out()).contains("NON-COMMERCIAL");
      assertThat(result.err())
          .hasLineCount(1)
          .startsWith("hydranet: kitti: not downloaded, for the licence was not accepted");
      assertThat(store).doesNotExist();
    }
  }

  @Test
  void failuresAreALineAndLeaveNothing() throws IOException {
    Cli.Result missing = cli("").run("weights", "download", "nyud", "--accept-license");
    assertThat(missing.exitCode()).isEqualTo(1);
    assertThat(missing.err())
        .isEqualTo(
            "hydranet: " + source() + "missing.ckpt: HTTP status 404" + System.lineSeparator());
    content[100]++;
    Cli.Result wrong = cli("").run("weights", "download", "kitti", "--accept-license");
    assertThat(wrong.exitCode()).isEqualTo(1);
    assertThat(wrong.err())
        .hasLineCount(1)
        .startsWith("hydranet: " + source() + "weights.ckpt: expected the git blob ");
    assertThat(store).isEmptyDirectory();
  }

  /** The published content cut off, another one, an address that leads to itself, and none. */
  @ParameterizedTest
  @CsvSource({
    "cut, 'weights.ckpt: ', true",
    "page, 'weights.ckpt: expected the git blob .*, found an HTML page, ', false",
    "loop, 'weights.ckpt: HTTP status 302, a redirect that leads nowhere', false",
    "none, 'weights.ckpt: cannot connect', false"
  })
  void whatGoesWrongOnTheWayIsALine(String fault, String line, boolean resumable)
      throws IOException {
    server.removeContext("/weights.ckpt");
    switch (fault) {
      case "cut" -> serve(200, content.length, Arrays.copyOf(content, content.length / 2));
      case "page" -> {
        byte[] page = "<html>Sign in".getBytes(StandardCharsets.US_ASCII);
        serve(200, page.length, page);
      }
      case "loop" -> serve(302, -1, new byte[0]);
      default -> server.stop(0);
    }
    Cli.Result result = cli("").run("weights", "download", "kitti", "--accept-license");
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err())
        .hasLineCount(1)
        .containsPattern("^hydranet: " + Pattern.quote(source().toString()) + line);
    if (resumable) {
      assertThat(store).isDirectoryNotContaining("glob:**/*.{ckpt,safetensors}");
      assertThat(store.resolve("weights.ckpt.part")).hasSize(content.length / 2);
    } else {
      assertThat(store).isEmptyDirectory();
    }
  }

  private void serve(int status, long length, byte[] body) {
    server.createContext(
        "/weights.ckpt",
        exchange -> {
          exchange.getResponseHeaders().set("Location", source() + "weights.ckpt");
          exchange.sendResponseHeaders(status, length);
          exchange.getResponseBody().write(body);
          exchange.getResponseBody().flush();
          exchange.close();
        });
  }

  @Test
  void storeIsInTheUsersCache() {
    assertThat(WeightsStore.ofUser(Map.of("XDG_CACHE_HOME", "/var/cache/me")).weights("nyud"))
        .isEqualTo(Path.of("/var/cache/me/hydranet/nyud.safetensors"));
    assertThat(WeightsStore.ofUser(Map.of()).weights("nyud"))
        .isEqualTo(Path.of(System.getProperty("user.home"), ".cache/hydranet/nyud.safetensors"));
  }

  private URI source() {
    return URI.create("http://localhost:" + server.getAddress().getPort() + "/");
  }

  private Cli cli(String answers) {
    return Cli.at(store, source(), catalogue, answers);
  }
}
