package dev.hydranet.examples.ocr;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.util.List;

/** Draws the lines' boxes on a picture, numbered in reading order. */
final class Drawing {
  private static final Color BOX = new Color(0xd0, 0x20, 0x20);

  private Drawing() {}

  /** {@return a copy of the picture with the lines' boxes} */
  static BufferedImage of(BufferedImage image, List<TextLine> lines) {
    BufferedImage copy =
        new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = copy.createGraphics();
    graphics.drawImage(image, 0, 0, null);
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setColor(BOX);
    graphics.setStroke(new BasicStroke(Math.max(1.5f, image.getWidth() / 600f)));
    for (int i = 0; i < lines.size(); i++) {
      Path2D outline = new Path2D.Double();
      List<TextBox.Point> corners = lines.get(i).box().corners();
      outline.moveTo(corners.getLast().x(), corners.getLast().y());
      corners.forEach(corner -> outline.lineTo(corner.x(), corner.y()));
      graphics.draw(outline);
      // Beside the top left corner, where the line begins.
      graphics.drawString(
          String.valueOf(i + 1),
          (float) corners.getFirst().x(),
          (float) corners.getFirst().y() - 2);
    }
    graphics.dispose();
    return copy;
  }
}
