package dev.hydranet.scenes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hydranet.scenes.sample.Sample;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The command, the stream and the data set. */
class RenderTest {
  private static final int HEIGHT = 33;
  private static final int WIDTH = 47;
  private static final int RECORD = 9 * HEIGHT * WIDTH;
  private static final int HEADER = 32;

  private final ByteArrayOutputStream stdout = new ByteArrayOutputStream();
  private final ByteArrayOutputStream stderr = new ByteArrayOutputStream();

  private int run(String... args) {
    return Render.run(args, new PrintStream(stdout), new PrintStream(stderr));
  }

  private byte[] stream(String... more) {
    String[] args = new String[more.length + 3];
    args[0] = "--stdout";
    args[1] = "--size";
    args[2] = HEIGHT + "x" + WIDTH;
    System.arraycopy(more, 0, args, 3, more.length);
    stdout.reset();
    assertThat(run(args)).isZero();
    return stdout.toByteArray();
  }

  @Test
  void theStreamIsAHeaderAndItsRecords() {
    byte[] stream = stream("--count", "3", "--seed", "-7");
    ByteBuffer header = ByteBuffer.wrap(stream).order(ByteOrder.LITTLE_ENDIAN);
    assertThat(new String(stream, 0, 8, StandardCharsets.US_ASCII)).isEqualTo("HYSCENES");
    assertThat(header.getInt(8)).isEqualTo(1);
    assertThat(header.getInt(12)).isEqualTo(HEIGHT);
    assertThat(header.getInt(16)).isEqualTo(WIDTH);
    assertThat(header.getInt(20)).isEqualTo(3);
    assertThat(header.getLong(24)).isEqualTo(-7);
    assertThat(stream).hasSize(HEADER + 3 * RECORD);
    assertThat(stderr.size()).isZero();
  }

  @Test
  void threadsAndNeighboursChangeNothing() {
    byte[] one = stream("--count", "5", "--threads", "1");
    assertThat(stream("--count", "5", "--threads", "3")).isEqualTo(one);
    byte[] last = stream("--count", "1", "--first", "4");
    assertThat(last).endsWith(Arrays.copyOfRange(one, HEADER + 4 * RECORD, one.length));
  }

  @Test
  void anotherSeedIsAnotherPicture() {
    byte[] one = stream("--count", "1", "--seed", "1");
    byte[] other = stream("--count", "1", "--seed", "2");
    assertThat(Arrays.copyOfRange(one, HEADER, one.length))
        .isNotEqualTo(Arrays.copyOfRange(other, HEADER, other.length));
  }

  /**
   * The same on any machine: computed once, by whatever machine the scenes were last changed on.
   */
  @ParameterizedTest
  @CsvSource({
    "0, 1476098880, 630199877, 2013903549, 3730751336",
    "1, 25497642, 2932857149, 358948160, 2179750758",
    "2, 4104262820, 1173483264, 871875414, 1932420654"
  })
  void theSamePictureOnAnyMachine(int index, long picture, long labels, long depth, long normals) {
    Sample sample = new Renderer(HEIGHT, WIDTH).render(1, index);
    ByteBuffer depths = ByteBuffer.allocate(2 * HEIGHT * WIDTH).order(ByteOrder.LITTLE_ENDIAN);
    depths.asShortBuffer().put(sample.depth());
    assertThat(
            new long[] {
              sum(sample.rgb()), sum(sample.labels()), sum(depths.array()), sum(sample.normals())
            })
        .containsExactly(picture, labels, depth, normals);
  }

  private static long sum(byte[] bytes) {
    CRC32 crc = new CRC32();
    crc.update(bytes);
    return crc.getValue();
  }

  @Test
  void theDataSetHoldsWhatTheStreamDoes(@TempDir Path folder) throws IOException {
    assertThat(
            run(
                "--out",
                folder.toString(),
                "--size",
                HEIGHT + "x" + WIDTH,
                "--count",
                "2",
                "--first",
                "3"))
        .isZero();
    assertThat(stderr.toString(StandardCharsets.UTF_8)).isEmpty();
    assertThat(Files.readString(folder.resolve("dataset.json")))
        .isEqualTo(
            "{\"classes\": [\"sky\", \"building\", \"road\", \"sidewalk\", \"vegetation\", \"car\"], \"depthScale\": 256}\n");
    ByteBuffer stream =
        ByteBuffer.wrap(stream("--count", "2", "--first", "3")).order(ByteOrder.LITTLE_ENDIAN);
    int at = HEADER + RECORD;
    int pixels = HEIGHT * WIDTH;
    assertThat(samples(folder, "images", 3)).isEqualTo(bytes(stream, at, 3 * pixels));
    assertThat(samples(folder, "labels", 1)).isEqualTo(bytes(stream, at + 3 * pixels, pixels));
    int[] depth = new int[pixels];
    for (int i = 0; i < pixels; i++) {
      depth[i] = stream.getShort(at + 4 * pixels + 2 * i) & 0xFFFF;
    }
    assertThat(samples(folder, "depth", 1)).isEqualTo(depth);
    assertThat(samples(folder, "normals", 3)).isEqualTo(bytes(stream, at + 6 * pixels, 3 * pixels));
    try (var files = Files.walk(folder)) {
      assertThat(files.filter(Files::isRegularFile).count()).isEqualTo(1 + 4 * 2);
    }
  }

  private static int[] samples(Path folder, String part, int bands) throws IOException {
    BufferedImage image = ImageIO.read(folder.resolve(part).resolve("000004.png").toFile());
    Raster raster = image.getRaster();
    assertThat(raster.getNumBands()).isEqualTo(bands);
    return raster.getPixels(0, 0, WIDTH, HEIGHT, (int[]) null);
  }

  private static int[] bytes(ByteBuffer stream, int from, int count) {
    int[] values = new int[count];
    for (int i = 0; i < count; i++) {
      values[i] = stream.get(from + i) & 255;
    }
    return values;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "--stdout --out x",
        "--stdout --size 192",
        "--stdout --size 0x5",
        "--stdout --size 99999x99999",
        "--stdout --count -1",
        "--stdout --seed x",
        "--stdout --threads 0",
        "--stdout --unheard 1",
        "--out",
        "--out x --count 0"
      })
  void wrongArgumentsAreToldAndNothingIsDone(String line) {
    assertThat(run(line.isEmpty() ? new String[0] : line.split(" "))).isEqualTo(2);
    assertThat(stdout.size()).isZero();
    assertThat(stderr.toString(StandardCharsets.UTF_8)).startsWith("render: ").contains("Usage:");
  }

  @Test
  void aFolderThatCannotBeMadeIsTold(@TempDir Path folder) throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    assertThat(run("--out", file.resolve("data").toString())).isEqualTo(1);
    assertThat(stderr.toString(StandardCharsets.UTF_8)).contains(file.toString());
  }
}
