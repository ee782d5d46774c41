package dev.hydranet;

import java.awt.Color;
import java.awt.Graphics2D;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The colours of a depth map from the nearest to the farthest, with ticks in metres. */
final class ScaleBar implements Footer {
  private static final int BAR = 14;
  private static final int TICK = 5;
  private static final int GAP = 8;
  private static final int WIDTH_AT_MOST = 640;

  /** The least room that a tick and its number have. */
  private static final int TICK_SPACING = 60;

  private final Colormap colours;
  private final DepthRange range;
  private final Lettering lettering;

  ScaleBar(Colormap colours, DepthRange range, Lettering lettering) {
    this.colours = colours;
    this.range = range;
    this.lettering = lettering;
  }

  /** From where to where the depths of an image go; empty if none is a finite number. */
  static String extent(DepthMap depth) {
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
      g.setColor(new Color(colours.rgb((float) i / (length - 1))));
      g.fillRect(x + i, top, 1, BAR);
    }
    g.setColor(ink);
    List<BigDecimal> ticks = ticks(range, length / TICK_SPACING);
    for (BigDecimal tick : ticks) {
      double fraction =
          (tick.doubleValue() - range.nearest()) / (range.farthest() - range.nearest());
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

  /** Multiples of 1, 2 or 5 times a power of ten, as many as fit. */
  static List<BigDecimal> ticks(DepthRange range, int atMost) {
    double length = range.farthest() - range.nearest();
    int exponent = (int) Math.floor(Math.log10(length / atMost));
    BigDecimal step = BigDecimal.ONE.scaleByPowerOfTen(exponent);
    for (int factor : new int[] {1, 2, 5, 10}) {
      step = BigDecimal.valueOf(factor).scaleByPowerOfTen(exponent).stripTrailingZeros();
      if (length / step.doubleValue() < atMost) {
        break;
      }
    }
    List<BigDecimal> ticks = new ArrayList<>();
    long first = (long) Math.ceil(range.nearest() / step.doubleValue());
    for (long i = first; i * step.doubleValue() <= range.farthest(); i++) {
      ticks.add(step.multiply(BigDecimal.valueOf(i)));
    }
    return ticks;
  }
}
