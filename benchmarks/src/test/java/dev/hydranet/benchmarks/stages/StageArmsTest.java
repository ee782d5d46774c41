package dev.hydranet.benchmarks.stages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import dev.hydranet.benchmarks.harness.NotApplicableException;
import dev.hydranet.benchmarks.ladder.Data;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class StageArmsTest {
  static Stream<Arguments> arms() {
    return Stream.of(
            Operation.STANDARD,
            Operation.WINOGRAD,
            Operation.DEPTHWISE,
            Operation.POINTWISE,
            Operation.SEPARABLE,
            Operation.BLOCK,
            Operation.FUSED_BLOCK)
        .flatMap(
            operation ->
                Stream.of(Stage.values())
                    .filter(
                        stage ->
                            stage.size() <= 28 && stage.channels() < 256
                                || stage == Stage.DECODER_7)
                    .filter(stage -> stage.stride() == 1 || operation != Operation.WINOGRAD)
                    .filter(
                        stage ->
                            stage.block().isPresent()
                                || operation != Operation.BLOCK
                                    && operation != Operation.FUSED_BLOCK)
                    .map(stage -> Arguments.of(operation, stage)));
  }

  /** Setting up compares with the reference; on two threads. */
  @ParameterizedTest
  @MethodSource("arms")
  void everyArmIsTheReference(Operation operation, Stage stage) {
    for (Arm arm : Arm.values()) {
      if (arm == Arm.ENGINE || operation != Operation.WINOGRAD && !operation.fused()) {
        StageArms arms = arms(operation, stage);
        assertThatCode(() -> arms.setUp(arm)).doesNotThrowAnyException();
        arms.tearDown();
      }
    }
  }

  private static StageArms arms(Operation operation, Stage stage) {
    StageArms arms =
        new StageArms() {
          @Override
          Operation operation() {
            return operation;
          }

          @Override
          Stage stage() {
            return stage;
          }
        };
    arms.threads = 2;
    arms.data = Data.CACHE;
    return arms;
  }

  /** MobileNetV2's paper, table 2, and arithmetic by hand. */
  @ParameterizedTest
  @CsvSource({
    "STANDARD, S28_C192, 331968, 260112384, 2532096",
    "DEPTHWISE, S28_C192, 1920, 1354752, 1211904",
    "POINTWISE, S28_C192, 37056, 28901376, 1352448",
    "SEPARABLE, S28_C192, 38976, 30256128, 2564352",
    "DEPTHWISE, S56_C144_DOWN, 1440, 1016064, 2263680",
    "BLOCK, S28_C192, 14432, 10988544, 2767232",
    "FUSED_BLOCK, S28_C192, 14432, 10988544, 258432"
  })
  void costs(Operation operation, Stage stage, long parameters, long macs, long bytes) {
    Layers layers = operation.at(stage);
    assertThat(layers.parameters()).isEqualTo(parameters);
    assertThat(layers.macs()).isEqualTo(macs);
    assertThat(layers.bytes(operation.fused())).isEqualTo(bytes);
  }

  /** 1/N + 1/k^2 of the multiply-adds are left. */
  @ParameterizedTest
  @CsvSource({"S112_C32", "S56_C144_DOWN", "S7_C960", "DECODER_28"})
  void separableConvolutionsSaveWhatTheArithmeticSays(Stage stage) {
    double left =
        (double) Operation.SEPARABLE.at(stage).macs() / Operation.STANDARD.at(stage).macs();
    assertThat(left).isCloseTo(1.0 / stage.channels() + 1.0 / 9, offset(1e-12));
  }

  @Test
  void whatAStageHasNot() {
    assertThatThrownBy(() -> Operation.WINOGRAD.at(Stage.S28_C192_DOWN))
        .isInstanceOf(NotApplicableException.class)
        .hasMessage("28/192 s2: Winograd's algorithm needs stride 1");
    assertThatThrownBy(() -> Operation.BLOCK.at(Stage.DECODER_7))
        .isInstanceOf(NotApplicableException.class)
        .hasMessage("decoder 7/256 has no inverted residual");
    assertThatThrownBy(() -> arms(Operation.FUSED_BLOCK, Stage.S28_C192).setUp(Arm.LOOPS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("there are no plain loops for FUSED_BLOCK");
  }
}
