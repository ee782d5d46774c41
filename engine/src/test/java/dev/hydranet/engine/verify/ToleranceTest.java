package dev.hydranet.engine.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hydranet.engine.graph.Conv2d;
import dev.hydranet.engine.graph.Graph;
import dev.hydranet.engine.graph.GraphBuilder;
import dev.hydranet.engine.graph.Value;
import dev.hydranet.engine.tensor.Shape;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ToleranceTest {
  @Test
  void nothingSummedIsExact() {
    assertThat(Tolerance.forTerms(0)).isZero();
  }

  @Test
  void itGrowsWithTheRootOfTheTerms() {
    assertThat(Tolerance.forTerms(4)).isEqualTo(0x1p-21);
    assertThat(Tolerance.forTerms(400)).isEqualTo(10 * Tolerance.forTerms(4));
  }

  @Test
  void theLongestPathCounts() {
    GraphBuilder g = new GraphBuilder();
    Value x = g.input("input");
    Value near = g.conv2d("near", x, Conv2d.pointwise(4, 4));
    Value far = g.conv2d("far", x, Conv2d.of(4, 4, 3).withPadding(1).withBias());
    far = g.batchNorm("norm", far, 4);
    far = g.maxPool2d("pool", far, 3, 1, 1);
    g.output("sum", g.add("sum", near, far));
    Graph graph = g.build();
    assertThat(
            Tolerance.of(
                graph,
                Map.of("input", Shape.of(1, 4, 8, 8)),
                List.of("sum", "near", "pool", "input")))
        .containsExactly(
            Map.entry("sum", Tolerance.forTerms(4 * 9 + 1 + 2 + 2)),
            Map.entry("near", Tolerance.forTerms(4)),
            Map.entry("pool", Tolerance.forTerms(4 * 9 + 1 + 2)),
            Map.entry("input", 0.0));
  }
}
