package dev.hydranet.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hydranet.HydraNet;
import dev.hydranet.NormalMap;
import dev.hydranet.Scene;
import dev.hydranet.Segmentation;
import dev.hydranet.cli.explain.DrawnLayer;
import dev.hydranet.engine.Threads;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page in a Chromium, where there is one on the path. */
class ExplainBrowserTest {
  private static final int HEIGHT = 120;
  private static final int WIDTH = 160;
  private static final String HARMFUL = "</script><script>document.title='taken'</script>";

  /** Of what is shown with two digits, and what the page's levels are off by. */
  private static final double ROUNDING = 0.005 + 1 / 254.0;

  @TempDir private static Path folder;
  private static Browser browser;
  private static Path page;
  private static Scene scene;

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    Optional<Path> executable = Browser.find();
    assumeTrue(executable.isPresent(), "no Chromium on the path");
    Path image = SmallNetwork.writePicture(folder.resolve("picture.png"), HEIGHT, WIDTH);
    Path weights =
        SmallNetwork.write(
            folder.resolve("small.safetensors"), HARMFUL, "<b>bold</b>", "c", "d", "e");
    page = folder.resolve("page.html");
    Cli.Result result = Cli.at(folder).run("explain", image, "--weights", weights, "--out", page);
    assertThat(result.exitCode()).as(result.err()).isZero();
    scene = HydraNet.load(weights, Threads.of(1)).predict(ImageIO.read(image.toFile()));
    browser = new Browser(executable.get(), Files.createDirectory(folder.resolve("profile")));
  }

  @AfterAll
  static void end() throws IOException {
    if (browser != null) {
      browser.close();
    }
  }

  /** Nothing on the console, no exception, nothing asked of the network. */
  @AfterEach
  void nothingToComplainOf() {
    assertThat(browser.complaints()).isEmpty();
  }

  private static void open(int width, String scheme) throws IOException, InterruptedException {
    browser.open(page, width, 900, scheme);
    browser.until("document.querySelectorAll('.stage').length === 3");
  }

  @ParameterizedTest
  @CsvSource({"390, light", "390, dark", "1280, light", "1280, dark"})
  void fitsTheWindowAndFollowsTheScheme(int width, String scheme)
      throws IOException, InterruptedException {
    open(width, scheme);
    assertThat(browser.evaluate("document.documentElement.scrollWidth <= " + width))
        .isEqualTo(true);
    String background =
        (String) browser.evaluate("getComputedStyle(document.body).backgroundColor");
    int red = Integer.parseInt(background.replaceAll("\\D*(\\d+).*", "$1"));
    assertThat(red < 128).as(background).isEqualTo(scheme.equals("dark"));
    assertThat(browser.evaluate("document.title")).isEqualTo("picture.png as a HydraNet sees it");
  }

  @Test
  void tellsOfThePixelUnderThePointer() throws IOException, InterruptedException {
    open(1280, "light");
    for (String task : List.of("segm", "depth", "normal")) {
      int x = 40;
      int y = 70;
      browser.hover("[data-answer=" + task + "].stage", (x + 0.5) / WIDTH, (y + 0.5) / HEIGHT);
      assertTellsOf(x, y);
    }
    browser.evaluate("document.querySelector('.stage').focus()");
    browser.press("ArrowRight");
    browser.press("ArrowUp");
    assertTellsOf(41, 69);
  }

  private static void assertTellsOf(int x, int y) throws IOException, InterruptedException {
    List<?> told =
        (List<?>)
            browser.evaluate(
                "[...document.getElementById('readout').children].map(e => e.textContent)");
    assertThat(told).hasSize(4);
    assertThat(told.get(0)).isEqualTo("x " + x + ", y " + y);
    Segmentation segmentation = scene.segmentation();
    assertThat(told.get(1)).isEqualTo(segmentation.className(segmentation.classAt(x, y)));
    assertThat(told.get(2)).asString().endsWith(" m");
    assertThat(numbers(told.get(2))).hasSize(1);
    assertThat(numbers(told.get(2))[0]).isEqualTo(scene.depth().metresAt(x, y), within(ROUNDING));
    NormalMap normals = scene.normals();
    assertThat(numbers(told.get(3)))
        .containsExactly(
            new double[] {normals.x(x, y), normals.y(x, y), normals.z(x, y)}, within(ROUNDING));
  }

  private static double[] numbers(Object text) {
    return Pattern.compile("-?\\d+\\.\\d+")
        .matcher((String) text)
        .results()
        .mapToDouble(number -> Double.parseDouble(number.group()))
        .toArray();
  }

  @Test
  void sliderWipesBetweenImageAndAnswer() throws IOException, InterruptedException {
    open(1280, "light");
    String clip = "getComputedStyle(document.querySelector('.stage canvas')).clipPath";
    assertThat(browser.evaluate(clip)).isEqualTo("inset(0px 0px 0px 35%)");
    browser.evaluate("document.getElementById('wipe').focus()");
    browser.press("ArrowRight");
    assertThat(browser.evaluate(clip)).isEqualTo("inset(0px 0px 0px 36%)");
  }

  @ParameterizedTest
  @CsvSource({"390", "1280"})
  void clickOnALayerShowsWhatIsInIt(int width) throws IOException, InterruptedException {
    open(width, "light");
    List<DrawnLayer> layers = DrawnLayer.of(SmallNetwork.GRAPH);
    int index = layers.stream().map(DrawnLayer::name).toList().indexOf("layer3.1.output.1.0");
    browser.click("#layer-" + index);
    assertThat(browser.evaluate("document.querySelector('#layer h2').textContent"))
        .isEqualTo("layer3.1.output.1.0");
    assertThat(browser.evaluate("document.getElementById('layer').innerText"))
        .asString()
        .contains("Conv2d + BatchNorm + ReLU6", "kernel", "GMAC/s", "3x3", "weights, mean");
    // The layer stays in sight.
    assertThat(
            browser.evaluate(
                "(() => { const b = document.getElementById('layer-"
                    + index
                    + "').getBoundingClientRect();"
                    + " return document.elementFromPoint(b.x + b.width / 2, b.y + b.height / 2)"
                    + ".closest('.layer').id; })()"))
        .isEqualTo("layer-" + index);
    // Read from a copy: a browser warns of pages that read their canvases again and again.
    String colours =
        "(() => { const c = document.querySelector('.maps canvas');"
            + " const copy = document.createElement('canvas').getContext('2d', {willReadFrequently: true});"
            + " copy.drawImage(c, 0, 0);"
            + " const d = copy.getImageData(0, 0, c.width, c.height).data;"
            + " return new Set(Array.from(new Uint32Array(d.buffer))).size; })()";
    browser.until(colours + " > 2");
    browser.evaluate("document.getElementById('layer-" + index + "').focus()");
    browser.press("ArrowLeft");
    assertThat(browser.evaluate("document.querySelector('#layer h2').textContent"))
        .isEqualTo("layer3.1.output.0.0");
    browser.click("#layer .close");
    assertThat(browser.evaluate("document.getElementById('layer').hidden")).isEqualTo(true);
  }

  @Test
  void unpacksWhatJavaPacked() throws IOException, InterruptedException {
    open(1280, "light");
    Object labels =
        browser.evaluate(
            "unpacked(report.answers.segm.pixels, %d).then(v => Array.from(v))".formatted(WIDTH));
    assertThat(labels)
        .isEqualTo(
            IntStream.of(scene.segmentation().labels()).mapToObj(label -> (long) label).toList());
  }

  @Test
  void coloursByTime() throws IOException, InterruptedException {
    open(1280, "light");
    String fill = "getComputedStyle(document.querySelector('.layer.standard rect')).fill";
    Object byKind = browser.evaluate(fill);
    browser.click(".switch label:last-child");
    assertThat(browser.evaluate(fill)).isNotEqualTo(byKind);
    assertThat(browser.evaluate("document.getElementById('heat').hidden")).isEqualTo(false);
  }
}
