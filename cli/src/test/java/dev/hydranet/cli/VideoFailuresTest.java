package dev.hydranet.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchService;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Programs that fail, played by scripts; and the command itself being stopped. */
@DisabledOnOs(OS.WINDOWS)
@Timeout(120)
class VideoFailuresTest {
  /** What ffprobe says about a film of 25 frames a second. */
  private static final String FACTS =
      """
      case "$*" in
        *packet=*) i=0; while [ $i -lt 50 ]; do echo $i,K_; i=$((i+1)); done;;
        *) printf '[STREAM]\\nindex=0\\ncodec_type=video\\npix_fmt=yuv420p\\nr_frame_rate=25/1\\n'
           printf 'avg_frame_rate=25/1\\ntime_base=1/25\\n[/STREAM]\\n[FORMAT]\\nduration=2\\n[/FORMAT]\\n';;
      esac
      """;

  private static final int SIGINT = 2;

  @TempDir private Path folder;
  private Path weights;
  private Path tools;

  @BeforeEach
  void prepare() throws IOException {
    weights = SmallNetwork.write(folder.resolve("small.safetensors"));
    tools = Files.createDirectory(folder.resolve("tools"));
    script("ffprobe", FACTS);
    Files.write(folder.resolve("stream.y4m"), VideoStreams.of(200));
    Files.writeString(folder.resolve("film.mp4"), "a film, as the scripts have it");
  }

