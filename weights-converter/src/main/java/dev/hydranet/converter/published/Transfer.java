package dev.hydranet.converter.published;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Completes one file over HTTP, from where it ends. */
final class Transfer {
  private static final int OK = 200;
  private static final int PARTIAL_CONTENT = 206;
  private static final int RANGE_NOT_SATISFIABLE = 416;
  private static final Pattern CONTENT_RANGE = Pattern.compile("bytes (\\d{1,18})-.*");

  private final HttpClient client;
  private final URI from;
  private final FileChannel file;
  private final Duration patience;
  private final long largest;
  private final Download.Progress progress;

  /** Bytes of the file that are here; written by the HTTP client's thread. */
  private volatile long done;

  Transfer(
      HttpClient client,
      URI from,
      FileChannel file,
      Duration patience,
      long largest,
      Download.Progress progress) {
    this.client = client;
    this.from = from;
    this.file = file;
    this.patience = patience;
    this.largest = largest;
    this.progress = progress;
  }

  /** Transfers; tells whether the file's beginning stayed what it was before. */
  boolean run() throws IOException, InterruptedException {
    int status = request();
    if (status == RANGE_NOT_SATISFIABLE && file.size() > 0) {
      // The server's file ends where ours does or before: ours is not the beginning of it.
      file.truncate(0);
      status = request();
    }
    if (status != OK && status != PARTIAL_CONTENT) {
      throw new IOException(
          from
              + ": HTTP status "
              + status
              + (status / 100 == 3 ? ", a redirect that leads nowhere" : ""));
    }
    return status == PARTIAL_CONTENT;
  }

  private int request() throws IOException, InterruptedException {
    long have = file.size();
    HttpRequest.Builder request = HttpRequest.newBuilder(from).timeout(patience);
    if (have > 0) {
      request.header("Range", "bytes=" + have + "-");
    }
    done = have;
    CompletableFuture<HttpResponse<Void>> response =
        client.sendAsync(request.build(), info -> receive(info, have));
    try {
      return await(response).statusCode();
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      if (cause instanceof UncheckedIOException wrapper) {
        cause = wrapper.getCause();
      }
      throw new IOException(from + ": " + reason(cause), cause);
    } finally {
      response.cancel(true);
    }
  }

  /** The client's exceptions of this kind have no message. */
  static String reason(Throwable failure) {
    if (failure instanceof ConnectException) {
      return failure.getCause() instanceof UnresolvedAddressException
          ? "cannot connect: no such host"
          : "cannot connect";
    }
    String message = failure.getMessage();
    return message == null ? failure.getClass().getSimpleName() : message;
  }

  /** Waits as long as something arrives. The client's own timeout ends with the headers. */
  private HttpResponse<Void> await(CompletableFuture<HttpResponse<Void>> response)
      throws IOException, InterruptedException, ExecutionException {
    while (true) {
      long before = done;
      try {
        return response.get(patience.toMillis(), TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        if (done == before) {
          throw new IOException(
              from + ": nothing arrived for " + patience.toMillis() / 1000.0 + " s", e);
        }
      }
    }
  }

  private BodySubscriber<Void> receive(HttpResponse.ResponseInfo info, long have) {
    if (info.statusCode() != OK && info.statusCode() != PARTIAL_CONTENT) {
      return BodySubscribers.replacing(null);
    }
    long start = info.statusCode() == PARTIAL_CONTENT ? have : 0;
    long length = info.headers().firstValueAsLong("Content-Length").orElse(-1);
    long total = length < 0 ? -1 : start + length;
    try {
      if (info.statusCode() == PARTIAL_CONTENT) {
        String range = info.headers().firstValue("Content-Range").orElse("");
        Matcher matcher = CONTENT_RANGE.matcher(range);
        if (!matcher.matches() || Long.parseLong(matcher.group(1)) != have) {
          throw new IOException("expected bytes from " + have + " on, found '" + range + "'");
        }
      }
      limit(total);
      file.truncate(start).position(start);
      done = start;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return BodySubscribers.ofByteArrayConsumer(
        chunk -> chunk.ifPresent(bytes -> append(bytes, total)));
  }

  private void append(byte[] bytes, long total) {
    try {
      limit(done + bytes.length);
      for (ByteBuffer rest = ByteBuffer.wrap(bytes); rest.hasRemaining(); ) {
        file.write(rest);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    long now = done + bytes.length;
    done = now;
    progress.at(now, total);
  }

  private void limit(long bytes) throws IOException {
    if (bytes > largest) {
      file.truncate(0);
      throw new IOException("expected at most " + largest + " bytes, found " + bytes);
    }
  }
}
