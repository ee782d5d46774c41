package dev.hydranet.engine.events;

/**
 * Events for Java Flight Recorder. They are off until a recording asks for them, and absent where
 * the JVM has no module {@code jdk.jfr}.
 */
public final class FlightRecorder {
  private static final boolean PRESENT = ModuleLayer.boot().findModule("jdk.jfr").isPresent();

  private FlightRecorder() {}

  /** Whether there is a recorder at all; where not, no class of an event may be touched. */
  public static boolean isPresent() {
    return PRESENT;
  }

  /** A plan was made, which began at a time of {@link System#nanoTime}. */
  public static void planMade(int nodes, int steps, String kernels, long beganNanos) {
    if (PRESENT) {
      PlanEvent event = new PlanEvent();
      if (event.isEnabled()) {
        event.nodes = nodes;
        event.stepGroups = steps;
        event.kernels = kernels;
        event.planningTime = System.nanoTime() - beganNanos;
        event.commit();
      }
    }
  }

  /** The kernels were chosen. */
  public static void kernelsChosen(int vectorBits, String reason) {
    if (PRESENT) {
      KernelsEvent event = new KernelsEvent();
      if (event.isEnabled()) {
        event.vectorBits = vectorBits;
        event.reason = reason;
        event.commit();
      }
    }
  }

  /** The kernels' hot loops were compiled, which began at a time of {@link System#nanoTime}. */
  public static void warmedUp(int loops, int left, long beganNanos) {
    if (PRESENT) {
      WarmUpEvent event = new WarmUpEvent();
      if (event.isEnabled()) {
        event.loops = loops;
        event.notCompiled = left;
        event.warmUpTime = System.nanoTime() - beganNanos;
        event.commit();
      }
    }
  }
}
