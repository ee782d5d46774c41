package dev.hydranet.benchmarks.stages;

import org.openjdk.jmh.annotations.Param;

/** {@link Operation#STANDARD} at every stage. */
public class Standard3x3 extends LoopArms {
  @Param public Stage stage;

  @Override
  Operation operation() {
    return Operation.STANDARD;
  }

  @Override
  Stage stage() {
    return stage;
  }
}
