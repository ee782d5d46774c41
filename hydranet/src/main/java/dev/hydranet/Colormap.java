package dev.hydranet;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * A scale of 256 colours for numbers, equal to matplotlib's of the same name byte for byte: where a
 * colour's published fraction falls between two of the 256 levels, matplotlib takes the lower.
 */
public enum Colormap {
  /** Dark blue over red to yellow; perceptually uniform. */
  PLASMA,
  /** Dark violet over green to yellow; perceptually uniform. */
  VIRIDIS,
  /** A rainbow with smooth lightness; shows more detail, and edges that are not there. */
  TURBO;

  private static final int COLOURS = 256;
  private static final int NAN_COLOUR = 0x000000;

  private final int[] table = read("colormap/" + name().toLowerCase(Locale.ROOT) + ".txt");

  /**
   * {@return the colour of a fraction, as {@code 0xRRGGBB}: the first for what is below 0, the last
   * from 1 on, black for NaN}
   *
   * @param fraction 0 for the first colour, 1 for the last
   */
  public int rgb(float fraction) {
    if (Float.isNaN(fraction)) {
      return NAN_COLOUR;
    }
    // A cast to int goes towards zero and stops at int's ends, so that infinities need no care.
    return table[Math.clamp((int) (fraction * COLOURS), 0, COLOURS - 1)];
  }

  /** The first line says whose colours they are; the others have sixteen each. */
  private static int[] read(String resource) {
    try (InputStream in = Colormap.class.getResourceAsStream(resource)) {
      String text = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
      String[] colours = text.substring(text.indexOf('\n') + 1).split("\\s+");
      int[] table = new int[COLOURS];
      for (int i = 0; i < COLOURS; i++) {
        table[i] = Integer.parseInt(colours[i], 16);
      }
      return table;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + resource, e);
    }
  }
}
