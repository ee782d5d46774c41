package dev.hydranet.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import dev.hydranet.engine.Engine;
import dev.hydranet.engine.Threads;
import dev.hydranet.engine.graph.Conv2d;
import dev.hydranet.engine.graph.ConvTranspose2d;
import dev.hydranet.engine.graph.Elementwise.Binary;
import dev.hydranet.engine.graph.Elementwise.Unary;
import dev.hydranet.engine.graph.GlobalAvgPool;
import dev.hydranet.engine.graph.Graph;
import dev.hydranet.engine.graph.GraphBuilder;
import dev.hydranet.engine.graph.MatMul;
import dev.hydranet.engine.graph.Normalize;
import dev.hydranet.engine.graph.Size;
import dev.hydranet.engine.graph.Softmax;
import dev.hydranet.engine.graph.Value;
import dev.hydranet.engine.tensor.Shape;
import dev.hydranet.engine.tensor.Tensor;
import dev.hydranet.engine.testing.OtherJvm;
import dev.hydranet.engine.testing.SeededTensors;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The first run of a network with kernels that only some networks have finds their loops compiled,
 * too. A loop that is not makes an object of every vector, hundreds of megabytes.
 */
class FirstRunTest {
  private static final long FEW_BYTES = 1 << 20;

  @Test
  void loopsOfSeldomKernelsAreCompiledByThen() throws Exception {
    assumeTrue(Engine.info().simd(), "scalar kernels need no warm-up");
    assertThat(OtherJvm.run(AllocateInFirstRun.class, OtherJvm.sameKernels()))
        .singleElement()
        .satisfies(bytes -> assertThat(Long.parseLong(bytes)).isBetween(0L, FEW_BYTES));
  }

  /** Prints the bytes that the first run allocates. */
  static final class AllocateInFirstRun {
    public static void main(String[] args) {
      Graph graph = graph();
      Shape shape = Shape.of(1, 32, 64, 64);
      Session session =
          Planner.plan(graph, SeededTensors.parameters(graph, 1)).newSession(shape, Threads.of(1));
      Map<String, Tensor> inputs = Map.of("x", SeededTensors.uniform("x", shape, 1));
      Map<String, Tensor> outputs = session.newOutputs();
      ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
      long before = threads.getCurrentThreadAllocatedBytes();
      session.run(inputs, outputs);
      System.out.println(threads.getCurrentThreadAllocatedBytes() - before);
    }

    private static Graph graph() {
      GraphBuilder g = new GraphBuilder();
      Value x = g.input("x");
      Value y = g.op("conv", Conv2d.pointwise(32, 32).withBias(), x);
      y = g.op("sigmoid", new Unary(Unary.Function.SIGMOID), y);
      Value gate = g.op("mean", new GlobalAvgPool(), y);
      gate = g.op("squeeze", Conv2d.pointwise(32, 32).withBias(), gate);
      gate = g.op("excite", new Unary(Unary.Function.HARD_SIGMOID, 1f / 6, 0.5f), gate);
      y = g.op("gated", new Binary(Binary.Function.MUL), y, gate);
      Size two = Size.square(2);
      Size none = Size.square(0);
      y =
          g.op(
              "transposed",
              new ConvTranspose2d(32, 32, two, two, none, none, Size.square(1), 1, true),
              y);
      y = g.op("shares", new Softmax(1, false, false), y);
      y = g.op("norm", new Normalize.Layer(List.of(128), 1e-5), y);
      y = g.op("product", new MatMul(), y, y);
      g.output("y", g.op("gelu", new Unary(Unary.Function.GELU), y));
      return g.build();
    }
  }
}
