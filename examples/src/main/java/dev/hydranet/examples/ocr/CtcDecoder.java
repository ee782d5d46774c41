package dev.hydranet.examples.ocr;

import dev.hydranet.engine.tensor.Tensor;
import java.util.List;

/**
 * Decodes a recogniser's output to text. It takes the likeliest character at each place, and drops
 * repetitions and blanks (connectionist temporal classification, Graves 2006).
 *
 * @param characters in the order of their classes, from 1 on; class 0 is the blank
 */
record CtcDecoder(List<String> characters) {
  /**
   * A decoded text.
   *
   * @param text the characters
   * @param confidence the mean probability of the characters, or 0 if there are none
   */
  record Reading(String text, double confidence) {}

  /** Copies the list. */
  CtcDecoder {
    characters = List.copyOf(characters);
  }

  /**
   * {@return the text and its confidence}
   *
   * @param probabilities {@code [1, places, 1 + characters]}
   * @throws IllegalArgumentException if the number of classes does not fit the characters
   */
  Reading decode(Tensor probabilities) {
    int places = probabilities.shape().dim(1);
    int classes = probabilities.shape().dim(2);
    if (classes != characters.size() + 1) {
      throw new IllegalArgumentException(
          "the network knows "
              + (classes - 1)
              + " characters, the dictionary "
              + characters.size()
              + ": it is another network's");
    }
    StringBuilder text = new StringBuilder();
    double sum = 0;
    int count = 0;
    int before = 0;
    for (int place = 0; place < places; place++) {
      int best = best(probabilities.data(), place * classes, classes);
      if (best != 0 && best != before) {
        text.append(characters.get(best - 1));
        sum += probabilities.data()[place * classes + best];
        count++;
      }
      before = best;
    }
    return new Reading(text.toString(), count == 0 ? 0 : sum / count);
  }

  private static int best(float[] data, int from, int count) {
    int best = 0;
    for (int i = 1; i < count; i++) {
      if (data[from + i] > data[from + best]) {
        best = i;
      }
    }
    return best;
  }
}
