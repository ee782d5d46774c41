package dev.hydranet.engine.kernel.simd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import dev.hydranet.engine.Engine;
import dev.hydranet.engine.kernel.simd.vector.HotLoop;
import dev.hydranet.engine.kernel.simd.vector.WarmUp;
import dev.hydranet.engine.testing.OtherJvm;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

class WarmUpTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private static final LongSupplier COUNTER = THREADS::getCurrentThreadAllocatedBytes;

  /** Runs in a separate JVM: here, the compiler has long seen the loops at work. */
  @Test
  void everyHotLoopBecomesFreeOfAllocationByItself() throws Exception {
    assumeTrue(Engine.info().simd(), "scalar kernels need no warm-up");
    assertThat(OtherJvm.run(CompileHotLoops.class, OtherJvm.sameKernels(), "counted"))
        .containsExactly("left: [], still allocating: []");
  }

  /** As in an image of Java without the module jdk.management. */
  @Test
  void thatNeedsNobodyToCountAllocations() throws Exception {
    assumeTrue(Engine.info().simd(), "scalar kernels need no warm-up");
    assertThat(OtherJvm.run(CompileHotLoops.class, OtherJvm.sameKernels(), "blind"))
        .containsExactly("left: [], still allocating: []");
  }

  /** Prints the names of the loops that are not compiled after two minutes. */
  static final class CompileHotLoops {
    public static void main(String[] args) {
      List<HotLoop> loops = SimdKernels.hotLoops(new SimdKernels().panel());
      Optional<LongSupplier> counter = Optional.of(COUNTER).filter(c -> args[0].equals("counted"));
      List<HotLoop> left = WarmUp.compile(loops, Duration.ofMinutes(2), counter);
      List<HotLoop> allocating = new ArrayList<>(loops);
      long end = System.nanoTime() + Duration.ofMinutes(1).toNanos();
      while (!allocating.isEmpty() && System.nanoTime() < end) {
        // The compiler may still be busy with what it has been shown.
        allocating.removeIf(CompileHotLoops::allocatesNothing);
      }
      System.out.println("left: " + names(left) + ", still allocating: " + names(allocating));
    }

    private static boolean allocatesNothing(HotLoop loop) {
      long before = COUNTER.getAsLong();
      loop.calls().make(2, 2);
      return COUNTER.getAsLong() == before;
    }

    private static List<String> names(List<HotLoop> loops) {
      return loops.stream().map(HotLoop::name).toList();
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
    List<HotLoop> loops = List.of(allocates, doesNot);
    assertThat(WarmUp.compile(loops, Duration.ofMillis(20), Optional.of(COUNTER)))
        .containsExactly(allocates);
  }

  @Test
  void anInterruptedThreadDoesNotWait() {
    new SimdKernels().warmUp();
    Thread.currentThread().interrupt();
    WarmUp.await();
    // Where there was nothing to wait for, nobody has looked at the interrupt either.
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
