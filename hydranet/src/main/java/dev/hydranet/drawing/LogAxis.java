package dev.hydranet.drawing;

import java.util.ArrayList;
import java.util.List;

/**
 * A logarithmic axis of a chart.
 *
 * @param least the value at its start, above 0
 * @param most the value at its end
 * @param from its start, pixels
 * @param to its end, pixels
 */
public record LogAxis(double least, double most, double from, double to) {
  /** Where a value lies, pixels. */
  public double at(double value) {
    return from + (to - from) * Math.log(value / least) / Math.log(most / least);
  }

  /** The values to mark: 1, 2 and 5 times powers of ten. */
  public List<Double> ticks() {
    List<Double> ticks = new ArrayList<>();
    for (int power = (int) Math.floor(Math.log10(least)); power < Math.log10(most); power++) {
      for (int digit : new int[] {1, 2, 5}) {
        double tick = digit * Math.pow(10, power);
        if (tick >= least * 0.999 && tick <= most * 1.001) {
          ticks.add(tick);
        }
      }
    }
    return ticks;
  }
}
