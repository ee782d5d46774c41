package dev.hydranet.engine.kernel.simd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hydranet.engine.Engine;
import dev.hydranet.engine.testing.OtherJvm;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class WarmUpTest {
  /** In a JVM of its own: here, the compiler has long seen the loops at work. */
  @Test
  void everyHotLoopBecomesFreeOfAllocationByItself() throws Exception {
    assumeTrue(Engine.info().simd(), "scalar kernels need no warm-up");
    assertThat(OtherJvm.run(CompileHotLoops.class, OtherJvm.sameKernels()))
        .containsExactly("left: []");
  }

  /** Prints the names of the loops that are not compiled after two minutes. */
  static final class CompileHotLoops {
    public static void main(String[] args) {
      List<HotLoop> loops = HotLoops.all(new SimdKernels().panel());
      List<HotLoop> left = WarmUp.compile(loops, Duration.ofMinutes(2));
      System.out.println("left: " + left.stream().map(HotLoop::name).toList());
    }
  }

  @Test
  void aLoopThatAllocatesIsGivenUp() {
    byte[][] kept = new byte[1][];
    HotLoop allocates =
        new HotLoop(
            "allocates",
            (times, rounds) -> {
              for (int i = 0; i < times * rounds; i++) {
                kept[0] = new byte[1];
              }
            });
    HotLoop doesNot = new HotLoop("does not", (times, rounds) -> {});
    assertThat(WarmUp.compile(List.of(allocates, doesNot), Duration.ofMillis(20)))
        .containsExactly(allocates);
  }

  @Test
  void anInterruptedThreadDoesNotWait() {
    new SimdKernels().warmUp();
    Thread.currentThread().interrupt();
    WarmUp.await();
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void nothingIsLeftRunning() {
    new SimdKernels().warmUp();
    WarmUp.await();
    assertThat(Thread.getAllStackTraces().keySet())
        .extracting(Thread::getName)
        .doesNotContain("hydranet-warm-up");
  }
}
