package dev.hydranet.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import dev.hydranet.engine.Engine;
import dev.hydranet.engine.Threads;
import dev.hydranet.engine.graph.Graph;
import dev.hydranet.engine.plan.Planner;
import dev.hydranet.engine.plan.Session;
import dev.hydranet.engine.tensor.Shape;
import dev.hydranet.engine.tensor.Tensor;
import dev.hydranet.engine.testing.OtherJvm;
import dev.hydranet.engine.weights.RandomWeights;
import dev.hydranet.network.HydraNetwork;
import dev.hydranet.network.MobileNetV2;
import dev.hydranet.network.Task;
import java.lang.management.ManagementFactory;
import java.util.EnumSet;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a network allocates in its first run: nearly nothing, since its kernels' loops are compiled
 * by then. A loop that is not makes an object of every vector, hundreds of megabytes.
 */
class FirstRunTest {
  private static final long FEW_BYTES = 1 << 20;

  @ParameterizedTest
  @ValueSource(strings = {"kitti", "nyud", "nyud3", "mobilenetv2"})
  void theFirstRunFindsItsLoopsCompiled(String network) throws Exception {
    assumeTrue(Engine.info().simd(), "scalar kernels need no warm-up");
    assertThat(OtherJvm.run(AllocateInFirstRun.class, OtherJvm.sameKernels(), network))
        .singleElement()
        .satisfies(bytes -> assertThat(Long.parseLong(bytes)).isBetween(0L, FEW_BYTES));
  }

  /** Prints the bytes that the first run of a network allocates. */
  static final class AllocateInFirstRun {
    public static void main(String[] args) {
      Graph graph = graph(args[0]);
      Shape shape = Shape.of(1, 3, 240, 320);
      Session session =
          Planner.plan(graph, RandomWeights.of(graph, 1)).newSession(shape, Threads.of(1));
      Map<String, Tensor> inputs = Map.of("input", Tensor.zeros(shape));
      Map<String, Tensor> outputs = session.newOutputs();
      ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
      long before = threads.getCurrentThreadAllocatedBytes();
      session.run(inputs, outputs);
      System.out.println(threads.getCurrentThreadAllocatedBytes() - before);
    }

    private static Graph graph(String network) {
      return switch (network) {
        case "kitti" -> HydraNetwork.of(6, EnumSet.of(Task.SEGM, Task.DEPTH)).graph();
        case "nyud" -> HydraNetwork.of(40, EnumSet.of(Task.SEGM, Task.DEPTH)).graph();
        case "nyud3" -> HydraNetwork.of(40, EnumSet.allOf(Task.class)).graph();
        default -> MobileNetV2.of(1, 1000).graph();
      };
    }
  }
}
