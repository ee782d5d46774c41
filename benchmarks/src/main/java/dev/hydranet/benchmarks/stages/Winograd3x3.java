package dev.hydranet.benchmarks.stages;

import org.openjdk.jmh.annotations.Param;

/** {@link Operation#WINOGRAD} at every stage of stride 1. */
public class Winograd3x3 extends StageArms {
  @Param({
    "S112_C32",
    "S56_C144",
    "S28_C192",
    "S14_C384",
    "S14_C576",
    "S7_C960",
    "DECODER_7",
    "DECODER_14",
    "DECODER_28",
    "DECODER_56"
  })
  public Stage stage;

  @Override
  Operation operation() {
    return Operation.WINOGRAD;
  }

  @Override
  Stage stage() {
    return stage;
  }
}
