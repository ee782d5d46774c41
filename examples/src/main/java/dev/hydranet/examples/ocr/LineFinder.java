package dev.hydranet.examples.ocr;

import dev.hydranet.engine.tensor.Tensor;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Finds the lines of text in a picture: the first of the three networks. */
final class LineFinder {
  /** The network's input is at most this long on its longer side. */
  private static final int LONGEST = 960;

  /** The network halves its input five times. */
  private static final int MULTIPLE = 32;

  /** Lines are in one row if their centres differ by less than this part of a line's height. */
  private static final double BESIDE = 0.5;

  /** ImageNet's values, red first. Pixels are blue first: the network was trained like this. */
  private static final Pixels PIXELS =
      new Pixels(new float[] {0.485f, 0.456f, 0.406f}, new float[] {0.229f, 0.224f, 0.225f});

  private final AnyShape network;

  LineFinder(AnyShape network) {
    this.network = network;
  }

  /** {@return a box around each line, row by row from the top, and left to right in a row} */
  List<TextBox> find(BufferedImage image) {
    double scale = Math.min(1, (double) LONGEST / Math.max(image.getWidth(), image.getHeight()));
    int width = multiple(image.getWidth() * scale);
    int height = multiple(image.getHeight() * scale);
    TextBox all =
        new TextBox(
            image.getWidth() / 2.0,
            image.getHeight() / 2.0,
            image.getWidth(),
            image.getHeight(),
            0);
    Tensor map = network.run(PIXELS.of(image, all, height, width, width));
    return inOrder(
        new TextMap(map.data(), width)
            .boxes().stream()
                .map(
                    box ->
                        box.scaled(
                            (double) image.getWidth() / width, (double) image.getHeight() / height))
                .toList());
  }

  private static int multiple(double extent) {
    return Math.max(MULTIPLE, (int) Math.round(extent / MULTIPLE) * MULTIPLE);
  }

  /** Sorts boxes by rows. A box begins a new row if it lies lower than the row's first box. */
  static List<TextBox> inOrder(List<TextBox> boxes) {
    List<TextBox> sorted =
        new ArrayList<>(boxes.stream().sorted(Comparator.comparingDouble(TextBox::y)).toList());
    int begin = 0;
    for (int i = 1; i <= sorted.size(); i++) {
      TextBox first = sorted.get(begin);
      if (i == sorted.size() || sorted.get(i).y() - first.y() > BESIDE * first.height()) {
        sorted.subList(begin, i).sort(Comparator.comparingDouble(TextBox::x));
        begin = i;
      }
    }
    return List.copyOf(sorted);
  }
}
