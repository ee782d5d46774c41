package dev.hydranet.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hydranet.engine.file.AtomicFile;
import java.awt.image.BufferedImage;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * What can go wrong around the command: a line says so, the exit code is 1, and no file is half
 * there. Full disks, closed readers and killed processes are tested in separate JVMs.
 */
@DisabledOnOs(OS.WINDOWS)
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FaultsTest {
  @TempDir private Path folder;
  private Path weights;
  private Path image;

  @BeforeEach
  void networkAndImage() throws IOException {
    weights = SmallNetwork.write(folder.resolve("small.safetensors"));
    image = folder.resolve("image.png");
    ImageIO.write(new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB), "png", image.toFile());
  }

  @Test
  void aFullDisk() throws Exception {
    // No file may become longer than 8 blocks of 512 or 1024 bytes.
    Path out = folder.resolve("out.safetensors");
    Cli.Result result = shell("ulimit -f 8; $HYDRANET convert " + weights + " " + out);

    assertThat(result.err()).matches("hydranet: " + out + ": .+\n");
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(list(folder)).containsExactly("image.png", "small.safetensors");
  }

  @Test
  void aFullDiskUnderOneOfThePictures() throws Exception {
    Path large = folder.resolve("large.png");
    ImageIO.write(new BufferedImage(256, 256, BufferedImage.TYPE_INT_RGB), "png", large.toFile());
    Path out = folder.resolve("out");
    Cli.Result result =
        shell(
            "ulimit -f 8; $HYDRANET predict --raw --weights %s --out %s %s %s"
                .formatted(weights, out, large, image));

    assertThat(result.err().lines()).allMatch(line -> line.startsWith("hydranet: " + folder));
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(list(out)).noneMatch(name -> name.startsWith("."));
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aFullDiskUnderStandardOutput() throws Exception {
    for (String command : List.of("info", "--version")) {
      Cli.Result result = shell("$HYDRANET " + command + " > /dev/full");

      assertThat(result.err()).isEqualTo("hydranet: standard output: could not be written\n");
      assertThat(result.exitCode()).isEqualTo(1);
    }
  }

  @Test
  void aReaderThatHasGone() throws Exception {
    Cli.Result result = shell("$HYDRANET info --variant kitti | true; exit ${PIPESTATUS[0]}");

    assertThat(result.err()).isEmpty();
    assertThat(result.exitCode()).isZero();
  }

  /** It is not taken for the failure of an image. */
  @Test
  void aReaderThatHasGoneWhileImagesAreDone() throws Exception {
    Path out = folder.resolve("out");
    Cli.Result result =
        shell(
            "$HYDRANET predict %s --weights %s --out %s | true; exit ${PIPESTATUS[0]}"
                .formatted(image, weights, out));

    assertThat(result.err()).isEmpty();
    assertThat(result.exitCode()).isZero();
  }

  @Test
  void aFolderThatNobodyMayWriteTo() throws IOException {
    Path closed = Files.createDirectory(folder.resolve("closed"));
    Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("r-xr-xr-x"));
    // Nothing is closed to root but what is no folder of a disk.
    Path readOnly = Files.isWritable(closed) ? Path.of("/sys/kernel") : closed;
    assumeTrue(Files.isDirectory(readOnly));
    Path out = readOnly.resolve("out.safetensors");
    Cli.Result convert = Cli.at(folder).run("convert", weights, out);
    assertThat(convert.exitCode()).isEqualTo(1);
    assertThat(convert.err()).hasLineCount(1).startsWith("hydranet: " + out + ": ");

    Cli.Result predict =
        Cli.at(folder).run("predict", image, "--weights", weights, "--out", readOnly);
    assertThat(predict.exitCode()).isEqualTo(1);
    assertThat(predict.err()).hasLineCount(1).startsWith("hydranet: " + image + ": ");
  }

  @Test
  void whatAFileMustNotReplace() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("link.safetensors"), weights);
    byte[] before = Files.readAllBytes(weights);
    for (Path out : List.of(link, Path.of("/dev/null"))) {
      Cli.Result result = Cli.at(folder).run("convert", weights, out);

      assertThat(result.exitCode()).isEqualTo(1);
      assertThat(result.err())
          .hasLineCount(1)
          .matches("hydranet: " + out + ": is a (symbolic link|pipe or a device)\n");
    }
    assertThat(weights).hasBinaryContent(before);
    assertThat(Files.isSymbolicLink(link)).isTrue();
    assertThat(Files.isRegularFile(Path.of("/dev/null"))).isFalse();
  }

  /** Opening a pipe waits for a writer; a device has no end. */
  @Test
  void pipesDevicesAndLinksToNowhere() throws Exception {
    Path pipe = folder.resolve("pipe.png");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    Path loop = folder.resolve("loop.png");
    Files.createSymbolicLink(loop, loop);
    Path nowhere = Files.createSymbolicLink(folder.resolve("nowhere.png"), folder.resolve("no"));
    Map<Path, String> found =
        Map.of(
            pipe,
            "found a pipe or a device",
            Path.of("/dev/zero"),
            "found a pipe or a device",
            folder,
            "found a directory",
            loop,
            "",
            nowhere,
            "no such file");
    Path out = folder.resolve("out");
    found.forEach(
        (file, line) -> {
          for (List<Object> command :
              List.<List<Object>>of(
                  List.of("convert", file, out),
                  List.of("info", "--weights", file),
                  List.of("run", "--weights", weights, "--input", file, "--output", out),
                  List.of("verify", "--weights", weights, "--reference", file))) {
            assertLine(Cli.at(folder).run(command.toArray()), file, line);
          }
        });
    Cli.Result predict =
        Cli.at(folder)
            .run(
                "predict",
                pipe,
                loop,
                "/dev/zero",
                nowhere,
                image,
                "--weights",
                weights,
                "--out",
                out);
    assertThat(predict.exitCode()).isEqualTo(1);
    assertThat(predict.err()).hasLineCount(4);
    assertThat(predict.out()).hasLineCount(1).startsWith(image.toString());
  }

  /** As an archive from a stranger may hold; what is printed of it steers no terminal. */
  @Test
  void aNameThatWouldClearTheTerminal() throws IOException {
    Path evil = Files.copy(image, folder.resolve("a\n\u001b[2J.png"));
    Path empty = Files.createFile(folder.resolve("b\r\u001b[31m.png"));
    Path out = folder.resolve("out");
    Cli.Result result =
        Cli.at(folder).run("predict", evil, empty, "--weights", weights, "--out", out);

    assertThat(result.out())
        .hasLineCount(1)
        .startsWith(folder + "/a\\u000a\\u001b[2J.png: 64 x 64 pixels, ");
    assertThat(result.err())
        .isEqualTo(
            "hydranet: " + folder + "/b \\u001b[31m.png: expected an image, found an empty file\n");
  }

  private static void assertLine(Cli.Result result, Path file, String what) {
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err()).hasLineCount(1).startsWith("hydranet: " + file + ": ").contains(what);
  }

  /** Ctrl-C and {@code kill} leave what was there, and nothing beside it. */
  @Test
  void askedToEndWhileWriting() throws Exception {
    Path file = Files.writeString(folder.resolve("out"), "old");
    Process process = endlessWriter(file);
    assertThat(list(folder)).anyMatch(name -> name.startsWith(".hydranet-"));
    process.destroy();

    assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
    assertThat(list(folder)).containsExactly("image.png", "out", "small.safetensors");
    assertThat(file).hasContent("old");
  }

  /**
   * {@code kill -9} and power cuts leave what was there, and a hidden file that nobody takes for
   * it.
   */
  @Test
  void killedWhileWriting() throws Exception {
    Path file = Files.writeString(folder.resolve("out"), "old");
    Process process = endlessWriter(file);
    process.destroyForcibly();

    assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
    assertThat(file).hasContent("old");
    assertThat(list(folder))
        .filteredOn(name -> !List.of("image.png", "out", "small.safetensors").contains(name))
        .singleElement()
        .asString()
        .matches("\\.hydranet-.+\\.tmp");
  }

  /** Starts a writer, and waits until it has written something. */
  private Process endlessWriter(Path file) throws IOException {
    List<String> command = java();
    command.add(EndlessWriter.class.getName());
    command.add(file.toString());
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    BufferedReader out = process.inputReader();
    assertThat(out.readLine()).isEqualTo("writing");
    return process;
  }

  /** Writes into a file without end. */
  static final class EndlessWriter {
    private EndlessWriter() {}

    public static void main(String[] args) throws IOException {
      AtomicFile.write(
          Path.of(args[0]),
          channel -> {
            for (int i = 0; ; i++) {
              channel.write(ByteBuffer.wrap(new byte[1000]), 0);
              if (i == 0) {
                System.out.println("writing");
              }
            }
          });
    }
  }

  private static List<String> java() {
    return new ArrayList<>(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--add-exports=java.base/jdk.internal.module=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path")));
  }

  /** Runs a line of Bash in which $HYDRANET is the command in a separate JVM. */
  private Cli.Result shell(String line) throws IOException, InterruptedException {
    Path out = Files.createTempFile("hydranet", ".out");
    Path err = Files.createTempFile("hydranet", ".err");
    try {
      ProcessBuilder builder = new ProcessBuilder("bash", "-c", line);
      builder.environment().put("HYDRANET", String.join(" ", java()) + " " + Main.class.getName());
      builder.directory(folder.toFile());
      builder.redirectOutput(out.toFile()).redirectError(err.toFile());
      int exitCode = builder.start().waitFor();
      return new Cli.Result(exitCode, Files.readString(out), Files.readString(err));
    } finally {
      Files.delete(out);
      Files.delete(err);
    }
  }

  private static List<String> list(Path of) throws IOException {
    try (Stream<Path> files = Files.list(of)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
