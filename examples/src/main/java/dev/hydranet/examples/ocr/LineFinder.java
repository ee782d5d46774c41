package dev.hydranet.examples.ocr;

import dev.hydranet.engine.tensor.Tensor;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Finds the lines of text in a picture: the first of the three networks. */
final class LineFinder {
  /** The longer side of what the network sees, at most. */
  private static final int LONGEST = 960;

  /** The network halves its input five times. */
  private static final int MULTIPLE = 32;

  /** Lines whose centres differ less in height stand beside each other. */
  private static final double BESIDE = 0.5;

  /** Means and deviations of ImageNet, of red first, though blue comes first: so it was trained. */
  private static final Pixels PIXELS =
      new Pixels(new float[] {0.485f, 0.456f, 0.406f}, new float[] {0.229f, 0.224f, 0.225f});

  private final AnyShape network;

  LineFinder(AnyShape network) {
    this.network = network;
  }

  /** {@return a box around each line, from the top down, those beside each other left to right} */
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

  /** By rows: a box begins a new one if it lies lower than the row's first. */
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
