package dev.hydranet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hydranet.HydraNet;
import dev.hydranet.Metadata;
import dev.hydranet.cli.demo.SampleScenes;
import dev.hydranet.engine.Threads;
import dev.hydranet.engine.weights.DType;
import dev.hydranet.engine.weights.Safetensors;
import dev.hydranet.images.Images;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The height at which a network sees images, in all commands that have the option. */
class HeightTest {
  private static final int FACTOR = 8;

  @TempDir private Path folder;

  /** A scene of 320 x 240 pixels as a camera of 2560 x 1920 would have taken it. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aLargePictureGetsTheLabelsOfASmallOne(boolean bicubic) throws IOException {
    SampleScenes.write(folder);
    BufferedImage small = Images.read(folder.resolve("images/000003.png"));
    HydraNet net = HydraNet.bundled(Threads.of(1));

    int[] expected = net.predict(small).segmentation().labels();
    int[] found = net.predict(enlarged(small, bicubic)).segmentation().labels();

    int width = small.getWidth();
    int same = 0;
    for (int i = 0; i < found.length; i++) {
      int x = i % (width * FACTOR) / FACTOR;
      int y = i / (width * FACTOR) / FACTOR;
      same += found[i] == expected[y * width + x] ? 1 : 0;
    }
    assertThat((double) same / found.length).isGreaterThan(0.97);
  }

  private static BufferedImage enlarged(BufferedImage image, boolean bicubic) {
    int width = image.getWidth() * FACTOR;
    int height = image.getHeight() * FACTOR;
    BufferedImage large = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = large.createGraphics();
    g.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION,
        bicubic
            ? RenderingHints.VALUE_INTERPOLATION_BICUBIC
            : RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR);
    g.drawImage(image, 0, 0, width, height, null);
    g.dispose();
    return large;
  }

  @ParameterizedTest
  @CsvSource({
    "'', '60 x 48 pixels (computed at 30 x 24)'",
    "--height 12, '60 x 48 pixels (computed at 15 x 12)'",
    "--height 48, '60 x 48 pixels'",
    "--height 1000, '60 x 48 pixels'",
    "--height native, '60 x 48 pixels'"
  })
  void predictSaysTheSizeAtWhichItComputed(String option, String size) throws IOException {
    Cli.Result result = run("predict", option, picture(), "--out", folder.resolve("out"));
    assertThat(result.err()).isEmpty();
    assertThat(result.exitCode()).isZero();
    assertThat(result.out()).contains(": " + size + ", ");
    assertThat(Images.read(folder.resolve("out/large_segm.png")).getHeight()).isEqualTo(48);
  }

  @ParameterizedTest
  @CsvSource({
    "'', '60 x 48 pixels (computed at 30 x 24)', 24x30",
    "--height native, '60 x 48 pixels', 48x60"
  })
  void explainSaysTheSizeAtWhichItComputed(String option, String size, String computed)
      throws IOException {
    Path page = folder.resolve("page.html");
    Cli.Result result = run("explain", option, picture(), "--out", page);
    assertThat(result.err()).isEmpty();
    assertThat(result.exitCode()).isZero();
    assertThat(Files.readString(page))
        .contains("on " + size + ": ", "--size " + computed)
        .contains(option.isEmpty() ? "trained.safetensors --raw" : option + " --raw");
  }

  @Test
  void evalTakesTheOption() throws IOException {
    Path data = folder.resolve("data");
    SampleScenes.write(data);
    Cli.Result own = run("eval", "", "--data", data, "--json", "--tasks", "depth");
    Cli.Result same = run("eval", "--height 24", "--data", data, "--json", "--tasks", "depth");
    Cli.Result other = run("eval", "--height 48", "--data", data, "--json", "--tasks", "depth");
    assertThat(own.err()).isEmpty();
    assertThat(own.out()).isEqualTo(same.out()).isNotEqualTo(other.out());
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-5", "240px", "", "1000000", "NATIVE"})
  void anythingElseIsWrongUsage(String height) throws IOException {
    Cli.Result result =
        Cli.at(folder).run("predict", picture(), "--height", height, "--weights", weights());
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err())
        .contains("--height", "expected a number of rows, or native, found '" + height + "'");
  }

  @Test
  void convertWritesTheHeightDown() throws IOException {
    Path in = SmallNetwork.write(folder.resolve("in.safetensors"));
    Path out = folder.resolve("converted.safetensors");
    assertThat(Cli.at(folder).run("convert", in, out, "--height", "300").exitCode()).isZero();
    assertThat(HydraNet.load(out).metadata().height()).hasValue(300);
    assertThat(Cli.at(folder).run("convert", in, out).exitCode()).isZero();
    assertThat(HydraNet.load(out).metadata().height()).isEmpty();

    Cli.Result wrong = Cli.at(folder).run("convert", in, out, "--height", "0");
    assertThat(wrong.exitCode()).isEqualTo(2);
    assertThat(wrong.err())
        .startsWith("hydranet: --height: expected a height of 1 to 100000 rows, found 0");
  }

  private Path picture() throws IOException {
    return SmallNetwork.writePicture(folder.resolve("large.png"), 48, 60);
  }

  /** Of a network that was trained for 24 rows. */
  private Path weights() throws IOException {
    Path file = folder.resolve("trained.safetensors");
    Metadata metadata = Metadata.of(SmallNetwork.NETWORK).withHeight(24);
    Safetensors.write(file, SmallNetwork.WEIGHTS, metadata.toMap(), DType.F32);
    return file;
  }

  private Cli.Result run(String command, String option, Object... arguments) throws IOException {
    List<Object> words = new ArrayList<>(List.of(command));
    words.addAll(List.of(arguments));
    words.addAll(List.of("--weights", weights(), "--threads", "1"));
    words.addAll(option.isEmpty() ? List.of() : List.of(option.split(" ")));
    return Cli.at(folder).run(words.toArray());
  }
}
