package dev.hydranet.scenes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hydranet.scenes.rendering.Camera;
import dev.hydranet.scenes.sample.Label;
import dev.hydranet.scenes.sample.Sample;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FilmTest {
  private static final int HEIGHT = 90;
  private static final int WIDTH = 150;

  private final ByteArrayOutputStream stdout = new ByteArrayOutputStream();
  private final ByteArrayOutputStream stderr = new ByteArrayOutputStream();

  private int run(String... args) {
    return Film.run(args, new PrintStream(stdout), new PrintStream(stderr));
  }

  @Test
  void theStreamIsTheSameWhateverTheThreads() {
    assertThat(run("--stdout", "--seconds", "0.12", "--size", "18x30", "--threads", "1")).isZero();
    byte[] one = stdout.toByteArray();
    String header = "YUV4MPEG2 W30 H18 F25:1 Ip A1:1 C420jpeg\n";
    assertThat(new String(one, 0, header.length(), StandardCharsets.US_ASCII)).isEqualTo(header);
    assertThat(one).hasSize(header.length() + 3 * ("FRAME\n".length() + 18 * 30 * 3 / 2));
    stdout.reset();
    assertThat(run("--stdout", "--seconds", "0.12", "--size", "18x30", "--threads", "3")).isZero();
    assertThat(stdout.toByteArray()).isEqualTo(one);
    assertThat(stderr.size()).isZero();
  }

  @Test
  void theFolderIsADataSet(@TempDir Path folder) throws IOException {
    assertThat(run("--out", folder.toString(), "--seconds", "0.04", "--size", "18x30")).isZero();
    assertThat(folder.resolve("dataset.json")).exists();
    for (String part : new String[] {"images", "labels", "depth", "normals"}) {
      try (var files = Files.list(folder.resolve(part))) {
        assertThat(files.toList()).containsExactly(folder.resolve(part).resolve("000000.png"));
      }
    }
    assertThat(ImageIO.read(folder.resolve("images/000000.png").toFile()).getWidth()).isEqualTo(30);
  }

  /** What stands still in the world is where the camera's movement puts it, and looks the same. */
  @Test
  void theWorldStandsStill() {
    FilmRenderer film = new FilmRenderer(3, 50, HEIGHT, WIDTH);
    Sample before = film.render(20);
    Camera from = film.camera();
    Sample after = film.render(23);
    Camera to = film.camera();
    double[] depths = new double[HEIGHT * WIDTH];
    double[] colours = new double[HEIGHT * WIDTH];
    int count = 0;
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        int at = y * WIDTH + x;
        byte label = before.labels()[at];
        double depth = (before.depth()[at] & 0xFFFF) / (double) Sample.DEPTH_SCALE;
        if (depth == 0 || label == Label.CAR || label == Label.VEGETATION) {
          continue;
        }
        double[] there = seen(to, world(from, x + 0.5, y + 0.5, depth));
        int column = (int) Math.floor(there[0]);
        int row = (int) Math.floor(there[1]);
        if (column < 0 || column >= WIDTH || row < 0 || row >= HEIGHT) {
          continue;
        }
        int moved = row * WIDTH + column;
        if (after.labels()[moved] == label) {
          double found = (after.depth()[moved] & 0xFFFF) / (double) Sample.DEPTH_SCALE;
          depths[count] = Math.abs(found - there[2]) / there[2];
          colours[count++] =
              Math.abs((after.rgb()[3 * moved + 1] & 255) - (before.rgb()[3 * at + 1] & 255));
        }
      }
    }
    Arrays.sort(depths, 0, count);
    Arrays.sort(colours, 0, count);
    assertThat(count).isGreaterThan(2000);
    assertThat(depths[count / 2]).as("median, of the distance").isLessThan(0.01);
    assertThat(colours[count / 2]).as("median, of 255 levels").isLessThan(6);
    assertThat(Arrays.equals(before.rgb(), after.rgb())).as("the camera moves").isFalse();
    assertThat(film.render(20).rgb()).as("in any order").isEqualTo(before.rgb());
  }

  private static double[] world(Camera camera, double x, double y, double depth) {
    double[] m = camera.axes;
    double right = (x - camera.centreX) / camera.focal * depth;
    double down = (y - camera.centreY) / camera.focal * depth;
    return new double[] {
      camera.x + m[0] * right + m[3] * down + m[6] * depth,
      camera.y + m[1] * right + m[4] * down + m[7] * depth,
      camera.z + m[2] * right + m[5] * down + m[8] * depth
    };
  }

  /** Column, row and depth. */
  private static double[] seen(Camera camera, double[] point) {
    double[] m = camera.axes;
    double x = point[0] - camera.x;
    double y = point[1] - camera.y;
    double z = point[2] - camera.z;
    double depth = m[6] * x + m[7] * y + m[8] * z;
    return new double[] {
      camera.focal * (m[0] * x + m[1] * y + m[2] * z) / depth + camera.centreX,
      camera.focal * (m[3] * x + m[4] * y + m[5] * z) / depth + camera.centreY,
      depth
    };
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "--stdout --out x",
        "--stdout --seconds 0",
        "--stdout --seconds 61",
        "--stdout --seconds NaN",
        "--stdout --seconds x",
        "--stdout --size 9999999x99",
        "--stdout --count 3",
        "--out"
      })
  void wrongArgumentsAreReported(String line) {
    assertThat(run(line.isEmpty() ? new String[0] : line.split(" "))).isEqualTo(2);
    assertThat(stdout.size()).isZero();
    assertThat(stderr.toString(StandardCharsets.UTF_8)).startsWith("film: ").contains("Usage:");
  }

  @Test
  void helpIsPrinted() {
    assertThat(run("--help")).isZero();
    assertThat(stdout.toString(StandardCharsets.UTF_8)).startsWith("Usage: java Film.java");
  }
}
