package dev.hydranet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hydranet.engine.testing.OtherJvm;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Images too large for a small heap: each is reported in one line, and the others are processed.
 */
class MemoryTest {
  @TempDir private Path folder;

  @Test
  void imagesTooLargeForTheHeapAreToldAndTheOthersDone() throws Exception {
    Path weights = SmallNetwork.write(folder.resolve("small.safetensors"));
    Path first = image("first.png", 50, 33);
    Path decoded = image("decoded.png", 8192, 8192);
    Path computed = image("computed.png", 3000, 3000);
    Path wide = image("wide.png", 1_000_000, 2);
    Path last = image("last.png", 33, 50);
    Path out = folder.resolve("out");

    List<String> lines =
        OtherJvm.run(
            PrintResult.class,
            List.of(OtherJvm.VECTORS, "-Xmx64m"),
            List.of(
                    "predict",
                    first,
                    decoded,
                    computed,
                    wide,
                    last,
                    "--weights",
                    weights,
                    "--out",
                    out)
                .stream()
                .map(Object::toString)
                .toArray(String[]::new));

    assertThat(lines).hasSize(6);
    assertThat(lines.get(0)).isEqualTo("exit code 1");
    assertThat(lines.get(1)).startsWith(first + ": 50 x 33 pixels, ");
    assertThat(lines.get(2)).startsWith(last + ": 33 x 50 pixels, ");
    String room = " MB of memory; the heap may grow to 64 MB (-Xmx)";
    assertThat(lines.get(3))
        .startsWith("hydranet: " + decoded + ": an image of 8192 x 8192 pixels needs at least ")
        .contains(room);
    assertThat(lines.get(4))
        .startsWith("hydranet: " + computed + ": an image of 3000 x 3000 pixels needs at least ")
        .endsWith(room);
    assertThat(lines.get(5))
        .startsWith("hydranet: " + wide + ": an image of 1000000 x 2 pixels needs at least ")
        .endsWith(room);
  }

  private Path image(String name, int width, int height) throws IOException {
    Path file = folder.resolve(name);
    ImageIO.write(
        new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY), "png", file.toFile());
    return file;
  }

  /** Runs the command and prints how it ended, its output and its errors. */
  static final class PrintResult {
    public static void main(String[] args) {
      Cli.Result result = Cli.at(Path.of("nowhere")).run((Object[]) args);
      System.out.println("exit code " + result.exitCode());
      System.out.print(result.out());
      System.out.print(result.err());
    }
  }
}
