package dev.hydranet.drawing;

import java.awt.Graphics2D;
import java.util.HexFormat;
import java.util.Locale;

/**
 * Text in capitals of 5 by 7 dots, as on a dot-matrix display, for a JVM without fonts. What is not
 * ASCII is a question mark.
 */
public final class PixelLettering implements Lettering {
  private static final int COLUMNS = 5;
  private static final int ROWS = 7;
  private static final int DOT = 2;
  private static final int ADVANCE = (COLUMNS + 1) * DOT;
  private static final char FIRST = ' ';
  private static final char LAST = '_';

  /** The glyphs from space on, a byte for each column from the left, the lowest bit on top. */
  private static final byte[] GLYPHS =
      HexFormat.of()
          .parseHex(
              """
              0000000000 00005f0000 0007000700 147f147f14 242a7f2a12 2313086462 3649552250 0005030000
              001c224100 0041221c00 14083e0814 08083e0808 0050300000 0808080808 0060600000 2010080402
              3e5149453e 00427f4000 4261514946 2141454b31 1814127f10 2745454539 3c4a494930 0171090503
              3649494936 064949291e 0036360000 0056360000 0814224100 1414141414 0041221408 0201510906
              324979413e 7e1111117e 7f49494936 3e41414122 7f4141221c 7f49494941 7f09090901 3e4149497a
              7f0808087f 00417f4100 2040413f01 7f08142241 7f40404040 7f020c027f 7f0408107f 3e4141413e
              7f09090906 3e4151215e 7f09192946 4649494931 01017f0101 3f4040403f 1f2040201f 3f4038403f
              6314081463 0708700807 6151494543 007f414100 0204081020 0041417f00 0402010204 4040404040
              """
                  .replaceAll("\\s", ""));

  @Override
  public int lineHeight() {
    return (ROWS + 2) * DOT;
  }

  @Override
  public int width(String text) {
    return text.length() * ADVANCE;
  }

  @Override
  public void draw(Graphics2D g, String text, int x, int y) {
    String capitals = text.toUpperCase(Locale.ROOT);
    for (int i = 0; i < capitals.length(); i++) {
      drawGlyph(g, capitals.charAt(i), x + i * ADVANCE, y + DOT);
    }
  }

  @Override
  public int drawHeavy(Graphics2D g, String text, int x, int y) {
    draw(g, text, x, y);
    draw(g, text, x + 1, y);
    return x + width(text) + 1;
  }

  private static void drawGlyph(Graphics2D g, char letter, int x, int y) {
    int glyph = (letter >= FIRST && letter <= LAST ? letter : '?') - FIRST;
    for (int column = 0; column < COLUMNS; column++) {
      int dots = GLYPHS[glyph * COLUMNS + column];
      for (int row = 0; row < ROWS; row++) {
        if ((dots >> row & 1) == 1) {
          g.fillRect(x + column * DOT, y + row * DOT, DOT, DOT);
        }
      }
    }
  }
}
