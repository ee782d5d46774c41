package dev.hydranet;

import dev.hydranet.network.Task;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;

/**
 * One picture of all that a network sees in an image: the image itself, and beside or below it a
 * panel for each task.
 */
final class Overview {
  private static final int MARGIN = 16;

  /** What the panels together should look like: a page that is wider than high. */
  private static final double ASPECT = 1.5;

  /** So that legends and scales have room beside very narrow images. */
  private static final int PANEL_WIDTH_AT_LEAST = 320;

  private static final Color BACKGROUND = new Color(0xfafafa);
  private static final Color INK = new Color(0x202020);
  private static final Color FAINT_INK = new Color(0x606060);

  /** How much of the image shines through the colours of the classes. */
  private static final double SHOWN_THROUGH = 0.45;

  private final Lettering lettering;
  private final List<Panel> panels = new ArrayList<>();

  private Overview(Lettering lettering) {
    this.lettering = lettering;
  }

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
    Overview overview = new Overview(lettering);
    overview.collect(image, scene);
    return overview.draw();
  }

  private void collect(BufferedImage image, Scene scene) {
    int width = scene.width();
    int height = scene.height();
    int[] pixels = new int[width * height];
    RgbRows.read(image, (y, rgb) -> System.arraycopy(rgb, 0, pixels, y * width, width));

    BufferedImage input = Pixels.toImage(width, height, index -> pixels[index]);
    panels.add(new Panel("Input", width + " x " + height, input, Footer.NONE));
    if (scene.tasks().contains(Task.SEGM)) {
      Segmentation segmentation = scene.segmentation();
      int[] labels = segmentation.labels();
      Palette palette = segmentation.palette();
      BufferedImage overlaid =
          Pixels.toImage(width, height, index -> blend(pixels[index], palette.rgb(labels[index])));
      panels.add(new Panel("Segmentation", "", overlaid, new Legend(segmentation, lettering)));
    }
    if (scene.tasks().contains(Task.DEPTH)) {
      DepthMap depth = scene.depth();
      Colormap colours = Colormap.PLASMA;
      panels.add(
          new Panel(
              "Depth",
              ScaleBar.extent(depth),
              depth.toImage(colours),
              new ScaleBar(colours, depth.range(), lettering)));
    }
    if (scene.tasks().contains(Task.NORMAL)) {
      panels.add(new Panel("Normals", "RGB = x, y, -z", scene.normals().toImage(), Footer.NONE));
    }
  }

  private static int blend(int image, int colour) {
    return blend(image, colour, 16) | blend(image, colour, 8) | blend(image, colour, 0);
  }

  private static int blend(int image, int colour, int shift) {
    int below = image >> shift & 0xff;
    int above = colour >> shift & 0xff;
    return (int) Math.round(SHOWN_THROUGH * below + (1 - SHOWN_THROUGH) * above) << shift;
  }

  private BufferedImage draw() {
    int pictureWidth = panels.get(0).picture().getWidth();
    int panelWidth = Math.max(PANEL_WIDTH_AT_LEAST, pictureWidth);
    int pictureHeight = panels.get(0).picture().getHeight();
    int titleHeight = lettering.lineHeight() + MARGIN / 2;
    int columns = columns(panelWidth, pictureHeight + titleHeight);
    int rows = panels.size() / columns;
    int[] top = new int[rows + 1];
    top[0] = MARGIN;
    for (int row = 0; row < rows; row++) {
      int footer = 0;
      for (Panel panel : panels.subList(row * columns, (row + 1) * columns)) {
        footer = Math.max(footer, panel.footer().height(panelWidth));
      }
      top[row + 1] = top[row] + titleHeight + pictureHeight + footer + MARGIN;
    }

    BufferedImage result =
        new BufferedImage(
            MARGIN + columns * (panelWidth + MARGIN), top[rows], BufferedImage.TYPE_INT_RGB);
    Graphics2D g = result.createGraphics();
    try {
      g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
      g.setColor(BACKGROUND);
      g.fillRect(0, 0, result.getWidth(), result.getHeight());
      for (int i = 0; i < panels.size(); i++) {
        Panel panel = panels.get(i);
        int x = MARGIN + i % columns * (panelWidth + MARGIN);
        int y = top[i / columns];
        g.setColor(INK);
        int titleEnd = lettering.drawHeavy(g, panel.title(), x, y);
        g.setColor(FAINT_INK);
        lettering.draw(g, panel.note(), titleEnd + MARGIN / 2, y);
        g.setColor(INK);
        y += titleHeight;
        g.drawImage(panel.picture(), x + (panelWidth - pictureWidth) / 2, y, null);
        panel.footer().draw(g, x, y + pictureHeight, panelWidth);
      }
    } finally {
      g.dispose();
    }
    return result;
  }

  /** As many as fill all rows and come closest to the aspect. */
  private int columns(int panelWidth, int panelHeight) {
    int best = 1;
    double closest = Double.POSITIVE_INFINITY;
    for (int columns = 1; columns <= panels.size(); columns++) {
      int rows = panels.size() / columns;
      double aspect = (double) (columns * panelWidth) / (rows * panelHeight);
      double distance = Math.abs(Math.log(aspect / ASPECT));
      if (rows * columns == panels.size() && distance < closest) {
        best = columns;
        closest = distance;
      }
    }
    return best;
  }
}
