package dev.hydranet.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.hydranet.engine.Threads;
import dev.hydranet.engine.graph.Graph;
import dev.hydranet.engine.tensor.Shape;
import dev.hydranet.engine.tensor.Tensor;
import dev.hydranet.engine.testing.OtherJvm;
import dev.hydranet.engine.testing.SeededTensors;
import dev.hydranet.engine.testing.SmallHydraNet;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * A session allocates nothing once its kernels are compiled. In a separate JVM, as a service has
 * it: here, thousands of other graphs have left their marks on the compiler's profiles.
 */
class AllocationTest {
  @Test
  void onceCompiledNothingIsAllocated() throws Exception {
    assertThat(OtherJvm.run(RunUntilNothingIsAllocated.class, OtherJvm.sameKernels()))
        .as("bytes allocated in ten runs")
        .containsExactly("0");
  }

  /** Prints the bytes that the last ten runs allocated: 0, or what they did after two minutes. */
  static final class RunUntilNothingIsAllocated {
    public static void main(String[] args) {
      Graph graph = SmallHydraNet.graph();
      Shape shape = Shape.of(1, 3, 61, 67);
      Session session =
          Planner.plan(graph, SeededTensors.parameters(graph, 1)).newSession(shape, Threads.of(1));
      Map<String, Tensor> inputs = Map.of("input", SeededTensors.uniform("input", shape, 1));
      Map<String, Tensor> outputs = session.newOutputs();
      ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
      Instant deadline = Instant.now().plus(Duration.ofMinutes(2));
      long allocated;
      do {
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < 10; i++) {
          session.run(inputs, outputs);
        }
        allocated = threads.getCurrentThreadAllocatedBytes() - before;
      } while (allocated > 0 && Instant.now().isBefore(deadline));
      System.out.println(allocated);
    }
  }
}
