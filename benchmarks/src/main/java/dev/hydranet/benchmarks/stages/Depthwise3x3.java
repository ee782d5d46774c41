package dev.hydranet.benchmarks.stages;

import org.openjdk.jmh.annotations.Param;

/** {@link Operation#DEPTHWISE} at every stage. */
public class Depthwise3x3 extends LoopArms {
  @Param public Stage stage;

  @Override
  Operation operation() {
    return Operation.DEPTHWISE;
  }

  @Override
  Stage stage() {
    return stage;
  }
}
