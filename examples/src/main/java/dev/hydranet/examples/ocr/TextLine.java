package dev.hydranet.examples.ocr;

import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A line of text in a picture.
 *
 * @param box its place in the picture
 * @param text its characters
 * @param confidence the network's confidence, from 0 to 1
 */
record TextLine(TextBox box, String text, double confidence) {
  /** The confidence, the corners clockwise from the text's top left, and the text. */
  @Override
  public String toString() {
    String corners =
        box.corners().stream()
            .map(corner -> String.format(Locale.ROOT, "%.0f,%.0f", corner.x(), corner.y()))
            .collect(Collectors.joining(" "));
    return String.format(Locale.ROOT, "%.3f  %-40s  %s", confidence, corners, text);
  }
}
