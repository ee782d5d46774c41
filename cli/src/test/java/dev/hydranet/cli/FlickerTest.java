package dev.hydranet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hydranet.HydraNet;
import dev.hydranet.cli.demo.SampleScenes;
import dev.hydranet.engine.Threads;
import dev.hydranet.network.Task;
import dev.hydranet.video.SceneStream;
import dev.hydranet.video.StreamOptions;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What smoothing does, with the model in the box: how many labels change between frames of a still
 * scene with noise, and how many pixels of a scene that moves lose their right label. With {@code
 * -Dvideo.flicker=true} it prints the table of docs/video.md.
 */
class FlickerTest {
  private static final int NOISE = 8; // levels, standard deviation
  private static final int FRAMES = 10;
  private static final int WINDOW = 240;

  @TempDir private Path folder;

  @Test
  void smoothingRemovesMuchOfTheFlickerAndFollowsWhatMoves() throws IOException {
    SampleScenes.write(folder);
    HydraNet net = HydraNet.bundled(Threads.of(1)).withTasks(Set.of(Task.SEGM));
    Shares plain = shares(net, 0, 0, 1);
    Shares smooth = shares(net, StreamOptions.DEFAULT_SMOOTHING, 0, 1);
    assertThat(plain.changed()).isPositive();
    assertThat(smooth.changed()).isLessThan(0.65 * plain.changed());
    assertThat(shares(net, StreamOptions.DEFAULT_SMOOTHING, 1, 1).right())
        .isGreaterThan(shares(net, 0, 1, 1).right() - 0.01);
    if (Boolean.getBoolean("video.flicker")) {
      for (double share : new double[] {0, 0.2, 0.4, 0.6}) {
        StringBuilder row = new StringBuilder(String.format(Locale.ROOT, "| %.1f |", share));
        for (int step : new int[] {0, 1, 2, 4}) {
          Shares found = shares(net, share, step, 4);
          row.append(step > 0 ? "" : String.format(Locale.ROOT, " %.2f |", 100 * found.changed()));
          row.append(String.format(Locale.ROOT, " %.1f |", 100 * found.right()));
        }
        System.out.println(row);
      }
    }
  }

  /** Shares of pixels: whose label changes from a frame to the next, and whose label is right. */
  private record Shares(double changed, double right) {}

  /** Of some scenes, seen through a window that moves by some pixels each frame. */
  private Shares shares(HydraNet net, double share, int step, int scenes) throws IOException {
    long changed = 0;
    long right = 0;
    long pixels = 0;
    long labelled = 0;
    for (int scene = 0; scene < scenes; scene++) {
      BufferedImage image = image("images", scene);
      BufferedImage truth = image("labels", scene);
      List<BufferedImage> frames = new ArrayList<>();
      for (int i = 0; i < FRAMES; i++) {
        frames.add(noisy(image.getSubimage(i * step, 0, WINDOW, image.getHeight()), i));
      }
      List<int[]> labels = labels(net, frames, share);
      // The past has little weight at first.
      for (int i = FRAMES / 2; i < FRAMES; i++) {
        int[] before = labels.get(i - 1);
        int[] now = labels.get(i);
        pixels += now.length;
        for (int at = 0; at < now.length; at++) {
          changed += now[at] != before[at] ? 1 : 0;
          int expected = truth.getRaster().getSample(at % WINDOW + i * step, at / WINDOW, 0);
          if (expected < net.network().classes()) {
            labelled++;
            right += now[at] == expected ? 1 : 0;
          }
        }
      }
    }
    return new Shares((double) changed / pixels, (double) right / labelled);
  }

  private static List<int[]> labels(HydraNet net, List<BufferedImage> frames, double share) {
    List<int[]> labels = new ArrayList<>();
    SceneStream.ofImages(net, frames.iterator(), StreamOptions.DEFAULT.withSmoothing(share))
        .forEachRemaining(next -> labels.add(next.scene().segmentation().labels()));
    return labels;
  }

  private BufferedImage image(String kind, int scene) throws IOException {
    return ImageIO.read(
        folder.resolve(kind).resolve(String.format(Locale.ROOT, "%06d.png", scene)).toFile());
  }

  private static BufferedImage noisy(BufferedImage image, int seed) {
    Random random = new Random(seed);
    int width = image.getWidth();
    int[] rgb = image.getRGB(0, 0, width, image.getHeight(), null, 0, width);
    Arrays.setAll(
        rgb,
        i ->
            level(rgb[i] >> 16 & 0xff, random) << 16
                | level(rgb[i] >> 8 & 0xff, random) << 8
                | level(rgb[i] & 0xff, random));
    BufferedImage noisy = new BufferedImage(width, image.getHeight(), BufferedImage.TYPE_INT_RGB);
    noisy.setRGB(0, 0, width, image.getHeight(), rgb, 0, width);
    return noisy;
  }

  private static int level(int level, Random random) {
    return Math.clamp(Math.round(level + NOISE * random.nextGaussian()), 0, 255);
  }
}
