package dev.hydranet.drawing;

import java.awt.Graphics2D;

/** Text on a picture, in the colour that the graphics has. */
public interface Lettering {
  /** The height of a line. */
  int lineHeight();

  /** The width of a text. */
  int width(String text);

  /** Draws a text into the line whose upper left corner is at a point. */
  void draw(Graphics2D g, String text, int x, int y);

  /** The same, heavier; returns where it ends. */
  int drawHeavy(Graphics2D g, String text, int x, int y);
}
