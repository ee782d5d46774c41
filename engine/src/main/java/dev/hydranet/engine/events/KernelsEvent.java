package dev.hydranet.engine.events;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** The kernels that all networks of this JVM run on. */
@Name("dev.hydranet.Kernels")
@Label("Kernels Chosen")
@Description("The kernels that all networks of this JVM run on.")
@Category("HydraNet")
@StackTrace(false)
final class KernelsEvent extends Event {
  @Label("Vector Bits")
  int vectorBits;

  @Label("Reason")
  String reason;
}
