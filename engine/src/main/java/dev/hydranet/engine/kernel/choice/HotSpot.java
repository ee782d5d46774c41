package dev.hydranet.engine.kernel.choice;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;

/** The flags of the running HotSpot JVM. */
final class HotSpot {
  private HotSpot() {}

  /**
   * Whether a flag has one of the values; false where the flag or the module that tells flags is
   * not there.
   */
  static boolean flagIs(String name, String... values) {
    try {
      String value =
          ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
              .getVMOption(name)
              .getValue();
      return Arrays.asList(values).contains(value);
    } catch (IllegalArgumentException | LinkageError e) {
      return false;
    }
  }
}
