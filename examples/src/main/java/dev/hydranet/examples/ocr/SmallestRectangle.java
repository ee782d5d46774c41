package dev.hydranet.examples.ocr;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Finds the smallest rectangle around points. One of its sides lies on a side of their hull. */
final class SmallestRectangle {
  private SmallestRectangle() {}

  /**
   * {@return the rectangle}
   *
   * @param points at least one
   */
  static TextBox around(List<TextBox.Point> points) {
    List<TextBox.Point> hull = hull(points);
    TextBox best = null;
    for (int i = 0; i < hull.size(); i++) {
      TextBox.Point from = hull.get(i);
      TextBox.Point to = hull.get((i + 1) % hull.size());
      TextBox box = along(hull, Math.atan2(to.y() - from.y(), to.x() - from.x()));
      if (best == null || box.width() * box.height() < best.width() * best.height()) {
        best = box;
      }
    }
    return best;
  }

  private static TextBox along(List<TextBox.Point> hull, double angle) {
    double cos = Math.cos(angle);
    double sin = Math.sin(angle);
    double left = Double.POSITIVE_INFINITY;
    double right = Double.NEGATIVE_INFINITY;
    double top = Double.POSITIVE_INFINITY;
    double bottom = Double.NEGATIVE_INFINITY;
    for (TextBox.Point point : hull) {
      double u = point.x() * cos + point.y() * sin;
      double v = point.y() * cos - point.x() * sin;
      left = Math.min(left, u);
      right = Math.max(right, u);
      top = Math.min(top, v);
      bottom = Math.max(bottom, v);
    }
    double u = (left + right) / 2;
    double v = (top + bottom) / 2;
    return new TextBox(u * cos - v * sin, u * sin + v * cos, right - left, bottom - top, angle);
  }

  /** The convex hull, by Andrew's monotone chain (1979). */
  private static List<TextBox.Point> hull(List<TextBox.Point> points) {
    List<TextBox.Point> sorted =
        points.stream()
            .distinct()
            .sorted(Comparator.comparingDouble(TextBox.Point::x).thenComparing(TextBox.Point::y))
            .toList();
    if (sorted.size() < 3) {
      return sorted;
    }
    List<TextBox.Point> hull = new ArrayList<>(half(sorted));
    hull.addAll(half(sorted.reversed()));
    return hull;
  }

  /** One side of the hull, without its last point. */
  private static List<TextBox.Point> half(List<TextBox.Point> sorted) {
    List<TextBox.Point> chain = new ArrayList<>();
    for (TextBox.Point point : sorted) {
      while (chain.size() >= 2 && !turns(chain.get(chain.size() - 2), chain.getLast(), point)) {
        chain.removeLast();
      }
      chain.add(point);
    }
    chain.removeLast();
    return chain;
  }

  private static boolean turns(TextBox.Point a, TextBox.Point b, TextBox.Point c) {
    return (b.x() - a.x()) * (c.y() - a.y()) - (b.y() - a.y()) * (c.x() - a.x()) > 0;
  }
}
