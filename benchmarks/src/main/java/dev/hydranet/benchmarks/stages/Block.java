package dev.hydranet.benchmarks.stages;

import org.openjdk.jmh.annotations.Param;

/** {@link Operation#BLOCK} at every stage of the encoder. */
public class Block extends LoopArms {
  @Param({
    "S112_C32",
    "S112_C96_DOWN",
    "S56_C144",
    "S56_C144_DOWN",
    "S28_C192",
    "S28_C192_DOWN",
    "S14_C384",
    "S14_C576",
    "S14_C576_DOWN",
    "S7_C960"
  })
  public Stage stage;

  @Override
  Operation operation() {
    return Operation.BLOCK;
  }

  @Override
  Stage stage() {
    return stage;
  }
}
