package dev.hydranet.cli.demo;

import dev.hydranet.Colormap;
import dev.hydranet.DepthRange;
import dev.hydranet.Palette;
import dev.hydranet.eval.Comparison;
import dev.hydranet.eval.ConfusionMatrix;
import dev.hydranet.eval.GroundTruth;
import dev.hydranet.network.Task;
import java.awt.image.BufferedImage;
import java.util.function.IntUnaryOperator;

/** Ground truth, painted as a network's answers are; black where it is unknown. */
public final class TruthPictures {
  private static final int BLACK = 0x000000;

  private TruthPictures() {}

  /** The picture of a task's truth in the colours in which a comparison's scene is painted. */
  public static BufferedImage paint(Task task, Comparison comparison, double depthScale) {
    BufferedImage truth = comparison.truth().get(task);
    return switch (task) {
      case SEGM -> {
        int[] labels = GroundTruth.labels(truth);
        Palette colours = comparison.scene().segmentation().palette();
        yield paint(
            truth, i -> labels[i] == ConfusionMatrix.IGNORED ? BLACK : colours.rgb(labels[i]));
      }
      case DEPTH -> {
        float[] metres = GroundTruth.metres(truth, depthScale);
        DepthRange range = comparison.scene().depth().range();
        yield paint(
            truth, i -> metres[i] == 0 ? BLACK : Colormap.PLASMA.rgb(range.fraction(metres[i])));
      }
      case NORMAL -> truth; // is coded as it is painted
    };
  }

  private static BufferedImage paint(BufferedImage like, IntUnaryOperator rgb) {
    int width = like.getWidth();
    BufferedImage picture = new BufferedImage(width, like.getHeight(), BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < width * like.getHeight(); i++) {
      picture.setRGB(i % width, i / width, rgb.applyAsInt(i));
    }
    return picture;
  }
}
