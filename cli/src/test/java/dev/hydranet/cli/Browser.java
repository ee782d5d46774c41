package dev.hydranet.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A Chromium without a window, steered through its DevTools protocol. For one thread. */
final class Browser implements AutoCloseable {
  private static final List<String> NAMES =
      List.of(
          "chromium",
          "chromium-browser",
          "chromium-headless-shell",
          "google-chrome",
          "google-chrome-stable",
          "chrome");
  private static final Pattern LISTENING = Pattern.compile("DevTools listening on ws://([^/]+)/");
  private static final int PATIENCE_SECONDS = 60;

  private final Process process;
  private final HttpClient client;
  private final WebSocket socket;
  private final BlockingQueue<Map<?, ?>> received = new LinkedBlockingQueue<>();
  private final List<String> complaints = Collections.synchronizedList(new ArrayList<>());
  private int calls;

  /** The executable of one on the path. */
  static Optional<Path> find() {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .map(Path::of)
        .flatMap(folder -> NAMES.stream().map(folder::resolve))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /**
   * Starts it.
   *
   * @param profile a folder for what it writes
   */
  Browser(Path executable, Path profile) throws IOException, InterruptedException {
    process =
        new ProcessBuilder(
                executable.toString(),
                "--headless",
                "--remote-debugging-port=0",
                "--no-first-run",
                // Needed where tests run as root; the only page is ours.
                "--no-sandbox",
                "--disable-gpu",
                "--user-data-dir=" + profile,
                "about:blank")
            .redirectErrorStream(true)
            .start();
    client = HttpClient.newHttpClient();
    String host = host(process.inputReader());
    // What it has to say from now on nobody reads.
    Thread reader = new Thread(() -> process.inputReader().lines().forEach(line -> {}));
    reader.setDaemon(true);
    reader.start();
    String pages =
        client
            .send(
                HttpRequest.newBuilder(URI.create("http://" + host + "/json/list")).build(),
                HttpResponse.BodyHandlers.ofString())
            .body();
    Map<?, ?> page = (Map<?, ?>) ((List<?>) Json.parse(pages)).getFirst();
    socket =
        client
            .newWebSocketBuilder()
            .buildAsync(URI.create((String) page.get("webSocketDebuggerUrl")), new Listener())
            .join();
    for (String domain : List.of("Page", "Runtime", "Log", "Network")) {
      call(domain + ".enable", Map.of());
    }
  }

  private static String host(BufferedReader output) throws IOException {
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      Matcher listening = LISTENING.matcher(line);
      if (listening.find()) {
        return listening.group(1);
      }
    }
    throw new IOException("the browser ended without listening");
  }

