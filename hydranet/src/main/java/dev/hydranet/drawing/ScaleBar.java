package dev.hydranet.drawing;

import java.awt.Color;
import java.awt.Graphics2D;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleToIntFunction;

/** The colours of a depth map from the nearest to the farthest, with ticks in metres. */
public final class ScaleBar implements Footer {
  private static final int BAR = 14;
  private static final int TICK = 5;
  private static final int GAP = 8;
  private static final int WIDTH_AT_MOST = 640;

  /** The least room that a tick and its number have. */
  private static final int TICK_SPACING = 60;

  private final double nearest;
  private final double farthest;
  private final DoubleToIntFunction colours;
  private final Lettering lettering;

  /**
   * A bar for a range of depths.
   *
   * @param nearest in metres
   * @param farthest in metres, more than the nearest
   * @param colours from 0, the nearest, to 1, the farthest, as {@code 0xRRGGBB}
   */
  public ScaleBar(
      double nearest, double farthest, DoubleToIntFunction colours, Lettering lettering) {
    this.nearest = nearest;
    this.farthest = farthest;
    this.colours = colours;
    this.lettering = lettering;
  }

  @Override
  public int height(int width) {
    return GAP + BAR + TICK + lettering.lineHeight();
  }

  @Override
  public void draw(Graphics2D g, int x, int y, int width) {
    Color ink = g.getColor();
    int length = Math.min(width, WIDTH_AT_MOST);
    int top = y + GAP;
    for (int i = 0; i < length; i++) {
      g.setColor(new Color(colours.applyAsInt((double) i / (length - 1))));
      g.fillRect(x + i, top, 1, BAR);
    }
    g.setColor(ink);
    List<BigDecimal> ticks = ticks(nearest, farthest, length / TICK_SPACING);
    for (BigDecimal tick : ticks) {
      double fraction = (tick.doubleValue() - nearest) / (farthest - nearest);
      int at = x + (int) Math.round(fraction * (length - 1));
      g.fillRect(at, top + BAR, 1, TICK);
      String number = tick.toPlainString();
      String text = tick.equals(ticks.get(ticks.size() - 1)) ? number + " m" : number;
      // The number is centred below its tick, the unit after it; nothing leaves the bar.
      int left = at - lettering.width(number) / 2;
      int rightmost = x + length - lettering.width(text);
      lettering.draw(g, text, Math.max(x, Math.min(left, rightmost)), top + BAR + TICK);
    }
  }

  /**
   * Where a range has ticks: at multiples of 1, 2 or 5 times a power of ten, as many as fit.
   *
   * @param atMost how many fit, at least 1
   */
  public static List<BigDecimal> ticks(double nearest, double farthest, int atMost) {
    double length = farthest - nearest;
    int exponent = (int) Math.floor(Math.log10(length / atMost));
    BigDecimal step = BigDecimal.ONE.scaleByPowerOfTen(exponent);
    for (int factor : new int[] {1, 2, 5, 10}) {
      step = BigDecimal.valueOf(factor).scaleByPowerOfTen(exponent).stripTrailingZeros();
      if (length / step.doubleValue() < atMost) {
        break;
      }
    }
    List<BigDecimal> ticks = new ArrayList<>();
    long first = (long) Math.ceil(nearest / step.doubleValue());
    for (long i = first; i * step.doubleValue() <= farthest; i++) {
      ticks.add(step.multiply(BigDecimal.valueOf(i)));
    }
    return ticks;
  }
}
