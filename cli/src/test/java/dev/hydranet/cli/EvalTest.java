package dev.hydranet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.hydranet.HydraNet;
import dev.hydranet.Scene;
import dev.hydranet.engine.Threads;
import dev.hydranet.network.Task;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EvalTest {
  private static final int WIDTH = 40;
  private static final int HEIGHT = 27;
  private static final int PIXELS = WIDTH * HEIGHT;
  private static final int UNKNOWN = 255;

  @TempDir private Path folder;
  private Path weights;
  private Path data;
  private Scene first;
  private Scene second;

  /** Two images; what the network makes of them is not yet written down as the truth. */
  @BeforeEach
  void files() throws IOException {
    weights = SmallNetwork.write(folder.resolve("small.safetensors"));
    data = Files.createDirectory(folder.resolve("data"));
    HydraNet net = HydraNet.load(weights, Threads.of(1));
    first = net.predict(write("images/a.png", picture(1)));
    second = net.predict(write("images/b.jpg", picture(2)));
  }

  @Test
  void whatTheNetworkSaysIsRight() throws IOException {
    double scale = 30_000 / farthest();
    Files.writeString(data.resolve("dataset.json"), "{\"depthScale\": " + scale + "}");
    write("labels/a.png", labels(first));
    write("labels/b.png", labels(second));
    write("depth/a.png", depth(first, scale));
    write("depth/b.png", depth(second, scale));
    write("normals/a.png", first.normals().toImage());
    write("normals/b.png", second.normals().toImage());

    Cli.Result result = eval("--json", "--threads", "2");
    assertThat(result.err()).isEmpty();
    assertThat(result.exitCode()).isZero();
    Map<String, String> scores = flat(result.out());
    assertThat(scores)
        .containsEntry("weights", weights.toString())
        .containsEntry("data", data.toString())
        .containsEntry("images", "2")
        .containsEntry("failed", "0")
        .containsEntry("segm.images", "2")
        .containsEntry("segm.pixels", String.valueOf(2 * PIXELS))
        .containsEntry("segm.meanIou", "1.0")
        .containsEntry("segm.pixelAccuracy", "1.0")
        .containsEntry("segm.classes.0.name", "class 0")
        .containsEntry("depth.images", "2")
        .containsEntry("normal.under11.25", "1.0")
        .containsEntry("normal.under30", "1.0");
    // Half a level of 16 bits, half a level of 8 bits in each of three components.
    assertThat(number(scores, "depth.rmse")).isPositive().isLessThan(0.5 / scale);
    assertThat(number(scores, "normal.mean")).isPositive().isLessThan(0.4);
  }

  /** Rows of the first image are of a class that they are not, or of none. */
  @Test
  void countsWhatIsWrong() throws IOException {
    BufferedImage truth = labels(first);
    for (int x = 0; x < WIDTH; x++) {
      truth.getRaster().setSample(x, 3, 0, (first.segmentation().classAt(x, 3) + 1) % 5);
      truth.getRaster().setSample(x, 4, 0, UNKNOWN);
      truth.getRaster().setSample(x, 5, 0, UNKNOWN);
    }
    write("labels/a.png", truth);
    write("labels/b.png", labels(second));
    Cli.Result result = eval();
    assertThat(result.err()).isEmpty();
    assertThat(result.exitCode()).isZero();
    long pixels = 2 * PIXELS - 2 * WIDTH;
    assertThat(result.out().lines())
        .hasSize(9)
        .startsWith(
            String.format("segm: 2 images, %,d pixels", pixels),
            "  class                     IoU %   true %  found %")
        .last()
        .isEqualTo(
            String.format("  pixel accuracy         %8.2f %%", 100.0 * (pixels - WIDTH) / pixels));
    assertThat(result.out()).contains("  class 0  ", "  class 4  ", "  mean IoU   ");
  }

  @Test
  void tableHasEveryTask() throws IOException {
    write("labels/a.png", labels(first));
    write("depth/a.png", depth(first, 1));
    write("normals/b.png", second.normals().toImage());
    Cli.Result result = eval();
    assertThat(result.exitCode()).isZero();
    assertThat(result.out().lines().filter(line -> line.contains("image")))
        .hasSize(3)
        .allMatch(line -> line.matches("(segm|depth|normal): 1 image, [\\d,]+ pixels"));
    assertThat(result.out())
        .containsPattern("RMSE +\\d+\\.\\d{3} m\\R")
        .containsPattern("RMSE \\(log\\) +\\d+\\.\\d{3}\\R")
        .containsPattern("abs rel +\\d+\\.\\d{3}\\R")
        .containsPattern("delta < 1.25\\^3 +\\d+\\.\\d{2} %\\R")
        .containsPattern("median +0\\.\\d{3} degrees\\R")
        .containsPattern("under 11.25 degrees +100\\.00 %\\R")
        .containsPattern("under 30 degrees +100\\.00 %\\R");
  }

  @Test
  void measuresOnlyTheTasksAskedFor() throws IOException {
    write("labels/a.png", labels(first));
    write("depth/a.png", depth(first, 256));
    write("normals/b.png", second.normals().toImage());
    Map<String, String> scores = flat(eval("--tasks", "normal", "--json").out());
    assertThat(scores).containsEntry("images", "1").containsEntry("normal.images", "1");
    assertThat(scores.keySet()).noneMatch(key -> key.startsWith("segm"));

    Files.delete(data.resolve("normals/b.png"));
    Cli.Result none = eval("--tasks", "depth,normal");
    assertThat(none.exitCode()).isEqualTo(1);
    assertThat(none.err())
        .isEqualToIgnoringNewLines(
            String.format(
                "hydranet: %s: no ground truth for normal; that of a.png would be %s",
                data, data.resolve("normals/a.png")));
  }

  @Test
  void tasksThatTheNetworkDoesNotKnowAreWrongUsage() throws IOException {
    Path two = folder.resolve("two.safetensors");
    SmallNetwork.writeWithout(two, Task.NORMAL);
    write("labels/a.png", labels(first));
    Cli.Result result =
        Cli.at(folder).run("eval", "--weights", two, "--data", data, "--tasks", "normal");
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err())
        .startsWith("hydranet: --tasks: expected some of the network's segm, depth, found normal");
  }

  @Test
  void goesOnAfterSamplesThatCannotBeUsed() throws IOException {
    write("labels/a.png", labels(first));
    write("labels/b.png", new BufferedImage(3, 5, BufferedImage.TYPE_BYTE_GRAY));
    Files.writeString(data.resolve("images/c.png"), "no image");
    write("labels/c.png", labels(first));
    write("images/d.png", picture(1));
    BufferedImage sixth = labels(first);
    sixth.getRaster().setSample(7, 8, 0, 5);
    write("labels/d.png", sixth);
    write("images/e.png", picture(1));
    write("depth/e.png", labels(first));
    write("images/f.png", picture(1));
    write("labels/f.png", labels(first));
    write("normals/f.png", labels(first));
    write("images/g.png", picture(1));
    Cli.Result result = eval("--json");
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err().lines())
        .containsExactly(
            warning("labels: no ground truth for e.png"),
            warning("depth: no ground truth for a.png, b.jpg, c.png, d.png, f.png"),
            warning("normals: no ground truth for a.png, b.jpg, c.png, d.png, e.png"),
            line("labels/b.png: expected 40 x 27 pixels as " + data.resolve("images/b.jpg"))
                + " has, found 3 x 5 pixels",
            line("images/c.png: expected an image, found an unknown format"),
            line("labels/d.png: expected classes from 0 to 4 or 255, found 5"),
            line("depth/e.png: expected depth as 16-bit grey, found 1 channel of 8 bits"),
            line("normals/f.png: expected normals as 8-bit RGB, found 1 channel of 8 bits"),
            line("images/g.png: no ground truth; it would be " + data.resolve("labels/g.png"))
                + " or "
                + data.resolve("depth/g.png")
                + " or "
                + data.resolve("normals/g.png"));
    // Of the image whose normals are wrong, the labels do not count either.
    assertThat(flat(result.out()))
        .containsEntry("images", "1")
        .containsEntry("failed", "6")
        .containsEntry("segm.images", "1")
        .containsEntry("segm.meanIou", "1.0");
  }

  private String warning(String text) {
    return "hydranet: warning: " + data + "/" + text;
  }

  @Test
  void namesTruthThatMatchesNoImageAndImagesWithoutTruth() throws IOException {
    write("labels/a.png", labels(first));
    write("labels/b.png", labels(second));
    write("depth/a.png", depth(first, 256));
    write("labels/c.png", labels(first));
    Files.writeString(data.resolve("labels/b.txt"), "");
    Files.writeString(data.resolve("labels/.hidden"), "");
    write("normals/z.png", second.normals().toImage());
    Cli.Result result = eval("--json");
    assertThat(result.exitCode()).isZero();
    assertThat(result.err().lines())
        .containsExactly(
            warning("labels: no image for b.txt, c.png"),
            warning("depth: no ground truth for b.jpg"));
    assertThat(flat(result.out())).containsEntry("images", "2").containsEntry("failed", "0");

    for (int i = 0; i < 10; i++) {
      write("depth/x" + i + ".png", depth(first, 256));
    }
    assertThat(eval("--tasks", "depth").err())
        .isEqualToIgnoringNewLines(
            warning("depth: no image for x0.png, x1.png, x2.png, x3.png, x4.png, x5.png, x6.png,")
                + " x7.png and 2 more"
                + warning("depth: no ground truth for b.jpg"));
  }

  private String line(String text) {
    return "hydranet: " + data + "/" + text;
  }

  @Test
  void scoresThatDoNotExistAreNull() throws IOException {
    BufferedImage unknown = labels(first);
    unknown.getRaster().setSamples(0, 0, WIDTH, HEIGHT, 0, filled(UNKNOWN));
    write("labels/a.png", unknown);
    assertThat(flat(eval("--json").out()))
        .containsEntry("segm.pixels", "0")
        .containsEntry("segm.meanIou", "null")
        .containsEntry("segm.classes.3.iou", "null");
    assertThat(eval().out()).containsPattern("mean IoU +- %");
  }

  @Test
  void classesAreCalledAsTheDataDoes() throws IOException {
    write("labels/a.png", labels(first));
    write("labels/b.png", labels(second));
    Files.writeString(
        data.resolve("dataset.json"),
        "{\"made\": {\"by\": [1, null, true]}, \"classes\": [\"sky\", \"b\", \"c\", \"d\", \"e\"]}");
    Cli.Result result = eval("--json");
    assertThat(result.err()).isEmpty();
    assertThat(flat(result.out())).containsEntry("segm.classes.0.name", "sky");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"classes": ["a", "b"]} | : expected the network's 5 classes, found 2 in dataset.json
          {"classes": ["class 1", "class 0", "c", "d", "e"]} | : expected the network's classes, in which class 1 is 1, found it as 0 in dataset.json
          {"classes": "sky"}      | /dataset.json: expected "classes": an array of names, found the string "sky"
          {"classes": [1]}        | /dataset.json: expected "classes": names, found 1.0
          {"classes": ["a\\nb"]}  | /dataset.json: expected "classes": names of up to 100 characters, found the string "a\\u000ab"
          {"depthScale": 0}       | /dataset.json: expected "depthScale": a positive number, found 0.0
          {"depthScale": "256"}   | /dataset.json: expected "depthScale": a positive number, found the string "256"
          {"depthScale": 1e999}   | /dataset.json: expected "depthScale": a positive number, found Infinity
          {"depthScale": null}    | /dataset.json: expected "depthScale": a positive number, found null
          {"depthScale": {}}      | /dataset.json: expected "depthScale": a positive number, found an object
          {"depthScale": 1, "depthScale": 2} | /dataset.json: expected JSON, found: character 33: expected the key "depthScale" once
          [1]                     | /dataset.json: expected an object, found an array
          {"depthScale":          | /dataset.json: expected JSON, found: character 14: expected a value, found the end
          ''                      | /dataset.json: expected JSON, found: character 0: expected a value, found the end
          """)
  void wrongDescriptionsAreALine(String description, String message) throws IOException {
    write("labels/a.png", labels(first));
    Files.writeString(data.resolve("dataset.json"), description);
    Cli.Result result = eval();
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).hasLineCount(1).startsWith("hydranet: " + data + message);
  }

  @Test
  void otherFoldersAreALine() throws IOException {
    Cli.Result nothing = eval();
    assertThat(nothing.exitCode()).isEqualTo(1);
    assertThat(nothing.err())
        .hasLineCount(1)
        .startsWith(
            "hydranet: "
                + data
                + ": no ground truth for segm, depth, normal; that of a.png would be");

    write("images/a.jpg", picture(1));
    assertThat(eval().err())
        .isEqualToIgnoringNewLines(
            line("images/a.png: has the same ground truth as ")
                + data.resolve("images/a.jpg")
                + "; rename one of them");

    Path images = data.resolve("images");
    try (Stream<Path> files = Files.list(images)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    assertThat(eval().err()).isEqualToIgnoringNewLines(line("images: no image in this folder"));
    Files.delete(images);
    assertThat(eval().err())
        .isEqualToIgnoringNewLines(
            "hydranet: "
                + data
                + ": expected a data set, with its pictures in the folder "
                + images
                + ", found no such directory");
  }

  private Cli.Result eval(Object... arguments) {
    return Cli.at(folder)
        .run(
            Stream.concat(
                    Stream.of("eval", "--weights", weights, "--data", data), Stream.of(arguments))
                .toArray());
  }

  /** Writes a picture, and gives what is read of it. */
  private BufferedImage write(String name, BufferedImage image) throws IOException {
    Path file = data.resolve(name);
    Files.createDirectories(file.getParent());
    String format = name.substring(name.lastIndexOf('.') + 1);
    assertThat(ImageIO.write(image, format, file.toFile())).isTrue();
    return ImageIO.read(file.toFile());
  }

  private static BufferedImage picture(int seed) {
    BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        image.setRGB(x, y, (x / 7 * 40 + seed * 61) << 16 | (y / 5 * 50) << 8 | x * y * seed);
      }
    }
    return image;
  }

  private static BufferedImage labels(Scene scene) {
    BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_BYTE_GRAY);
    image.getRaster().setSamples(0, 0, WIDTH, HEIGHT, 0, scene.segmentation().labels());
    return image;
  }

  private static BufferedImage depth(Scene scene, double scale) {
    BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_USHORT_GRAY);
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        image.getRaster().setSample(x, y, 0, Math.rint(scene.depth().metresAt(x, y) * scale));
      }
    }
    return image;
  }

  private double farthest() {
    float farthest = 0;
    for (int i = 0; i < PIXELS; i++) {
      farthest = Math.max(farthest, first.depth().metres()[i]);
      farthest = Math.max(farthest, second.depth().metres()[i]);
    }
    return farthest;
  }

  private static int[] filled(int value) {
    int[] pixels = new int[PIXELS];
    Arrays.fill(pixels, value);
    return pixels;
  }

  private static double number(Map<String, String> scores, String name) {
    return Double.parseDouble(scores.get(name));
  }

  /** JSON's values as text, named by the fields and indices that lead to them. */
  private static Map<String, String> flat(String text) throws IOException {
    Map<String, String> values = new LinkedHashMap<>();
    try (JsonParser json = new JsonFactory().createParser(text)) {
      for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
        if (token.isScalarValue()) {
          String path = json.getParsingContext().pathAsPointer().toString();
          values.put(path.substring(1).replace('/', '.'), json.getText());
        }
      }
    }
    return values;
  }
}
