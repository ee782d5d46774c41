package dev.hydranet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hydranet.HydraNet;
import dev.hydranet.PredictOptions;
import dev.hydranet.Scene;
import dev.hydranet.cli.explain.FeatureMaps;
import dev.hydranet.cli.explain.Histogram;
import dev.hydranet.cli.explain.Unpacking;
import dev.hydranet.cli.network.LayerTable;
import dev.hydranet.drawing.MarkupText;
import dev.hydranet.engine.Threads;
import dev.hydranet.engine.plan.PlanInfo;
import dev.hydranet.engine.plan.Planner;
import dev.hydranet.engine.plan.StepInfo;
import dev.hydranet.engine.reference.ReferenceExecutor;
import dev.hydranet.engine.tensor.Shape;
import dev.hydranet.engine.tensor.Tensor;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks a page for a network with malicious class names. */
class ExplainTest {
  private static final int HEIGHT = 480;
  private static final int WIDTH = 640;
  private static final Shape INPUT = Shape.of(1, 3, HEIGHT, WIDTH);
  private static final String NAME = "it's {{data}} & more.png";

  @TempDir private static Path folder;
  private static Path image;
  private static Path weights;
  private static Cli.Result result;
  private static String page;
  private static Map<?, ?> data;
  private static Scene scene;

  @BeforeAll
  static void explain() throws IOException {
    image = SmallNetwork.writePicture(folder.resolve(NAME), HEIGHT, WIDTH);
    weights =
        SmallNetwork.write(
            folder.resolve("small.safetensors"),
            "</script><script>document.title='taken'</script>",
            "<!--<script>",
            "\"quoted\" \\",
            "{{script}}",
            "plain");
    Path out = folder.resolve("page.html");
    result =
        Cli.at(folder).run("explain", image, "--weights", weights, "--out", out, "--threads", "1");
    page = Files.readString(out);
    data =
        (Map<?, ?>)
            Json.parse(part("<script type=\"application/json\" id=\"data\">(.*?)</script>"));
    scene = HydraNet.load(weights, Threads.of(1)).predict(ImageIO.read(image.toFile()));
  }

  private static String part(String pattern) {
    Matcher matcher = Pattern.compile(pattern, Pattern.DOTALL).matcher(page);
    assertThat(matcher.find()).as(pattern).isTrue();
    return matcher.group(1);
  }

  @Test
  void tellsWhereThePageIsAndHowLarge() throws IOException {
    assertThat(result.err()).isEmpty();
    assertThat(result.exitCode()).isZero();
    assertThat(result.out())
        .isEqualTo(
            "%s: %.1f MB, for any browser%n",
            folder.resolve("page.html"), Files.size(folder.resolve("page.html")) / 1e6);
  }

  @Test
  void pageIsSmall() {
    assertThat(page.length()).isLessThan(5_000_000);
  }

  @Test
  void pageNeedsNothingElse() {
    String ownPicturesOnly = "default-src 'none'; img-src data:; script-src 'sha256-";
    assertThat(part("http-equiv=\"Content-Security-Policy\" content=\"([^\"]*)\""))
        .startsWith(ownPicturesOnly);
    assertThat(page).doesNotContain("<link", "@import", "src=\"");
    assertThat(Pattern.compile("https?://[^\"]*").matcher(page).results().map(r -> r.group()))
        .containsOnly("http://www.w3.org/2000/svg");
  }

  @Test
  void policyAllowsThisScriptAndThisStyle() throws Exception {
    String policy = part("http-equiv=\"Content-Security-Policy\" content=\"([^\"]*)\"");
    for (String element : List.of("script", "style")) {
      String text = part("<" + element + ">(.*?)</" + element + ">");
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      assertThat(policy)
          .contains(element + "-src 'sha256-" + Base64.getEncoder().encodeToString(hash) + "'");
    }
  }

  @Test
  void namesAreTextsOnly() {
    assertThat(part("<h1>(.*?)</h1>")).isEqualTo("it&#39;s {{data}} &amp; more.png");
    assertThat(part("<title>(.*?)</title>")).startsWith("it&#39;s {{data}} &amp; more.png");
    assertThat(page).doesNotContain("<script>document", "<!--<script>");
    List<?> classes = (List<?>) answer("segm").get("classes");
    assertThat(classes)
        .extracting(one -> ((Map<?, ?>) one).get("name"))
        .isEqualTo(scene.segmentation().classNames());
    assertThat(MarkupText.escaped("<a href=\"x\">'&\u001b\u202e"))
        .isEqualTo("&lt;a href=&quot;x&quot;&gt;&#39;&amp;\\u001b\\u202e");
  }

