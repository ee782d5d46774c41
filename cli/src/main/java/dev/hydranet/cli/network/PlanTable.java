package dev.hydranet.cli.network;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.hydranet.engine.plan.PlanInfo;
import dev.hydranet.engine.plan.StepInfo;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.function.Function;

/** What the planner chose, as a table and as JSON. */
public final class PlanTable {
  private PlanTable() {}

  /** Prints a row for each step, the totals and the memory. */
  public static void print(PlanInfo plan, PrintWriter out) {
    String row =
        "%-"
            + width(plan, StepInfo::value)
            + "s %-"
            + width(plan, StepInfo::kernel)
            + "s %-19s %13s %13s %5s %10s %10s  %s";
    out.println(
        String.format(
            Locale.ROOT,
            row,
            "value",
            "kernel",
            "output",
            "MACs",
            "MACs done",
            "parts",
            "weights KB",
            "scratch KB",
            "operators"));
    for (StepInfo step : plan.steps()) {
      out.println(
          String.format(
              Locale.ROOT,
              row,
              step.value(),
              step.kernel(),
              step.output(),
              String.format(Locale.ROOT, "%,d", step.macs()),
              String.format(Locale.ROOT, "%,d", step.macsDone()),
              step.parts(),
              kilobytes(step.weightBytes()),
              kilobytes(step.scratchBytes()),
              step.operators()));
    }
    out.println(
        String.format(
                Locale.ROOT,
                row,
                "total",
                "",
                "",
                String.format(Locale.ROOT, "%,d", plan.macs()),
                String.format(Locale.ROOT, "%,d", plan.macsDone()),
                "",
                kilobytes(plan.weightBytes()),
                "",
                "")
            .stripTrailing());
    out.println();
    out.println(
        String.format(
            Locale.ROOT,
            "memory: %.1f MB of activations, %.1f MB of scratch for each thread, %.1f MB of packed"
                + " weights",
            plan.activationBytes() / 1e6,
            plan.scratchBytes() / 1e6,
            plan.weightBytes() / 1e6));
  }

  /** Writes the field "plan". */
  public static void write(PlanInfo plan, JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("plan");
    json.writeArrayFieldStart("steps");
    for (StepInfo step : plan.steps()) {
      json.writeStartObject();
      json.writeStringField("value", step.value());
      json.writeStringField("operators", step.operators());
      json.writeArrayFieldStart("nodes");
      for (String node : step.nodes()) {
        json.writeString(node);
      }
      json.writeEndArray();
      json.writeStringField("kernel", step.kernel());
      JsonShape.write(json, "output", step.output());
      json.writeNumberField("macs", step.macs());
      json.writeNumberField("macsDone", step.macsDone());
      json.writeNumberField("parts", step.parts());
      json.writeNumberField("bytes", step.bytes());
      json.writeNumberField("weightBytes", step.weightBytes());
      json.writeNumberField("scratchBytes", step.scratchBytes());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeNumberField("macs", plan.macs());
    json.writeNumberField("macsDone", plan.macsDone());
    json.writeNumberField("weightBytes", plan.weightBytes());
    json.writeNumberField("activationBytes", plan.activationBytes());
    json.writeNumberField("scratchBytes", plan.scratchBytes());
    json.writeEndObject();
  }

  private static int width(PlanInfo plan, Function<StepInfo, String> column) {
    return plan.steps().stream().mapToInt(step -> column.apply(step).length()).max().orElse(1);
  }

  private static String kilobytes(long bytes) {
    return String.format(Locale.ROOT, "%,.1f", bytes / 1e3);
  }
}
