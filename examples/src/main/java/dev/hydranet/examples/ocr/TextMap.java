package dev.hydranet.examples.ocr;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * How likely each pixel is part of a line of text, and the boxes around those that are: what
 * "Differentiable Binarization" (arXiv 1911.08947) does after its network.
 *
 * @param probabilities row by row, from 0 to 1
 * @param width of a row
 */
record TextMap(float[] probabilities, int width) {
  /** From here on, a pixel is text. */
  private static final float TEXT = 0.3f;

  /** A box whose pixels are less likely text on average is none. */
  private static final double LIKELY = 0.6;

  /** Shorter sides, in pixels, are noise. */
  private static final double SMALLEST = 3;

  /** The network learned lines that are shrunk; this makes them whole again. */
  private static final double UNCLIP = 1.5;

  /** {@return a box around each group of text pixels that touch, in no order} */
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

  /** The paper's offset: area times a ratio, over the perimeter. */
  private static TextBox unclipped(TextBox box) {
    double area = box.width() * box.height();
    return box.grown(area * UNCLIP / (2 * (box.width() + box.height())));
  }

  /** The pixels that are connected with one, its eight neighbours and theirs. */
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
