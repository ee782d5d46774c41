package dev.hydranet.benchmarks.stages;

import org.openjdk.jmh.annotations.Param;

/** {@link Operation#SEPARABLE} at every stage. */
public class DepthwiseSeparable extends LoopArms {
  @Param public Stage stage;

  @Override
  Operation operation() {
    return Operation.SEPARABLE;
  }

  @Override
  Stage stage() {
    return stage;
  }
}
