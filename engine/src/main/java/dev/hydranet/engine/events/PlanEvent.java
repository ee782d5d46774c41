package dev.hydranet.engine.events;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;

/** A graph was compiled for the kernels in use. */
@Name("dev.hydranet.Plan")
@Label("Plan Made")
@Description("A graph was compiled for the kernels in use.")
@Category("HydraNet")
@StackTrace(false)
final class PlanEvent extends Event {
  @Label("Nodes")
  int nodes;

  @Label("Steps or groups of them")
  int stepGroups;

  @Label("Kernels")
  String kernels;

  @Label("Planning Time")
  @Timespan(Timespan.NANOSECONDS)
  long planningTime;
}
