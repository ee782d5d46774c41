package dev.hydranet.drawing;

import java.awt.Color;
import java.awt.Graphics2D;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The classes of a segmentation: colour, name and share of the image, the largest first. */
public final class Legend implements Footer {
  private static final int SWATCH = 12;
  private static final int GAP = 8;
  private static final int BETWEEN_ENTRIES = 20;
  private static final int ROWS_AT_MOST = 12;

  /**
   * A class.
   *
   * @param share of the image's pixels, 0 to 1
   * @param colour as {@code 0xRRGGBB}
   */
  public record Entry(String name, double share, int colour) {
    private String text() {
      long rounded = Math.round(share * 100);
      return name + (rounded == 0 ? " <1 %" : " " + rounded + " %");
    }
  }

  private record Place(Entry entry, int x, int row) {}

  private final Lettering lettering;
  private final List<Entry> entries;

  /**
   * A legend of the classes that the image has.
   *
   * @param classes in any order; those without pixels are left out
   */
  public Legend(List<Entry> classes, Lettering lettering) {
    this.lettering = lettering;
    this.entries =
        classes.stream()
            .filter(entry -> entry.share() > 0)
            .sorted(Comparator.comparingDouble(Entry::share).reversed())
            .toList();
  }

  @Override
  public int height(int width) {
    List<Place> places = places(width);
    return GAP + (places.get(places.size() - 1).row() + 1) * rowHeight();
  }

  @Override
  public void draw(Graphics2D g, int x, int y, int width) {
    Color ink = g.getColor();
    for (Place place : places(width)) {
      int left = x + place.x();
      int top = y + GAP + place.row() * rowHeight();
      int swatchTop = top + (lettering.lineHeight() - SWATCH) / 2;
      g.setColor(new Color(place.entry().colour()));
      g.fillRect(left, swatchTop, SWATCH, SWATCH);
      g.setColor(ink);
      g.drawRect(left, swatchTop, SWATCH, SWATCH);
      lettering.draw(g, place.entry().text(), left + SWATCH + GAP, top);
    }
  }

  /** Line by line, as text is set; what needs more lines than there may be is left out. */
  private List<Place> places(int width) {
    List<Place> places = new ArrayList<>();
    int x = 0;
    int row = 0;
    for (Entry entry : entries) {
      int entryWidth = SWATCH + GAP + lettering.width(entry.text());
      if (x > 0 && x + entryWidth > width) {
        x = 0;
        row++;
      }
      if (row == ROWS_AT_MOST) {
        break;
      }
      places.add(new Place(entry, x, row));
      x += entryWidth + BETWEEN_ENTRIES;
    }
    return places;
  }

  private int rowHeight() {
    return lettering.lineHeight() + GAP / 2;
  }
}
