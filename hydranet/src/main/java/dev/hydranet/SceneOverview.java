package dev.hydranet;

import dev.hydranet.drawing.Footer;
import dev.hydranet.drawing.Legend;
import dev.hydranet.drawing.Lettering;
import dev.hydranet.drawing.Overview;
import dev.hydranet.drawing.Panel;
import dev.hydranet.drawing.Pixels;
import dev.hydranet.drawing.RgbRows;
import dev.hydranet.drawing.ScaleBar;
import dev.hydranet.network.Task;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** A scene in one picture: the image, and beside or below it a panel for each task. */
final class SceneOverview {
  private SceneOverview() {}

  /**
   * Draws it.
   *
   * @param image that the scene was predicted from
   * @throws IllegalArgumentException if the image is not of the scene's size
   */
  static BufferedImage draw(BufferedImage image, Scene scene, Lettering lettering) {
    if (image.getWidth() != scene.width() || image.getHeight() != scene.height()) {
      throw new IllegalArgumentException(
          "expected an image of "
              + scene.width()
              + "x"
              + scene.height()
              + " as the scene, found "
              + image.getWidth()
              + "x"
              + image.getHeight());
    }
    return Overview.draw(panels(image, scene, lettering), lettering);
  }

  private static List<Panel> panels(BufferedImage image, Scene scene, Lettering lettering) {
    int width = scene.width();
    int height = scene.height();
    int[] pixels = new int[width * height];
    RgbRows.read(image, (y, rgb) -> System.arraycopy(rgb, 0, pixels, y * width, width));

    List<Panel> panels = new ArrayList<>();
    BufferedImage input = Pixels.toImage(width, height, index -> pixels[index]);
    panels.add(new Panel("Input", width + " x " + height, input, Footer.NONE));
    if (scene.tasks().contains(Task.SEGM)) {
      Segmentation segmentation = scene.segmentation();
      BufferedImage overlaid =
          Pixels.paint(width, height, rgb -> segmentation.paintOver(pixels, rgb));
      panels.add(
          new Panel(
              "Segmentation", "", overlaid, new Legend(legendEntries(segmentation), lettering)));
    }
    if (scene.tasks().contains(Task.DEPTH)) {
      DepthMap depth = scene.depth();
      Colormap colours = Colormap.PLASMA;
      DepthRange range = depth.range();
      panels.add(
          new Panel(
              "Depth",
              extent(depth),
              depth.toImage(colours),
              new ScaleBar(
                  range.nearest(),
                  range.farthest(),
                  fraction -> colours.rgb((float) fraction),
                  lettering)));
    }
    if (scene.tasks().contains(Task.NORMAL)) {
      panels.add(new Panel("Normals", "RGB = x, y, -z", scene.normals().toImage(), Footer.NONE));
    }
    return panels;
  }

  private static List<Legend.Entry> legendEntries(Segmentation segmentation) {
    double[] coverage = segmentation.coverage();
    return IntStream.range(0, coverage.length)
        .mapToObj(
            index ->
                new Legend.Entry(
                    segmentation.className(index),
                    coverage[index],
                    segmentation.palette().rgb(index)))
        .toList();
  }

  /** The nearest and the farthest depth of an image; empty if none is a finite number. */
  private static String extent(DepthMap depth) {
    float nearest = Float.POSITIVE_INFINITY;
    float farthest = Float.NEGATIVE_INFINITY;
    for (float metres : depth.metres()) {
      if (Float.isFinite(metres)) {
        nearest = Math.min(nearest, metres);
        farthest = Math.max(farthest, metres);
      }
    }
    return nearest > farthest
        ? ""
        : String.format(Locale.ROOT, "%.1f to %.1f m", nearest, farthest);
  }
}
