package dev.hydranet.drawing;

import java.awt.Color;
import java.awt.Graphics2D;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The classes of a segmentation: colour, name and, where wanted, share of the image. */
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
    private Item withShare() {
      long rounded = Math.round(share * 100);
      return new Item(name + (rounded == 0 ? " <1 %" : " " + rounded + " %"), colour);
    }
  }

  private record Item(String text, int colour) {}

  private record Place(Item item, int x, int row) {}

  private final Lettering lettering;
  private final List<Item> items;

  private Legend(Stream<Item> items, Lettering lettering) {
    this.lettering = lettering;
    this.items = items.toList();
  }

  /**
   * A legend of the classes that an image has, the largest first, with their shares.
   *
   * @param classes in any order; those without pixels are left out
   */
  public Legend(List<Entry> classes, Lettering lettering) {
    this(
        classes.stream()
            .filter(entry -> entry.share() > 0)
            .sorted(Comparator.comparingDouble(Entry::share).reversed())
            .map(Entry::withShare),
        lettering);
  }

  /**
   * A legend of all classes, in their order, which stays the same from image to image.
   *
   * @param classes their shares do not matter
   */
  public static Legend ofNames(List<Entry> classes, Lettering lettering) {
    return new Legend(
        classes.stream().map(entry -> new Item(entry.name(), entry.colour())), lettering);
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
      g.setColor(new Color(place.item().colour()));
      g.fillRect(left, swatchTop, SWATCH, SWATCH);
      g.setColor(ink);
      g.drawRect(left, swatchTop, SWATCH, SWATCH);
      lettering.draw(g, place.item().text(), left + SWATCH + GAP, top);
    }
  }

  /** Line by line, as text is set; what needs more lines than there may be is left out. */
  private List<Place> places(int width) {
    List<Place> places = new ArrayList<>();
    int x = 0;
    int row = 0;
    for (Item item : items) {
      int itemWidth = SWATCH + GAP + lettering.width(item.text());
      if (x > 0 && x + itemWidth > width) {
        x = 0;
        row++;
      }
      if (row == ROWS_AT_MOST) {
        break;
      }
      places.add(new Place(item, x, row));
      x += itemWidth + BETWEEN_ENTRIES;
    }
    return places;
  }

  private int rowHeight() {
    return lettering.lineHeight() + GAP / 2;
  }
}
