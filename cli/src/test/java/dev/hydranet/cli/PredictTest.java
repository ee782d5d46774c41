package dev.hydranet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hydranet.Colormap;
import dev.hydranet.HydraNet;
import dev.hydranet.PredictOptions;
import dev.hydranet.Scene;
import dev.hydranet.engine.Threads;
import dev.hydranet.engine.tensor.Shape;
import dev.hydranet.engine.tensor.Tensor;
import dev.hydranet.engine.testing.SeededTensors;
import dev.hydranet.engine.weights.DType;
import dev.hydranet.engine.weights.Safetensors;
import dev.hydranet.network.MobileNetV2;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PredictTest {
  private static final int WIDTH = 50;
  private static final int HEIGHT = 33;

  @TempDir private Path folder;
  private Path weights;
  private Path images;
  private Path out;

  @BeforeEach
  void files() throws IOException {
    weights = SmallNetwork.write(folder.resolve("small.safetensors"));
    images = Files.createDirectory(folder.resolve("images"));
    out = folder.resolve("out");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "--weights bundled"})
  void takesTheModelInTheBoxIfNoOtherIsNamed(String option) throws IOException {
    Path file = write("street.png", picture(BufferedImage.TYPE_3BYTE_BGR));
    List<Object> arguments = new ArrayList<>(List.of("predict", file, "--out", out));
    arguments.addAll(option.isEmpty() ? List.of() : List.of(option.split(" ")));
    assertThat(Cli.at(folder).run(arguments.toArray()).exitCode()).isZero();
    Scene scene = HydraNet.bundled(Threads.of(1)).predict(ImageIO.read(file.toFile()));
    assertSame("street_segm.png", scene.segmentation().toImage());
  }

  @Test
  void writesPicturesAndNumbersOfTheScene() throws IOException {
    Path file = write("street.png", picture(BufferedImage.TYPE_3BYTE_BGR));
    Cli.Result result = predict(file, "--raw", "--threads", "2");
    assertThat(result.err()).isEmpty();
    assertThat(result.exitCode()).isZero();
    assertThat(result.out())
        .matches(
            file
                + ": 50 x 33 pixels, \\d+ ms including start, "
                + out.resolve("street_overview.png")
                + "\\R");
    assertThat(written())
        .containsExactly(
            "street.safetensors",
            "street_depth.png",
            "street_normal.png",
            "street_overview.png",
            "street_segm.png");

    BufferedImage image = ImageIO.read(file.toFile());
    Scene scene = HydraNet.load(weights, Threads.of(1)).predict(image);
    assertSame("street_segm.png", scene.segmentation().toImage());
    assertSame("street_depth.png", scene.depth().toImage(Colormap.PLASMA));
    assertSame("street_normal.png", scene.normals().toImage());
    assertSame("street_overview.png", scene.toOverview(image));

    Map<String, Tensor> numbers = Safetensors.read(out.resolve("street.safetensors")).tensors();
    assertThat(numbers)
        .containsOnlyKeys(
            "input", "segm", "depth", "normal", "segm_full", "depth_full", "normal_full");
    Tensor input = HydraNet.load(weights).toInput(image, PredictOptions.DEFAULT);
    assertSame(numbers.get("input"), input);
    assertSame(numbers.get("segm"), scene.segmentation().rawLogits());
    assertSame(numbers.get("depth"), scene.depth().raw());
    assertSame(numbers.get("normal"), scene.normals().raw());
    assertSame(numbers.get("segm_full"), scene.segmentation().logits());
    assertSame(
        numbers.get("depth_full"),
        Tensor.of(Shape.of(1, 1, HEIGHT, WIDTH), scene.depth().metres()));
    assertSame(numbers.get("normal_full"), scene.normals().components());
    assertThat(numbers.get("segm").shape()).isEqualTo(Shape.of(1, 5, 9, 13));
  }

  /** What it writes is what `run` and `verify` read. */
  @Test
  void runAndVerifyReadItsNumbers() throws IOException {
    Path file = write("street.png", picture(BufferedImage.TYPE_3BYTE_BGR));
    assertThat(predict(file, "--raw").exitCode()).isZero();
    Path numbers = out.resolve("street.safetensors");
    Cli.Result verified =
        Cli.at(folder).run("verify", "--weights", weights, "--reference", numbers);
    assertThat(verified.err()).isEmpty();
    assertThat(verified.exitCode()).isZero();
    assertThat(verified.out()).contains("all 3 tensors are within tolerance");
    Path again = folder.resolve("again.safetensors");
    Cli.Result run =
        Cli.at(folder).run("run", "--weights", weights, "--input", numbers, "--output", again);
    assertThat(run.exitCode()).isZero();
    assertSame(
        Safetensors.read(again).tensors().get("segm"),
        Safetensors.read(numbers).tensors().get("segm"));
  }

  /** Of the first image of a size the time says more of the start than of the network. */
  @Test
  void timesOfLaterImagesAreWithoutTheStart() throws IOException {
    Path first = write("1.png", picture(BufferedImage.TYPE_3BYTE_BGR));
    Path second = write("2.png", picture(BufferedImage.TYPE_3BYTE_BGR));
    List<String> lines = predict(first, second).out().lines().toList();
    assertThat(lines.get(0)).contains(" ms including start, ");
    assertThat(lines.get(1)).containsPattern("pixels, \\d+ ms, ");
  }

  @Test
  void namesMissingImagesBeforeItLoadsTheModel() throws IOException {
    Path missing = images.resolve("missing.png");
    Cli.Result result =
        Cli.at(folder).run("predict", missing, "--weights", folder.resolve("no.safetensors"));
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err())
        .isEqualToIgnoringNewLines("hydranet: " + missing + ": no such file or directory");
    result = Cli.at(folder).run("explain", missing, "--weights", folder.resolve("no.safetensors"));
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err())
        .isEqualToIgnoringNewLines("hydranet: " + missing + ": no such file or directory");
  }

  @Test
  void answersOnlyTheTasksAskedFor() throws IOException {
    Path file = write("street.png", picture(BufferedImage.TYPE_3BYTE_BGR));
    assertThat(predict(file, "--tasks", "depth,segm", "--raw").exitCode()).isZero();
    assertThat(written())
        .containsExactly(
            "street.safetensors", "street_depth.png", "street_overview.png", "street_segm.png");
    assertThat(Safetensors.read(out.resolve("street.safetensors")).tensors())
        .containsOnlyKeys("input", "segm", "depth", "segm_full", "depth_full");
  }

  /** What is drawn is grey, so that grey and colour images hold the same. */
  @ParameterizedTest
  @ValueSource(
      ints = {
        BufferedImage.TYPE_BYTE_GRAY,
        BufferedImage.TYPE_USHORT_GRAY,
        BufferedImage.TYPE_BYTE_INDEXED,
        BufferedImage.TYPE_4BYTE_ABGR,
        BufferedImage.TYPE_INT_ARGB
      })
  void takesEveryKindOfPng(int type) throws IOException {
    Path colour = write("colour.png", picture(BufferedImage.TYPE_3BYTE_BGR));
    Path other = write("other.png", picture(type));
    assertThat(predict(colour, other, "--raw").exitCode()).isZero();
    assertSame(
        Safetensors.read(out.resolve("other.safetensors")).tensors().get("segm"),
        Safetensors.read(out.resolve("colour.safetensors")).tensors().get("segm"));
  }

  @Test
  void goesOnAfterAnImageThatCannotBeRead() throws IOException {
    Path first = write("a.png", picture(BufferedImage.TYPE_INT_RGB));
    Path bad = Files.writeString(images.resolve("b.png"), "no image");
    Path missing = images.resolve("c.png");
    Path last = write("d.png", picture(BufferedImage.TYPE_INT_RGB));
    Cli.Result result = predict(first, bad, missing, last);
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err().lines())
        .containsExactly(
            "hydranet: " + missing + ": no such file or directory",
            "hydranet: " + bad + ": expected an image, found an unknown format");
    assertThat(result.out()).hasLineCount(2);
    assertThat(written()).contains("a_overview.png", "d_overview.png").hasSize(8);
  }

  @Test
  void takesFoldersAndPatterns() throws IOException {
    write("a.png", picture(BufferedImage.TYPE_INT_RGB));
    write("b.jpg", picture(BufferedImage.TYPE_INT_RGB));
    Files.createFile(images.resolve("notes.txt"));
    assertThat(predict(images, "--tasks", "segm").exitCode()).isZero();
    assertThat(written())
        .containsExactly("a_overview.png", "a_segm.png", "b_overview.png", "b_segm.png");
    assertThat(predict(images + "/*.jpg", "--tasks", "depth").exitCode()).isZero();
    assertThat(written()).contains("b_depth.png").doesNotContain("a_depth.png");
    Cli.Result nothing = predict(images + "/*.gif");
    assertThat(nothing.exitCode()).isEqualTo(1);
    assertThat(nothing.err()).hasLineCount(1).contains("*.gif: no file matches");
  }

  @Test
  void twoImagesOfOneBaseNameAreBothDone() throws IOException {
    Path png = write("a.png", picture(BufferedImage.TYPE_INT_RGB));
    Path jpg = write("a.jpg", picture(BufferedImage.TYPE_INT_RGB));
    write("b.png", picture(BufferedImage.TYPE_INT_RGB));
    Cli.Result result = predict(images, "--tasks", "segm");
    assertThat(result.err()).isEmpty();
    assertThat(result.exitCode()).isZero();
    assertThat(result.out()).contains(png + ": ", jpg + ": ");
    assertThat(written())
        .containsExactlyInAnyOrder(
            "a.jpg_overview.png",
            "a.jpg_segm.png",
            "a.png_overview.png",
            "a.png_segm.png",
            "b_overview.png",
            "b_segm.png");
  }

  @Test
  void twoImagesOfOneNameInTwoFoldersAreBothDone() throws IOException {
    Path first = write("a.png", picture(BufferedImage.TYPE_INT_RGB));
    Path second = Files.createDirectory(images.resolve("more")).resolve("a.png");
    Files.copy(first, second);
    assertThat(predict(first, second, "--tasks", "segm").exitCode()).isZero();
    assertThat(written())
        .containsExactlyInAnyOrder(
            "images_a.png_overview.png",
            "images_a.png_segm.png",
            "more_a.png_overview.png",
            "more_a.png_segm.png");
  }

  /** As in the locale C, whose encoding has ASCII alone. */
  @Test
  void anArgumentThatNamesNoFileIsReportedAndTheOthersAreDone() throws IOException {
    Path image = write("a.png", picture(BufferedImage.TYPE_INT_RGB));
    Cli.Result result = predict("caf\0.png", image);
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err())
        .hasLineCount(1)
        .startsWith("hydranet: caf\\u0000.png: the locale's encoding, ")
        .contains("cannot express this name");
    assertThat(result.out()).hasLineCount(1).startsWith(image + ": ");
  }

  @Test
  void everyFileOfAFolderWithASuffixOfImagesIsDoneOrReported() throws IOException {
    write("a.png", picture(BufferedImage.TYPE_INT_RGB));
    Path heic = images.resolve("b.HEIC");
    Files.write(heic, "\0\0\0\30ftypheic\0\0\0\0mif1heic".getBytes(StandardCharsets.ISO_8859_1));
    Path broken = Files.writeString(images.resolve("c.Jpe"), "nothing");
    Files.writeString(images.resolve("notes.txt"), "notes");
    Cli.Result result = predict(images);
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err().lines())
        .containsExactly(
            "hydranet: "
                + heic
                + ": expected an image, found a HEIC image, which Java cannot read; convert it to"
                + " JPEG or PNG",
            "hydranet: " + broken + ": expected an image, found an unknown format");
    assertThat(result.out()).hasLineCount(1);
  }

  @Test
  void picturesNeverTakeAnImagesPlace() throws IOException {
    Path png = write("a.png", picture(BufferedImage.TYPE_INT_RGB));
    Path named = write("a_depth.png", picture(BufferedImage.TYPE_INT_RGB));
    byte[] before = Files.readAllBytes(named);
    Cli.Result inPlace = cli().run("predict", png, named, "--weights", weights, "--out", images);
    assertThat(inPlace.exitCode()).isEqualTo(2);
    assertThat(inPlace.err()).contains("would replace the image " + named);
    assertThat(named).hasBinaryContent(before);
  }

  @Test
  void wrongWeightsAreALine() throws IOException {
    Path image = write("a.png", picture(BufferedImage.TYPE_INT_RGB));
    Path classifier = folder.resolve("classifier.safetensors");
    Safetensors.write(
        classifier,
        SeededTensors.parameters(MobileNetV2.of(0.1, 10).graph(), 1),
        Map.of(),
        DType.F32);
    Cli.Result result = cli().run("predict", image, "--weights", classifier, "--out", out);
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err()).hasLineCount(1).startsWith("hydranet: " + classifier + ": ");

    Cli.Result pointless = cli().run("predict", image, "--weights", image, "--out", out);
    assertThat(pointless.exitCode()).isEqualTo(1);
    assertThat(pointless.err())
        .hasLineCount(1)
        .contains("expected a safetensors file, found a PNG image");
    assertThat(out).doesNotExist();
  }

  @Test
  void publishedWeightsGoByName() throws IOException {
    Path image = write("a.png", picture(BufferedImage.TYPE_INT_RGB));
    Cli.Result before = cli().run("predict", image, "--weights", "kitti", "--out", out);
    assertThat(before.exitCode()).isEqualTo(1);
    assertThat(before.err())
        .hasLineCount(1)
        .contains("kitti: not downloaded yet; `hydranet weights download kitti` fetches");
    SmallNetwork.write(folder.resolve("kitti.safetensors"));
    assertThat(cli().run("predict", image, "--weights", "kitti", "--out", out).exitCode()).isZero();
  }

  private Cli cli() {
    return Cli.at(folder);
  }

  private Cli.Result predict(Object... arguments) {
    return cli()
        .run(
            Stream.concat(
                    Stream.of("predict", "--weights", weights, "--out", out), Stream.of(arguments))
                .toArray());
  }

  private Path write(String name, BufferedImage image) throws IOException {
    Path file = images.resolve(name);
    String format = name.substring(name.lastIndexOf('.') + 1);
    assertThat(ImageIO.write(image, format, file.toFile())).isTrue();
    return file;
  }

  private static BufferedImage picture(int type) {
    BufferedImage image =
        type == BufferedImage.TYPE_BYTE_INDEXED
            ? new BufferedImage(WIDTH, HEIGHT, type, greys())
            : new BufferedImage(WIDTH, HEIGHT, type);
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        int grey = (x * 5 + y * y) & 0xff;
        switch (type) {
          case BufferedImage.TYPE_BYTE_GRAY, BufferedImage.TYPE_BYTE_INDEXED ->
              image.getRaster().setSample(x, y, 0, grey);
          case BufferedImage.TYPE_USHORT_GRAY ->
              image.getRaster().setSample(x, y, 0, grey << 8 | 0x7f);
          default -> image.setRGB(x, y, (y % 2 == 0 ? 0xff : 0x40) << 24 | grey * 0x010101);
        }
      }
    }
    return image;
  }

  private static IndexColorModel greys() {
    byte[] levels = new byte[256];
    for (int i = 0; i < levels.length; i++) {
      levels[i] = (byte) i;
    }
    return new IndexColorModel(8, levels.length, levels, levels, levels);
  }

  private List<String> written() throws IOException {
    try (Stream<Path> files = Files.list(out)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private void assertSame(String name, BufferedImage expected) throws IOException {
    BufferedImage found = ImageIO.read(out.resolve(name).toFile());
    assertThat(rgb(found)).isEqualTo(rgb(expected));
  }

  private static int[] rgb(BufferedImage image) {
    BufferedImage plain =
        new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = plain.createGraphics();
    graphics.drawImage(image, 0, 0, null);
    graphics.dispose();
    return plain.getRGB(0, 0, plain.getWidth(), plain.getHeight(), null, 0, plain.getWidth());
  }

  private static void assertSame(Tensor actual, Tensor expected) {
    assertThat(actual.shape()).isEqualTo(expected.shape());
    assertThat(actual.data()).isEqualTo(expected.data());
  }
}
