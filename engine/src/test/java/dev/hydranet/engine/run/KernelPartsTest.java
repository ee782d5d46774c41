package dev.hydranet.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hydranet.engine.compile.Compiler;
import dev.hydranet.engine.graph.Graph;
import dev.hydranet.engine.kernel.Kernel;
import dev.hydranet.engine.kernel.KernelProvider;
import dev.hydranet.engine.kernel.choice.Kernels;
import dev.hydranet.engine.tensor.Shape;
import dev.hydranet.engine.testing.RandomGraph;
import dev.hydranet.engine.testing.SeededTensors;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Parts of a kernel run at the same time, so no two of them may write to one place: not even the
 * same number, for on the way there it may hold another. Unlike a run on several threads, this sees
 * it every time.
 */
class KernelPartsTest {
  static LongStream seeds() {
    return LongStream.range(0, 40);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void noTwoPartsWriteToOnePlace(long seed) {
    RandomGraph random = RandomGraph.of(seed);
    Graph graph = random.graph();
    KernelProvider kernels = Kernels.provider();
    Map<String, Shape> shapes = graph.shapes(Map.of("input", random.input().shape()));
    List<Step> steps =
        Compiler.compile(graph, random.weights(), kernels, graph.outputs()).stream()
            .flatMap(group -> group.steps(shapes).stream())
            .toList();
    Arena arena = Arena.of(kernels.lanes(), graph.inputs(), steps, shapes);
    float[] memory = new float[(int) arena.lengths()[0]];
    Map<String, Place> places = arena.places(new float[][] {memory});
    for (Step step : steps) {
      List<Place> reads = step.reads().stream().map(places::get).toList();
      Kernel kernel = step.binding().bind(reads, places.get(step.name()));
      BitSet written = new BitSet();
      for (int part = 0; part < kernel.parts(); part++) {
        BitSet writes = writes(kernel, part, memory);
        assertThat(writes.intersects(written))
            .as("part %d of %s writes where another does; %s", part, step.description(), random)
            .isFalse();
        written.or(writes);
      }
      assertThat(written.isEmpty())
          .as("%s writes nothing; %s", step.description(), random)
          .isFalse();
    }
  }

  /** The indices that a part writes to: those whose numbers change. */
  private static BitSet writes(Kernel kernel, int part, float[] memory) {
    float[] before = SeededTensors.uniform("memory", Shape.of(memory.length), part).data();
    System.arraycopy(before, 0, memory, 0, memory.length);
    kernel.run(part, new float[(int) kernel.scratchFloats()]);
    BitSet writes = new BitSet();
    for (int i = 0; i < memory.length; i++) {
      if (memory[i] != before[i]) {
        writes.set(i);
      }
    }
    return writes;
  }
}
