package dev.hydranet.examples.ocr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.hydranet.engine.tensor.Shape;
import dev.hydranet.engine.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

class CtcDecoderTest {
  private static final int CLASSES = 4;
  private final CtcDecoder decoder = new CtcDecoder(List.of("a", "b", "é"));

  /** One likely class at each place. */
  private static Tensor places(float probability, int... classes) {
    Tensor tensor = Tensor.zeros(Shape.of(1, classes.length, CLASSES));
    for (int place = 0; place < classes.length; place++) {
      for (int i = 0; i < CLASSES; i++) {
        tensor.data()[place * CLASSES + i] =
            i == classes[place] ? probability : (1 - probability) / (CLASSES - 1);
      }
    }
    return tensor;
  }

  @Test
  void blanksAndRepetitionsAreLeftOut() {
    assertThat(decoder.decode(places(0.7f, 0, 1, 1, 0, 1, 2, 2, 3, 0)).text()).isEqualTo("aabé");
    assertThat(decoder.decode(places(0.7f, 3, 1, 3)).text()).isEqualTo("éaé");
  }

  @Test
  void confidenceIsTheMeanOfTheCharactersThatAreKept() {
    Tensor tensor = places(0.8f, 1, 1, 0, 2);
    // A repetition and a blank do not count.
    tensor.data()[CLASSES + 1] = 0.9f;
    tensor.data()[3 * CLASSES + 2] = 0.6f;
    assertThat(decoder.decode(tensor).confidence()).isCloseTo(0.7, within(1e-6));
  }

  @Test
  void nothingButBlanksIsNoText() {
    CtcDecoder.Reading reading = decoder.decode(places(0.9f, 0, 0, 0));
    assertThat(reading.text()).isEmpty();
    assertThat(reading.confidence()).isZero();
  }

  @Test
  void aDictionaryOfAnotherNetworkIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CtcDecoder(List.of("a")).decode(places(0.7f, 1)))
        .withMessageContaining("3 characters, the dictionary 1");
  }
}
