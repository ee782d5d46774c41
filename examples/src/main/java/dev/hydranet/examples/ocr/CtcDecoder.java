package dev.hydranet.examples.ocr;

import dev.hydranet.engine.tensor.Tensor;
import java.util.List;

/**
 * Text out of what a recogniser sees from left to right: at each place the likeliest character,
 * without repetitions and blanks (connectionist temporal classification, Graves 2006).
 *
 * @param characters by their class, which begins at 1; class 0 is the blank
 */
record CtcDecoder(List<String> characters) {
  /**
   * A text.
   *
   * @param text what was read
   * @param confidence mean probability of its characters, 0 without any
   */
  record Reading(String text, double confidence) {}

  /** Copies the list. */
  CtcDecoder {
    characters = List.copyOf(characters);
  }

  /**
   * {@return what was read}
   *
   * @param probabilities {@code [1, places, 1 + characters]}
   * @throws IllegalArgumentException if it is of other characters
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
