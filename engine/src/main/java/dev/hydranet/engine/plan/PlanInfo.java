package dev.hydranet.engine.plan;

import dev.hydranet.engine.Threads;
import java.util.List;

/**
 * What the planner chose for inputs of one shape: the steps of a session, in order, and its memory.
 *
 * @param steps of a session, in the order in which they run
 * @param activationBytes memory that the values share, each for as long as it is needed
 * @param scratchBytes memory of each thread: the most that a step needs
 */
public record PlanInfo(List<StepInfo> steps, long activationBytes, long scratchBytes) {
  /** Copies the list of steps. */
  public PlanInfo {
    steps = List.copyOf(steps);
  }

  /** {@return multiply-adds of all nodes} */
  public long macs() {
    return steps.stream().mapToLong(StepInfo::macs).sum();
  }

  /** {@return multiply-adds that the kernels really do} */
  public long macsDone() {
    return steps.stream().mapToLong(StepInfo::macsDone).sum();
  }

  /**
   * Packed weights of all steps.
   *
   * @return bytes
   */
  public long weightBytes() {
    return steps.stream().mapToLong(StepInfo::weightBytes).sum();
  }

  /**
   * Memory of a session: activations and the scratch of its threads.
   *
   * @param threads of the session
   * @return bytes
   */
  public long workingBytes(Threads threads) {
    return activationBytes + threads.count() * scratchBytes;
  }
}
