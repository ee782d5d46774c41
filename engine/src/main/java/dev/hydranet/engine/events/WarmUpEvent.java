package dev.hydranet.engine.events;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;

/** The hot loops of the kernels were compiled. */
@Name("dev.hydranet.WarmUp")
@Label("Warm-Up")
@Description("The hot loops of the kernels were compiled.")
@Category("HydraNet")
@StackTrace(false)
final class WarmUpEvent extends Event {
  @Label("Hot Loops")
  int loops;

  @Label("Not Compiled in Time")
  int notCompiled;

  @Label("Warm-Up Time")
  @Timespan(Timespan.NANOSECONDS)
  long warmUpTime;
}