  @AfterEach
  void nothingIsLeft() throws IOException {
    assertThat(ProcessHandle.current().children().filter(ProcessHandle::isAlive)).isEmpty();
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("small.safetensors", "tools", "stream.y4m", "film.mp4");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "head -c 9000 >/dev/null; echo 'av_write: No space left on device' >&2; exit 1"
            + "| ffmpeg: av_write: No space left on device",
        "head -c 9000 >/dev/null; kill -9 $$ | ffmpeg was ended by signal 9",
        "kill -9 $$ | ffmpeg was ended by signal 9",
        "cat >/dev/null; exit 3 | ffmpeg ended too early, with exit code 3",
        "echo \"Unknown encoder 'libx264'\" >&2; exit 1 | ffmpeg: Unknown encoder 'libx264'"
      })
  void encoderThatFailsIsTold(String script, String message) throws IOException {
    script("ffmpeg", script);
    Path out = folder.resolve("seen.mp4");
    assertFails(run(folder.resolve("stream.y4m"), out), out + ": " + message);
  }

  @Test
  void encoderThatWritesNothingIsTold() throws IOException {
    script("ffmpeg", "cat >/dev/null");
    Path out = folder.resolve("seen.mp4");
    Cli.Result result = run(folder.resolve("stream.y4m"), out);
    assertThat(result.exitCode()).isOne();
    assertThat(result.err()).startsWith("hydranet: " + out + ": ").hasLineCount(1);
  }

  /** Nobody waits for the next frame of a camera to say that the encoder has gone. */
  @Test
  void encoderThatFailsWhileNoFrameComesIsTold() throws IOException {
    script("ffmpeg", "head -c 4000 >/dev/null; echo 'gone' >&2; exit 1");
    byte[] beginning = VideoStreams.of(12);
    InputStream camera =
        new InputStream() {
          private int at;

          @Override
          public int read() throws IOException {
            if (at == beginning.length) {
              try {
                Thread.sleep(Long.MAX_VALUE);
              } catch (InterruptedException e) {
                throw new IOException("interrupted", e);
              }
            }
            return beginning[at++] & 0xff;
          }
        };
    Path out = folder.resolve("seen.mp4");
    Cli.Result result =
        cli()
            .with(camera, OutputStream.nullOutputStream())
            .run("video", "-", out, "--weights", weights);
    assertFails(result, out + ": ffmpeg: gone");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "head -c 20000 stream.y4m; kill -9 $$ | ffmpeg was ended by signal 9",
        "head -c 20000 stream.y4m; echo 'error while decoding' >&2; exit 1"
            + "| ffmpeg: error while decoding",
        "head -c 20000 stream.y4m | the stream ends within frame 9",
        "cat stream.y4m; exit 69 | ffmpeg ended too early, with exit code 69",
        "exit 1 | ffmpeg ended too early, with exit code 1",
        "echo no stream; exec sleep 100 | expected a Y4M stream, found an unknown format",
        "head -c 7000 stream.y4m; yes | expected FRAME after"
      })
  void decoderThatFailsIsTold(String script, String message) throws IOException {
    script("ffmpeg", "cd '" + folder + "'; " + script);
    Path film = folder.resolve("film.mp4");
    Cli.Result result = run(film, folder.resolve("seen.y4m"));
    assertThat(result.err()).startsWith("hydranet: " + film + ": " + message).hasLineCount(1);
    assertThat(result.exitCode()).isOne();
  }

  @Test
  void proberThatFailsIsTold() throws IOException {
    script("ffmpeg", "exit 1");
    script("ffprobe", "echo 'moov atom not found' >&2; exit 1");
    Path film = folder.resolve("film.mp4");
    assertFails(run(film, folder.resolve("seen.y4m")), film + ": ffprobe: moov atom not found");
  }

  @Test
  void fullDiskIsTold() throws IOException {
    Path full = Path.of("/dev/full");
    assumeTrue(Files.exists(full));
    try (OutputStream out = Files.newOutputStream(full)) {
      Cli.Result result =
          cli()
              .with(new ByteArrayInputStream(VideoStreams.of(20)), out)
              .run("video", "-", "-", "--weights", weights);
      assertFails(result, "standard output: No space left on device");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"INT", "TERM"})
  void stoppedCommandLeavesNothing(String signal) throws Exception {
    assumeTrue(!signal.equals("INT") || !ignoresInterrupts());
    script("ffmpeg", "cat >/dev/null");
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    ProcessBuilder builder =
        new ProcessBuilder(
            java.toString(),
            "--add-modules=jdk.incubator.vector",
            "-Xshare:auto",
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName(),
            "video",
            "-",
            folder.resolve("seen.mp4").toString(),
            "--weights",
            weights.toString());
    builder.environment().put("PATH", tools + ":" + System.getenv("PATH"));
    try (WatchService watch = tools.getFileSystem().newWatchService()) {
      tools.register(watch, StandardWatchEventKinds.ENTRY_CREATE);
      script("ffmpeg", ": > '" + tools.resolve("started") + "'; exec cat >/dev/null");
      watch.poll(); // of the script itself
      Process process = builder.start();
      try {
        process.getOutputStream().write(VideoStreams.of(30));
        process.getOutputStream().flush();
        while (!Files.exists(tools.resolve("started"))) {
          watch.take().reset();
        }
        List<ProcessHandle> children = process.children().toList();
        assertThat(children).isNotEmpty();
        new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start().waitFor();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("stopped by %s", signal).isTrue();
        assertThat(process.exitValue()).isEqualTo(signal.equals("INT") ? 130 : 143);
        String err = new String(process.getErrorStream().readAllBytes());
        assertThat(err.lines().filter(line -> !line.startsWith("WARNING")))
            .containsExactly("hydranet: stopped; nothing was written");
        for (ProcessHandle child : children) {
          child.onExit().join();
        }
      } finally {
        process.destroyForcibly();
      }
    }
  }

  /** A shell has its background jobs ignore Ctrl-C, and whatever they start ignores it, too. */
  private static boolean ignoresInterrupts() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return false;
    }
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("SigIgn:"))
        .mapToLong(line -> Long.parseUnsignedLong(line.substring(7).strip(), 16))
        .anyMatch(ignored -> (ignored >> SIGINT - 1 & 1) == 1);
  }

  private void script(String name, String content) throws IOException {
    Path file = tools.resolve(name);
    Files.writeString(file, "#!/bin/sh\n" + content + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private Cli.Result run(Path in, Path out) {
    return cli().run("video", in, out, "--weights", weights);
  }

  private Cli cli() {
    return Cli.at(folder.resolve("store")).withPath(tools.toString());
  }

  private static void assertFails(Cli.Result result, String message) {
    assertThat(result.err()).isEqualTo("hydranet: " + message + System.lineSeparator());
    assertThat(result.exitCode()).isOne();
  }
}
