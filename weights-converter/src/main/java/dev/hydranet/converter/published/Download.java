package dev.hydranet.converter.published;

import dev.hydranet.engine.file.FileKind;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/**
 * Downloads files whose Git blob ids are known. A file appears under its name when it is complete
 * and its content has that id, never before; what a broken transfer leaves is kept beside it, as
 * {@code NAME.part}, and the next attempt resumes it.
 *
 * <p>Proxies are those of Java's system properties, or else of the environment variables {@code
 * https_proxy} and {@code no_proxy}.
 */
public final class Download {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** Several times what any published checkpoint takes. */
  private static final long LARGEST = 256L << 20;

  private final HttpClient client;
  private final Duration patience;
  private final long largest;

  /** Hears how far a download has come. */
  @FunctionalInterface
  public interface Progress {
    /**
     * Some more has arrived. Called from a thread of the HTTP client.
     *
     * @param done bytes of the file here so far
     * @param total bytes of the file, -1 if the server does not tell
     */
    void at(long done, long total);
  }

  /** Gives up when nothing arrives for 30 seconds or the file is larger than any checkpoint. */
  public Download() {
    this(PATIENCE, LARGEST);
  }

  Download(Duration patience, long largest) {
    this.client =
        HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NORMAL)
            .connectTimeout(patience)
            .proxy(new EnvironmentProxies(System.getenv(), ProxySelector.getDefault()))
            .build();
    this.patience = patience;
    this.largest = largest;
  }

  /**
   * Downloads a file, replacing one of that name.
   *
   * @param from where it is
   * @param gitBlobId the id that its content must have
   * @param to the file to write
   * @param progress told how far it is
   * @throws IOException if it cannot be had or is not what it should be; the message is one line
   *     that names the address
   * @throws InterruptedException if the thread is interrupted; what has come is kept for the next
   *     attempt
   */
  public void fetch(URI from, String gitBlobId, Path to, Progress progress)
      throws IOException, InterruptedException {
    Path part = to.resolveSibling(to.getFileName() + ".part");
    try {
      boolean resumed = complete(from, part, progress);
      if (resumed && !GitBlobId.of(part).equals(gitBlobId)) {
        // What an earlier attempt left may have been the beginning of something else.
        Files.delete(part);
        complete(from, part, progress);
      }
    } catch (IOException e) {
      if (Files.exists(part) && Files.size(part) == 0) {
        Files.delete(part);
      }
      throw e;
    }
    String found = GitBlobId.of(part);
    if (!found.equals(gitBlobId)) {
      String kind = kind(part);
      Files.delete(part);
      throw new IOException(
          from + ": expected the git blob " + gitBlobId + ", found " + kind + found);
    }
    Files.move(part, to, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Downloads what the part lacks; tells whether it kept what an earlier attempt left. */
  private boolean complete(URI from, Path part, Progress progress)
      throws IOException, InterruptedException {
    try (FileChannel file =
            FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = lock(file)) {
      if (lock == null) {
        throw new IOException(part + ": another download is writing this file");
      }
      return new Transfer(client, from, file, patience, largest, progress).run();
    }
  }

  private static FileLock lock(FileChannel file) throws IOException {
    try {
      return file.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  /** What content is that should have been a checkpoint, where that explains the failure. */
  private static String kind(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      FileKind kind = FileKind.of(in.readNBytes(FileKind.HEAD));
      return switch (kind) {
        case EMPTY, HTML, GIT_LFS_POINTER -> kind.description() + ", ";
        default -> "";
      };
    }
  }
}
