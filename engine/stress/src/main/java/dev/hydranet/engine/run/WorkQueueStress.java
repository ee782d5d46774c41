package dev.hydranet.engine.run;

import dev.hydranet.engine.kernel.Kernel;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IIIIII_Result;

/** A caller runs two kernels of two parts each, and a worker takes what parts it can get. */
@JCStressTest
@Outcome(
    id = "1, 1, 1, 1, 2, 2",
    expect = Expect.ACCEPTABLE,
    desc = "Each part has run once, those of the second kernel after both of the first.")
@Outcome(
    expect = Expect.FORBIDDEN,
    desc = "A part was left out, run twice, or did not see what came before.")
@State
public class WorkQueueStress {
  /**
   * Counts, in plain memory, how often its parts run and how many of the kernel before they see.
   */
  private static final class Counting implements Kernel {
    final int[] runs = new int[2];
    final int[] seen = new int[2];
    private final int[] before;

    Counting(int[] before) {
      this.before = before;
    }

    @Override
    public int parts() {
      return 2;
    }

    @Override
    public void run(int part, float[] scratch) {
      seen[part] = before[0] + before[1];
      runs[part]++;
    }
  }

  private final WorkQueue queue = new WorkQueue();
  private final Counting first = new Counting(new int[2]);
  private final Counting second = new Counting(first.runs);

  @Actor
  public void caller(IIIIII_Result result) {
    run(first);
    run(second);
    result.r1 = first.runs[0];
    result.r2 = first.runs[1];
    result.r3 = second.runs[0];
    result.r4 = second.runs[1];
    result.r5 = second.seen[0];
    result.r6 = second.seen[1];
  }

  private void run(Kernel kernel) {
    queue.take(queue.open(kernel), null);
    while (!queue.isFinished()) {
      Thread.onSpinWait();
    }
  }

  /** As long as the kernels last, more or less. */
  @Actor
  public void worker() {
    for (int i = 0; i < 8; i++) {
      queue.take(queue.number(), null);
    }
  }
}