  @Test
  void operatorsAreThoseOfInfo() {
    LayerTable table = LayerTable.of(SmallNetwork.GRAPH, Map.of("input", INPUT));
    List<LayerTable.Layer> found = new ArrayList<>();
    for (Object layer : (List<?>) data.get("layers")) {
      for (Object one : (List<?>) ((Map<?, ?>) layer).get("operators")) {
        Map<?, ?> operator = (Map<?, ?>) one;
        int[] output =
            ((List<?>) operator.get("output"))
                .stream().mapToInt(e -> ((Long) e).intValue()).toArray();
        found.add(
            new LayerTable.Layer(
                (String) operator.get("name"),
                (String) operator.get("operator"),
                Shape.of(output),
                (Long) operator.get("parameters"),
                (Long) operator.get("macs")));
      }
    }
    assertThat(found).containsExactlyInAnyOrderElementsOf(table.layers());
    assertThat(part("</h1>\n<p>(.*?)</p>"))
        .contains(String.format("%,d parameters", table.parameters()))
        .contains(String.format("%.2f billion multiply-adds", table.macs() / 1e9));
  }

  @Test
  void stepsAreThoseOfThePlan() {
    PlanInfo plan = Planner.plan(SmallNetwork.GRAPH, SmallNetwork.WEIGHTS).info(INPUT);
    List<?> steps = (List<?>) data.get("steps");
    assertThat(steps).hasSameSizeAs(plan.steps());
    double milliseconds = 0;
    for (int i = 0; i < steps.size(); i++) {
      Map<?, ?> found = (Map<?, ?>) steps.get(i);
      StepInfo step = plan.steps().get(i);
      assertThat(found.get("value")).isEqualTo(step.value());
      assertThat(found.get("operators")).isEqualTo(step.operators());
      assertThat(found.get("kernel")).isEqualTo(step.kernel());
      assertThat(found.get("macs")).isEqualTo(step.macs());
      assertThat(found.get("macsDone")).isEqualTo(step.macsDone());
      assertThat(found.get("bytes")).isEqualTo(step.bytes());
      List<String> operators =
          ((List<?>) found.get("layers"))
              .stream().flatMap(layer -> operators(((Long) layer).intValue()).stream()).toList();
      if (step.nodes().isEmpty()) {
        assertThat(step.value().equals("input") || operators.contains(step.value())).isTrue();
      } else {
        assertThat(operators).containsAll(step.nodes());
      }
      milliseconds += (Double) found.get("milliseconds");
    }
    assertThat((Double) data.get("milliseconds")).isPositive().isEqualTo(milliseconds);
    Map<?, ?> machine = (Map<?, ?>) data.get("machine");
    assertThat(machine.get("threads")).isEqualTo(1L);
    assertThat((Double) machine.get("macsPerSecond")).isPositive();
    assertThat((Double) machine.get("bytesPerSecond")).isPositive();
  }

  /** A fused step is that of all its layers: none of them is without a step. */
  @Test
  void everyLayerIsComputedByAStep() {
    Set<Object> computed = new HashSet<>();
    for (Object step : (List<?>) data.get("steps")) {
      computed.addAll((List<?>) ((Map<?, ?>) step).get("layers"));
    }
    assertThat(computed).hasSameSizeAs((List<?>) data.get("layers"));
  }

  private static List<String> operators(int layer) {
    Map<?, ?> found = (Map<?, ?>) ((List<?>) data.get("layers")).get(layer);
    return ((List<?>) found.get("operators"))
        .stream().map(one -> (String) ((Map<?, ?>) one).get("name")).toList();
  }

  @Test
  void answersAreThoseOfPredict() throws IOException {
    assertThat(Unpacking.unpacked((String) answer("segm").get("pixels"), WIDTH))
        .isEqualTo(scene.segmentation().labels());

    int[] levels = Unpacking.unpacked((String) answer("depth").get("pixels"), WIDTH);
    double perLevel = (Double) answer("depth").get("metresPerLevel");
    for (int i = 0; i < levels.length; i++) {
      assertThat(Math.abs(levels[i] * perLevel - scene.depth().metres()[i]))
          .isLessThanOrEqualTo(perLevel / 2 * (1 + 1e-9));
    }

    long last = (Long) answer("normal").get("levels") - 1;
    float[] components = scene.normals().components().data();
    int plane = HEIGHT * WIDTH;
    String[] names = {"x", "y", "z"};
    for (int c = 0; c < names.length; c++) {
      levels = Unpacking.unpacked((String) answer("normal").get(names[c]), WIDTH);
      for (int i = 0; i < plane; i++) {
        assertThat(Math.abs(2.0 * levels[i] / last - 1 - components[c * plane + i]))
            .isLessThanOrEqualTo(1.0 / last + 1e-6);
      }
    }
  }

  private static Map<?, ?> answer(String task) {
    return (Map<?, ?>) ((Map<?, ?>) data.get("answers")).get(task);
  }