  /** Puts the parts of messages together. */
  private final class Listener implements WebSocket.Listener {
    private final StringBuilder message = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      message.append(data);
      if (last) {
        try {
          take((Map<?, ?>) Json.parse(message.toString()));
        } catch (IOException e) {
          complaints.add("unreadable message: " + e.getMessage());
        }
        message.setLength(0);
      }
      from.request(1);
      return null;
    }
  }

  private void take(Map<?, ?> message) {
    Object parameters = message.get("params");
    if (message.get("method") instanceof String event) {
      boolean bad =
          switch (event) {
            case "Runtime.exceptionThrown", "Runtime.consoleAPICalled", "Log.entryAdded" -> true;
            case "Network.requestWillBeSent" ->
                Pattern.compile("url=(https?|wss?|ftp):").matcher(parameters.toString()).find();
            default -> false;
          };
      if (bad) {
        complaints.add(event + ": " + parameters);
      }
    }
    received.add(message);
  }

  /** All that pages wrote to the console, all their exceptions, all they asked the network for. */
  List<String> complaints() {
    return List.copyOf(complaints);
  }

  /** Opens a page in a window of a size, with a colour scheme: "light" or "dark". */
  void open(Path page, int width, int height, String scheme)
      throws IOException, InterruptedException {
    call(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 600));
    call(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    call("Page.navigate", Map.of("url", page.toUri().toString()));
    await(message -> "Page.loadEventFired".equals(message.get("method")));
  }

  /** The value of an expression, after it has been kept if it is a promise. */
  Object evaluate(String expression) throws IOException, InterruptedException {
    Map<?, ?> answer =
        call(
            "Runtime.evaluate",
            Map.of("expression", expression, "awaitPromise", true, "returnByValue", true));
    if (answer.containsKey("exceptionDetails")) {
      throw new IOException(expression + ": " + answer.get("exceptionDetails"));
    }
    return ((Map<?, ?>) answer.get("result")).get("value");
  }

  /** Evaluates an expression until it is true. */
  void until(String expression) throws IOException, InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!Boolean.TRUE.equals(evaluate(expression))) {
      if (System.nanoTime() > end) {
        throw new IOException("in vain for " + PATIENCE_SECONDS + " s: " + expression);
      }
      Thread.sleep(20);
    }
  }

  /**
   * Brings an element into view and moves the mouse to a place in it, given as parts of its size.
   */
  double[] hover(String selector, double right, double down)
      throws IOException, InterruptedException {
    List<?> box =
        (List<?>)
            evaluate(
                "(() => { const e = document.querySelector('%s');".formatted(selector)
                    + " e.scrollIntoView({block: 'center', inline: 'center'});"
                    + " const b = e.getBoundingClientRect();"
                    + " return [b.left, b.top, b.width, b.height].map(Number); })()");
    double x = number(box.get(0)) + right * number(box.get(2));
    double y = number(box.get(1)) + down * number(box.get(3));
    mouse("mouseMoved", x, y);
    return new double[] {x, y};
  }

  /** Clicks on an element's middle. */
  void click(String selector) throws IOException, InterruptedException {
    double[] at = hover(selector, 0.5, 0.5);
    mouse("mousePressed", at[0], at[1]);
    mouse("mouseReleased", at[0], at[1]);
  }

  private static double number(Object value) {
    return ((Number) value).doubleValue();
  }

  private void mouse(String type, double x, double y) throws IOException, InterruptedException {
    boolean button = !type.equals("mouseMoved");
    call(
        "Input.dispatchMouseEvent",
        Map.of(
            "type",
            type,
            "x",
            x,
            "y",
            y,
            "button",
            button ? "left" : "none",
            "clickCount",
            button ? 1 : 0));
  }

  /** Presses a key, such as "ArrowDown", for the element that has the focus. */
  void press(String key) throws IOException, InterruptedException {
    for (String type : List.of("keyDown", "keyUp")) {
      call("Input.dispatchKeyEvent", Map.of("type", type, "key", key, "code", key));
    }
  }

  /** What is to be seen, as PNG. */
  byte[] screenshot() throws IOException, InterruptedException {
    Map<?, ?> answer = call("Page.captureScreenshot", Map.of("format", "png"));
    return Base64.getDecoder().decode((String) answer.get("data"));
  }

  private Map<?, ?> call(String method, Map<String, ?> parameters)
      throws IOException, InterruptedException {
    int id = ++calls;
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      write(json, Map.of("id", id, "method", method, "params", parameters));
    }
    socket.sendText(text.toString(), true).join();
    Map<?, ?> answer = await(message -> Long.valueOf(id).equals(message.get("id")));
    if (answer.containsKey("error")) {
      throw new IOException(method + ": " + answer.get("error"));
    }
    return (Map<?, ?>) answer.get("result");
  }

  private Map<?, ?> await(Predicate<Map<?, ?>> wanted) throws IOException, InterruptedException {
    while (true) {
      Map<?, ?> message = received.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (message == null) {
        throw new IOException("no answer from the browser for " + PATIENCE_SECONDS + " s");
      }
      if (wanted.test(message)) {
        return message;
      }
    }
  }

  private static void write(JsonGenerator json, Object value) throws IOException {
    switch (value) {
      case Map<?, ?> object -> {
        json.writeStartObject();
        for (Map.Entry<?, ?> field : object.entrySet()) {
          json.writeFieldName((String) field.getKey());
          write(json, field.getValue());
        }
        json.writeEndObject();
      }
      case List<?> array -> {
        json.writeStartArray();
        for (Object element : array) {
          write(json, element);
        }
        json.writeEndArray();
      }
      case String string -> json.writeString(string);
      case Integer number -> json.writeNumber(number);
      case Double number -> json.writeNumber(number);
      case Boolean flag -> json.writeBoolean(flag);
      default -> throw new IllegalArgumentException("not for JSON: " + value);
    }
  }

  /** Asks it to end and waits until it has: it writes into its profile until then. */
  @Override
  public void close() throws IOException {
    try {
      call("Browser.close", Map.of());
      process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    process.destroyForcibly();
    socket.abort();
    client.close();
  }
}
