package dev.hydranet.engine.kernel.simd.vector;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Optional;
import java.util.function.LongSupplier;

/** How many bytes a thread allocates; apart, because the module that counts may be missing. */
final class ThreadAllocations {
  private ThreadAllocations() {}

  /** What counts the bytes that the calling thread has allocated; empty where nothing does. */
  static Optional<LongSupplier> counter() {
    try {
      return ManagementFactory.getThreadMXBean() instanceof ThreadMXBean threads
              && threads.isThreadAllocatedMemorySupported()
              && threads.isThreadAllocatedMemoryEnabled()
          ? Optional.of(threads::getCurrentThreadAllocatedBytes)
          : Optional.empty();
    } catch (LinkageError e) {
      return Optional.empty();
    }
  }
}
