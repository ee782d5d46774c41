package dev.hydranet.drawing;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.List;

/** Several panels in one picture. */
public final class Overview {
  private static final int MARGIN = 16;

  /** What the panels together should look like: a page that is wider than high. */
  private static final double ASPECT = 1.5;

  /** So that legends and scales have room beside very narrow images. */
  private static final int PANEL_WIDTH_AT_LEAST = 320;

  private static final Color BACKGROUND = new Color(0xfafafa);
  private static final Color INK = new Color(0x202020);
  private static final Color FAINT_INK = new Color(0x606060);

  private final List<Panel> panels;
  private final Lettering lettering;
  private final int pictureWidth;
  private final int pictureHeight;
  private final int panelWidth;
  private final int titleHeight;
  private final int columns;
  private final int[] top; // of each row of panels, and where the next would be

  /**
   * Lays panels out in a grid, row by row.
   *
   * @param panels at least one, all with pictures of the first one's size
   */
  public Overview(List<Panel> panels, Lettering lettering) {
    this.panels = List.copyOf(panels);
    this.lettering = lettering;
    this.pictureWidth = panels.get(0).picture().getWidth();
    this.pictureHeight = panels.get(0).picture().getHeight();
    this.panelWidth = Math.max(PANEL_WIDTH_AT_LEAST, pictureWidth);
    this.titleHeight = lettering.lineHeight() + MARGIN / 2;
    this.columns = columns(panelWidth, pictureHeight + titleHeight);
    int rows = panels.size() / columns;
    this.top = new int[rows + 1];
    top[0] = MARGIN;
    for (int row = 0; row < rows; row++) {
      int footer = 0;
      for (Panel panel : panels.subList(row * columns, (row + 1) * columns)) {
        footer = Math.max(footer, panel.footer().height(panelWidth));
      }
      top[row + 1] = top[row] + titleHeight + pictureHeight + footer + MARGIN;
    }
  }

  /**
   * Draws panels in a grid, row by row.
   *
   * @param panels at least one, all with pictures of the first one's size
   */
  public static BufferedImage draw(List<Panel> panels, Lettering lettering) {
    return new Overview(panels, lettering).draw();
  }

  /** Draws the panels. */
  public BufferedImage draw() {
    BufferedImage result =
        new BufferedImage(
            MARGIN + columns * (panelWidth + MARGIN),
            top[top.length - 1],
            BufferedImage.TYPE_INT_RGB);
    Graphics2D g = result.createGraphics();
    try {
      g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
      g.setColor(BACKGROUND);
      g.fillRect(0, 0, result.getWidth(), result.getHeight());
      for (int i = 0; i < panels.size(); i++) {
        Panel panel = panels.get(i);
        int x = left(i);
        int y = top[i / columns];
        g.setColor(INK);
        int titleEnd = lettering.drawHeavy(g, panel.title(), x, y);
        g.setColor(FAINT_INK);
        lettering.draw(g, panel.note(), titleEnd + MARGIN / 2, y);
        g.setColor(INK);
        Rectangle place = place(i);
        g.drawImage(panel.picture(), place.x, place.y, null);
        panel.footer().draw(g, x, place.y + pictureHeight, panelWidth);
      }
    } finally {
      g.dispose();
    }
    return result;
  }

  private int left(int panel) {
    return MARGIN + panel % columns * (panelWidth + MARGIN);
  }

  /** Where a panel's picture is drawn. */
  public Rectangle place(int panel) {
    return new Rectangle(
        left(panel) + (panelWidth - pictureWidth) / 2,
        top[panel / columns] + titleHeight,
        pictureWidth,
        pictureHeight);
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
