package dev.hydranet.engine.kernel.simd.vector;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.Set;

/**
 * Whether the compiler cuts counted loops into strips, between which the JVM can stop the thread
 * ("loop strip mining"). It does for collectors that are to stop threads quickly. It decides what
 * stays in registers differently for a loop and for a strip.
 */
public final class LoopStrips {
  /** The young generation's collectors, Serial and Parallel, under which loops stay whole. */
  private static final Set<String> WHOLE = Set.of("Copy", "PS Scavenge");

  /** True unless one of these is in use; also where nothing says so. */
  public static final boolean EXPECTED = expected();

  private LoopStrips() {}

  private static boolean expected() {
    try {
      return ManagementFactory.getGarbageCollectorMXBeans().stream()
          .map(GarbageCollectorMXBean::getName)
          .noneMatch(WHOLE::contains);
    } catch (LinkageError e) {
      // The module java.management may be missing.
      return true;
    }
  }
}
