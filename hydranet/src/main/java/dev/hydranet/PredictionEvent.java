package dev.hydranet;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;

/** An image was looked at, or failed. */
@Name("dev.hydranet.Prediction")
@Label("Prediction")
@Description("An image was looked at, or failed.")
@Category("HydraNet")
@StackTrace(false)
final class PredictionEvent extends Event {
  @Label("Height")
  int height;

  @Label("Width")
  int width;

  @Label("Threads")
  @Description("That it could compute on.")
  int threads;

  @Label("Waiting Time")
  @Description("From the call to its turn.")
  @Timespan(Timespan.NANOSECONDS)
  long waitingTime;

  @Label("Failure")
  @Description("The class of the exception, if it has no answer.")
  String failure;
}
