package dev.hydranet.drawing;

import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;

/** Text in the sans-serif font of this machine. */
public final class FontLettering implements Lettering {
  private static final int SIZE = 15;

  private final FontMetrics plain;
  private final FontMetrics bold;

  private FontLettering(FontMetrics plain, FontMetrics bold) {
    this.plain = plain;
    this.bold = bold;
  }

  /**
   * The machine's font or, where Java finds none, as in many containers, letters of our own. The
   * search is made once.
   */
  public static Lettering orPixels() {
    return Found.LETTERING;
  }

  private static final class Found {
    static final Lettering LETTERING = find();

    private static Lettering find() {
      Graphics2D g = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB).createGraphics();
      try {
        return new FontLettering(
            g.getFontMetrics(new Font(Font.SANS_SERIF, Font.PLAIN, SIZE)),
            g.getFontMetrics(new Font(Font.SANS_SERIF, Font.BOLD, SIZE)));
      } catch (OutOfMemoryError e) {
        throw e;
      } catch (RuntimeException | Error e) {
        // An exception, a LinkageError, an InternalError or a plain Error, depending on what is
        // missing: fontconfig, freetype, or any font.
        System.getLogger(FontLettering.class.getPackageName())
            .log(
                System.Logger.Level.INFO,
                "Java finds no fonts ({0}); overviews get plain letters. Install fontconfig and"
                    + " a font, such as DejaVu, for better ones",
                e.toString());
        return new PixelLettering();
      } finally {
        g.dispose();
      }
    }
  }

  @Override
  public int lineHeight() {
    return plain.getHeight();
  }

  @Override
  public int width(String text) {
    return plain.stringWidth(text);
  }

  @Override
  public void draw(Graphics2D g, String text, int x, int y) {
    draw(g, text, x, y, plain);
  }

  @Override
  public int drawHeavy(Graphics2D g, String text, int x, int y) {
    draw(g, text, x, y, bold);
    return x + bold.stringWidth(text);
  }

  private static void draw(Graphics2D g, String text, int x, int y, FontMetrics font) {
    g.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    g.setFont(font.getFont());
    g.drawString(text, x, y + font.getAscent());
  }
}
