package dev.hydranet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hydranet.engine.InsufficientMemoryException;
import dev.hydranet.engine.Threads;
import dev.hydranet.engine.plan.Plan;
import dev.hydranet.engine.plan.Planner;
import dev.hydranet.engine.plan.Session;
import dev.hydranet.engine.tensor.Shape;
import dev.hydranet.engine.tensor.Tensor;
import dev.hydranet.engine.testing.OtherJvm;
import dev.hydranet.network.HydraNetwork;
import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * In a small heap, images and batches from one pixel to more than any heap holds: each works, or is
 * refused with a line that says how much it needs; and what is refused does not harm what follows.
 */
@Tag("once")
class MemoryLimitsTest {
  private static final int HEAP_MEGABYTES = 32;

  /** Its square is more pixels, or images, than any heap has room for, and just an int. */
  private static final int LARGEST_ROOT = 1 << 15;

  /** What, the size of it, how much it needs, how much there is. */
  private static final Pattern REFUSAL =
      Pattern.compile(
          "(an image of \\d+ x \\d+ pixels|a scene of \\d+ x \\d+ pixels|input \\[.*]|outputs \\{.*}) needs at least [\\d,]+ MB of"
              + " memory; the heap may grow to "
              + HEAP_MEGABYTES
              + " MB \\(-Xmx\\)( and has no room for it beside the rest)?");

  @ParameterizedTest
  @ValueSource(strings = {"", "0"})
  void anImageOfAnySizeWorksOrIsRefused(String bits) throws Exception {
    List<String> outcomes = outcomes(Images.class, bits);
    assertThat(outcomes).hasSize(3 * 16);
    // Up to 4096 pixels there is room, from 4 million on there is none.
    assertThat(outcomes.subList(0, 3 * 7)).containsOnly("works");
    assertThat(outcomes.subList(3 * 11, 3 * 16)).allMatch(REFUSAL.asMatchPredicate());
    assertThat(outcomes.subList(3 * 7, 3 * 11))
        .allMatch(outcome -> outcome.equals("works") || REFUSAL.matcher(outcome).matches());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0"})
  void aBatchOfAnySizeWorksOrIsRefused(String bits) throws Exception {
    List<String> outcomes = outcomes(Batches.class, bits);
    assertThat(outcomes).hasSize(17);
    // Up to 256 images of 35 pixels there is room, from a quarter of a million on there is none.
    assertThat(outcomes.subList(0, 6)).containsOnly("works");
    assertThat(outcomes.subList(10, 17)).allMatch(REFUSAL.asMatchPredicate());
    assertThat(outcomes.subList(6, 10))
        .allMatch(outcome -> outcome.equals("works") || REFUSAL.matcher(outcome).matches());
  }

  private static List<String> outcomes(Class<?> main, String bits) throws Exception {
    return OtherJvm.run(
        main,
        List.of(
            OtherJvm.VECTORS, "-Xmx" + HEAP_MEGABYTES + "m", "-Ddev.hydranet.vectorBits=" + bits));
  }

  /** Pixels that are all the same byte. */
  static BufferedImage grey(int height, int width) {
    WritableRaster raster =
        Raster.createInterleavedRaster(
            new DataBufferByte(1), width, height, 0, 0, new int[] {0}, null);
    ColorModel model =
        new ComponentColorModel(
            ColorSpace.getInstance(ColorSpace.CS_GRAY),
            false,
            false,
            Transparency.OPAQUE,
            DataBuffer.TYPE_BYTE);
    return new BufferedImage(model, raster, false, null);
  }

  /** Squares, rows and columns, each of four times as many pixels as the one before. */
  static final class Images {
    public static void main(String[] args) {
      HydraNet net = SmallNetwork.load(Threads.of(2));
      int[] before = labels(net);
      for (int root = 1; root <= LARGEST_ROOT; root *= 2) {
        System.out.println(outcome(net, 1, root * root));
        System.out.println(outcome(net, root * root, 1));
        System.out.println(outcome(net, root, root));
      }
      if (!Arrays.equals(labels(net), before)) {
        throw new AssertionError("the network's answer is another one after all this");
      }
    }

    private static String outcome(HydraNet net, int height, int width) {
      try {
        Scene scene = net.predict(grey(height, width));
        return scene.height() == height && scene.width() == width ? "works" : "another size";
      } catch (InsufficientMemoryException e) {
        return e.getMessage();
      }
    }

    private static int[] labels(HydraNet net) {
      return net.predict(SmallNetwork.picture(33, 50, 0)).segmentation().labels();
    }
  }

  /** Batches of small images, each of four times as many as the one before. */
  static final class Batches {
    public static void main(String[] args) {
      Plan plan = Planner.plan(SmallNetwork.NETWORK.graph(), SmallNetwork.WEIGHTS);
      System.out.println(outcome(plan, Shape.of(0, 3, 5, 7)));
      for (int root = 1; root <= LARGEST_ROOT; root *= 2) {
        System.out.println(outcome(plan, Shape.of(root * root, 3, 5, 7)));
      }
    }

    /** What is refused needs many times its input, which therefore is not made first. */
    private static String outcome(Plan plan, Shape shape) {
      boolean refused = Float.BYTES * shape.elementCount() > HEAP_MEGABYTES << 20 >> 2;
      Map<String, Tensor> inputs =
          refused ? Map.of() : Map.of(HydraNetwork.INPUT, Tensor.zeros(shape));
      try {
        Session session = plan.newSession(shape, Threads.of(2));
        session.run(inputs, session.newOutputs());
        return "works";
      } catch (InsufficientMemoryException e) {
        return e.getMessage();
      }
    }
  }
}