  @Test
  void imageIsWhatTheNetworkWasGiven() throws IOException {
    Map<?, ?> found = (Map<?, ?>) data.get("image");
    assertThat(found.get("step")).isEqualTo(1L);
    byte[] jpeg = Base64.getDecoder().decode((String) found.get("jpeg"));
    BufferedImage shown = ImageIO.read(new ByteArrayInputStream(jpeg));
    BufferedImage original = ImageIO.read(image.toFile());
    assertThat(shown.getWidth()).isEqualTo(WIDTH);
    assertThat(shown.getHeight()).isEqualTo(HEIGHT);
    double error = 0;
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        for (int shift = 0; shift < 24; shift += 8) {
          error +=
              Math.abs(
                  (shown.getRGB(x, y) >> shift & 255) - (original.getRGB(x, y) >> shift & 255));
        }
      }
    }
    assertThat(error / (3 * HEIGHT * WIDTH)).as("mean error of 255").isLessThan(8);
  }

  /** The page's maps come from the plan; these from plain loops. */
  @Test
  void mapsAreThoseOfTheLayersValues() throws IOException {
    BufferedImage picture = ImageIO.read(image.toFile());
    Tensor input = HydraNet.load(weights, Threads.of(1)).toInput(picture, PredictOptions.DEFAULT);
    List<String> values = List.of("layer4.0.output.1.2", "layer7.1.sum");
    Map<String, Tensor> expected =
        ReferenceExecutor.run(
            SmallNetwork.GRAPH, SmallNetwork.WEIGHTS, Map.of("input", input), values);
    for (String value : values) {
      FeatureMaps maps = FeatureMaps.of(expected.get(value));
      Map<?, ?> found =
          ((List<?>) data.get("layers"))
              .stream()
                  .map(layer -> (Map<?, ?>) layer)
                  .filter(layer -> lastOperator(layer).equals(value))
                  .map(layer -> (Map<?, ?>) layer.get("maps"))
                  .findFirst()
                  .orElseThrow();
      assertThat(found.get("width")).isEqualTo((long) maps.width());
      assertThat(found.get("height")).isEqualTo((long) maps.height());
      assertThat(found.get("reduction")).isEqualTo((long) maps.reduction());
      assertThat((List<?>) found.get("channels"))
          .extracting(channel -> ((Map<?, ?>) channel).get("index"))
          .isEqualTo(maps.channels().stream().map(channel -> (long) channel.index()).toList());
      int[] levels = Unpacking.unpacked((String) found.get("pixels"), maps.width());
      assertThat(levels).hasSameSizeAs(maps.levels());
      for (int i = 0; i < levels.length; i++) {
        assertThat(Math.abs(levels[i] - maps.levels()[i])).isLessThanOrEqualTo(1);
      }
    }
  }

  private static String lastOperator(Map<?, ?> layer) {
    return (String) ((Map<?, ?>) ((List<?>) layer.get("operators")).getLast()).get("name");
  }

  @Test
  void histogramsCountEveryWeight() {
    for (Object one : (List<?>) data.get("layers")) {
      Map<?, ?> layer = (Map<?, ?>) one;
      Tensor filters = SmallNetwork.WEIGHTS.get(layer.get("name") + ".weight");
      assertThat(layer.containsKey("weights")).isEqualTo(filters != null);
      if (filters != null) {
        Histogram expected = Histogram.of(filters.data());
        Map<?, ?> found = (Map<?, ?>) layer.get("weights");
        assertThat(found.get("counts"))
            .isEqualTo(Arrays.stream(expected.counts()).mapToObj(Long::valueOf).toList());
        assertThat(Arrays.stream(expected.counts()).sum()).isEqualTo(filters.data().length);
      }
    }
  }

  @Test
  void wrongImagesAndWeightsAreALine() throws IOException {
    Path out = folder.resolve("none.html");
    Path text = Files.writeString(folder.resolve("text.png"), "no image");
    Cli.Result bad = Cli.at(folder).run("explain", text, "--weights", weights, "--out", out);
    assertThat(bad.exitCode()).isEqualTo(1);
    assertThat(bad.err())
        .hasLineCount(1)
        .startsWith("hydranet: " + text + ": expected an image, found ");
    bad = Cli.at(folder).run("explain", image, "--weights", image, "--out", out);
    assertThat(bad.exitCode()).isEqualTo(1);
    assertThat(bad.err()).hasLineCount(1).contains("expected a safetensors file");
    assertThat(out).doesNotExist();
  }

  @Test
  void pageNeverTakesThePlaceOfWhatItIsMadeFrom() throws IOException {
    byte[] before = Files.readAllBytes(image);
    Cli.Result bad = Cli.at(folder).run("explain", image, "--weights", weights, "--out", image);
    assertThat(bad.exitCode()).isEqualTo(2);
    assertThat(bad.err()).startsWith("hydranet: --out: would replace " + image);
    assertThat(image).hasBinaryContent(before);
  }
}
