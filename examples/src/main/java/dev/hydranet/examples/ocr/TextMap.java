package dev.hydranet.examples.ocr;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The probability that each pixel is text, and the boxes around text pixels. This is the
 * post-processing of "Differentiable Binarization" (arXiv 1911.08947).
 *
 * @param probabilities row by row, from 0 to 1
 * @param width pixels per row
 */
record TextMap(float[] probabilities, int width) {
  /** A pixel is text if its probability is above this. */
  private static final float TEXT = 0.3f;

  /** Boxes with a lower mean probability are dropped. */
  private static final double LIKELY = 0.6;

  /** Boxes with a shorter side, in pixels, are dropped as noise. */
  private static final double SMALLEST = 3;

  /** The network was trained on shrunk lines; this ratio grows boxes back to full size. */
  private static final double UNCLIP = 1.5;

  /** {@return a box around each group of connected text pixels, in no particular order} */
  List<TextBox> boxes() {
    boolean[] seen = new boolean[probabilities.length];
    List<TextBox> boxes = new ArrayList<>();
    for (int start = 0; start < probabilities.length; start++) {
      if (!seen[start] && probabilities[start] > TEXT) {
        TextBox box = SmallestRectangle.around(group(start, seen));
        if (Math.min(box.width(), box.height()) >= SMALLEST && likelihood(box) >= LIKELY) {
          boxes.add(unclipped(box).inReadingOrder());
        }
      }
    }
    return boxes;
  }

  /** Grows a box by the paper's offset: area times the ratio, divided by the perimeter. */
  private static TextBox unclipped(TextBox box) {
    double area = box.width() * box.height();
    return box.grown(area * UNCLIP / (2 * (box.width() + box.height())));
  }

  /** All text pixels connected to one, directly or through others. A pixel has 8 neighbours. */
  private List<TextBox.Point> group(int start, boolean[] seen) {
    List<TextBox.Point> points = new ArrayList<>();
    Deque<Integer> next = new ArrayDeque<>(List.of(start));
    seen[start] = true;
    while (!next.isEmpty()) {
      int pixel = next.remove();
      int x = pixel % width;
      int y = pixel / width;
      points.add(new TextBox.Point(x, y));
      for (int dy = -1; dy <= 1; dy++) {
        for (int dx = -1; dx <= 1; dx++) {
          int neighbour = pixel + dy * width + dx;
          boolean inside =
              x + dx >= 0 && x + dx < width && neighbour >= 0 && neighbour < probabilities.length;
          if (inside && !seen[neighbour] && probabilities[neighbour] > TEXT) {
            seen[neighbour] = true;
            next.add(neighbour);
          }
        }
      }
    }
    return points;
  }

  /** The mean probability in a box. */
  private double likelihood(TextBox box) {
    List<TextBox.Point> corners = box.corners();
    int left = (int) corners.stream().mapToDouble(TextBox.Point::x).min().orElseThrow();
    int right = (int) corners.stream().mapToDouble(TextBox.Point::x).max().orElseThrow();
    int top = (int) corners.stream().mapToDouble(TextBox.Point::y).min().orElseThrow();
    int bottom = (int) corners.stream().mapToDouble(TextBox.Point::y).max().orElseThrow();
    double sum = 0;
    int count = 0;
    for (int y = Math.max(0, top); y <= Math.min(bottom, probabilities.length / width - 1); y++) {
      for (int x = Math.max(0, left); x <= Math.min(right, width - 1); x++) {
        if (box.contains(x, y)) {
          sum += probabilities[y * width + x];
          count++;
        }
      }
    }
    return count == 0 ? 0 : sum / count;
  }
}
