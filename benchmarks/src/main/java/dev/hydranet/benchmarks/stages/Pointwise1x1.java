package dev.hydranet.benchmarks.stages;

import org.openjdk.jmh.annotations.Param;

/** {@link Operation#POINTWISE} at every stage. */
public class Pointwise1x1 extends LoopArms {
  @Param public Stage stage;

  @Override
  Operation operation() {
    return Operation.POINTWISE;
  }

  @Override
  Stage stage() {
    return stage;
  }
}
