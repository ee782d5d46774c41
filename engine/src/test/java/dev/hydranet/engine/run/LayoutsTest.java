package dev.hydranet.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hydranet.engine.tensor.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LayoutsTest {
  private static final int LENGTH = 100_000;

  /** What one end of a long chain asks for holds at the other end, too. */
  @ParameterizedTest
  @EnumSource(
      value = Step.Layout.class,
      names = {"PIXELS", "ROWS"})
  void valuesThatMustLieAlikeDo(Step.Layout last) {
    List<Step> steps = new ArrayList<>();
    Map<String, Shape> shapes = new HashMap<>();
    shapes.put("value 0", Shape.of(1, 2, 3, 4));
    for (int i = 1; i <= LENGTH; i++) {
      String name = "value " + i;
      shapes.put(name, Shape.of(1, 2, 3, 4));
      Step.Layout layout = i < LENGTH ? Step.Layout.EQUAL : last;
      steps.add(
          new Step(
              name,
              "",
              List.of(),
              List.of("value " + (i - 1)),
              false,
              all -> all.get(name),
              layout,
              null));
    }
    assertThat(Layouts.images(List.of("value 0"), steps, shapes))
        .hasSize(last == Step.Layout.PIXELS ? LENGTH + 1 : 0);
  }
}
