package dev.hydranet.engine.plan;

import java.util.List;

/**
 * What the planner chose for inputs of one shape: the steps of a session, in order, and its memory.
 *
 * @param activationBytes memory that the values share, each for as long as it is needed
 * @param scratchBytes memory of each thread: the most that a step needs
 */
public record PlanInfo(List<StepInfo> steps, long activationBytes, long scratchBytes) {
  /** Copies the list of steps. */
  public PlanInfo {
    steps = List.copyOf(steps);
  }

  /** Multiply-adds of all nodes. */
  public long macs() {
    return steps.stream().mapToLong(StepInfo::macs).sum();
  }

  /** Multiply-adds that the kernels really do. */
  public long macsDone() {
    return steps.stream().mapToLong(StepInfo::macsDone).sum();
  }

  /** Packed weights of all steps. */
  public long weightBytes() {
    return steps.stream().mapToLong(StepInfo::weightBytes).sum();
  }

  /** Memory of a session: activations and the scratch of its threads. */
  public long workingBytes(Threads threads) {
    return activationBytes + threads.count() * scratchBytes;
  }
}
