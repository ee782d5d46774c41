package dev.hydranet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hydranet.drawing.Lettering;
import dev.hydranet.drawing.PixelLettering;
import dev.hydranet.engine.Threads;
import dev.hydranet.engine.tensor.Shape;
import dev.hydranet.engine.tensor.Tensor;
import dev.hydranet.network.Task;
import dev.hydranet.network.Variant;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** With letters of our own, so that sizes do not depend on the machine's fonts. */
class SceneOverviewTest {
  private static final Lettering LETTERING = new PixelLettering();
  private static final HydraNet NET = SmallNetwork.load(Threads.of(1));

  @ParameterizedTest
  @CsvSource({
    "480, 640, 2",
    "370, 1226, 1",
    "640, 480, 4",
    "32, 32, 2",
    "1, 1, 2",
    "1, 900, 1",
    "900, 1, 4"
  })
  void fillsAGridThatSuitsTheImage(int height, int width, int columns) {
    BufferedImage image = SmallNetwork.picture(height, width, 0);
    Tensor segm = Tensor.zeros(Shape.of(1, 5, 2, 2));
    Tensor depth = Tensor.zeros(Shape.of(1, 1, 2, 2));
    Tensor normal = Tensor.zeros(Shape.of(1, 3, 2, 2));
    Map<String, Tensor> heads = Map.of("segm", segm, "depth", depth, "normal", normal);

    BufferedImage overview =
        SceneOverview.draw(
            image, NET.toScene(heads, height, width, new ImageSize(height, width)), LETTERING);

    int enlarged = Math.max(1, Math.ceilDiv(320, Math.max(width, height)));
    int panel = Math.max(320, width * enlarged);
    assertThat(overview.getWidth()).isEqualTo(16 + columns * (panel + 16));
    assertThat(overview.getHeight()).isGreaterThan(4 / columns * height * enlarged);
  }

  @Test
  void showsTheImageItself() {
    BufferedImage image = SmallNetwork.picture(400, 500, 0);
    Scene depth =
        NET.withTasks(Set.of(Task.DEPTH))
            .toScene(
                Map.of("depth", Tensor.zeros(Shape.of(1, 1, 2, 2))),
                400,
                500,
                new ImageSize(400, 500));

    BufferedImage overview = SceneOverview.draw(image, depth, LETTERING);

    int top = 16 + LETTERING.lineHeight() + 8;
    int[] shown = overview.getRGB(16, top, 500, 400, null, 0, 500);
    assertThat(shown).isEqualTo(image.getRGB(0, 0, 500, 400, null, 0, 500));
    // All zero metres: the first colour, everywhere in the panel beside.
    int[] metres = overview.getRGB(16 + 500 + 16, top, 500, 400, null, 0, 500);
    assertThat(metres).containsOnly(0xff0c0786);
  }

  @Test
  void laysTheClassesOverTheImageAndListsThem() {
    Tensor logits = Tensor.zeros(Shape.of(1, 6, 1, 2));
    logits.data()[2 * 2] = 1; // road on the left
    logits.data()[5 * 2 + 1] = 1; // car on the right
    Scene scene =
        new Scene(
            Map.of("segm", logits), 330, 400, new ImageSize(330, 400), Metadata.of(Variant.KITTI));
    BufferedImage white = new BufferedImage(400, 330, BufferedImage.TYPE_BYTE_GRAY);
    Arrays.fill(((DataBufferByte) white.getRaster().getDataBuffer()).getData(), (byte) -1);

    BufferedImage overview = SceneOverview.draw(white, scene, LETTERING);

    // 45 % white and 55 % of the colour.
    assertThat(shows(overview, 0xff000000 | blended(0x804080))).isTrue();
    assertThat(shows(overview, 0xff000000 | blended(0x400080))).isTrue();
    assertThat(shows(overview, 0xff804080)).as("swatch of road").isTrue();
    assertThat(shows(overview, 0xff400080)).as("swatch of car").isTrue();
    assertThat(shows(overview, 0xff0000c0)).as("swatch of sidewalk").isFalse();
  }

  private static int blended(int colour) {
    int red = (int) Math.round(0.45 * 255 + 0.55 * (colour >> 16));
    int green = (int) Math.round(0.45 * 255 + 0.55 * (colour >> 8 & 0xff));
    int blue = (int) Math.round(0.45 * 255 + 0.55 * (colour & 0xff));
    return red << 16 | green << 8 | blue;
  }

  private static boolean shows(BufferedImage image, int argb) {
    int[] pixels =
        image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    return Arrays.stream(pixels).anyMatch(pixel -> pixel == argb);
  }

  @Test
  void takesTheFontsOfTheMachine() {
    BufferedImage image = SmallNetwork.picture(40, 60, 0);
    assertThat(NET.predict(image).toOverview(image).getWidth()).isEqualTo(16 + 2 * (360 + 16));
  }

  @Test
  void refusesAnotherImage() {
    Scene scene = NET.predict(SmallNetwork.picture(9, 7, 0));
    assertThatThrownBy(() -> scene.toOverview(SmallNetwork.picture(7, 9, 0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected an image of 7x9 as the scene, found 9x7");
  }
}
