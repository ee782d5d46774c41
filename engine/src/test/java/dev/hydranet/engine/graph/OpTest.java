package dev.hydranet.engine.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;

import dev.hydranet.engine.tensor.Shape;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class OpTest {
  private static final Size ONE = Size.square(1);
  private static final Size NONE = Size.square(0);
  private static final Shape IMAGE = Shape.of(2, 3, 7, 9);

  /** The heights that PyTorch's conv2d gives. */
  @ParameterizedTest
  @CsvSource({
    "7, 3, 2, 1, 1, 4",
    "8, 3, 2, 1, 1, 4",
    "9, 2, 2, 0, 1, 4",
    "5, 5, 3, 2, 1, 2",
    "10, 3, 3, 0, 2, 2",
    "1, 3, 1, 1, 1, 1",
    "1, 7, 2, 3, 1, 1",
    "6, 2, 5, 1, 3, 1",
    "480, 3, 2, 1, 1, 240",
    "4, 4, 4, 0, 1, 1"
  })
  void windowsAreCountedAsPyTorchCountsThem(
      int height, int kernel, int stride, int padding, int dilation, int expected) {
    Conv2d conv =
        new Conv2d(
            1,
            1,
            new Size(kernel, 1),
            new Size(stride, 1),
            new Size(padding, 0),
            new Size(dilation, 1),
            1,
            false);
    assertThat(conv.outputShape(List.of(Shape.of(1, 1, height, 1))))
        .isEqualTo(Shape.of(1, 1, expected, 1));
    if (dilation == 1) {
      MaxPool2d pool = new MaxPool2d(conv.kernel(), conv.stride(), conv.padding());
      assertThat(pool.outputShape(List.of(Shape.of(3, 2, height, 1))))
          .isEqualTo(Shape.of(3, 2, expected, 1));
    }
  }

  @Test
  void convolutionsCountEveryProduct() {
    Conv2d stem = Conv2d.of(3, 32, 3).withStride(2).withPadding(1);
    assertThat(stem.macs(List.of(Shape.of(1, 3, 480, 640)))).isEqualTo(240L * 320 * 32 * 27);
    assertThat(stem.withBias().macs(List.of(Shape.of(2, 3, 480, 640))))
        .isEqualTo(2 * 240L * 320 * 32 * 27);
    Conv2d grouped = Conv2d.of(8, 12, 5).withGroups(4);
    assertThat(grouped.macs(List.of(Shape.of(1, 8, 9, 9)))).isEqualTo(5L * 5 * 12 * 50);
    assertThat(new Linear(20, 7, true).macs(List.of(Shape.of(3, 20)))).isEqualTo(3L * 20 * 7);
    assertThat(MaxPool2d.of(5, 1, 2).macs(List.of(IMAGE))).isZero();
  }

  @Test
  void parametersAreThoseOfTheStateDict() {
    assertThat(Conv2d.of(8, 12, 5).withGroups(4).withBias().parameters())
        .containsExactly(
            new Parameter("weight", Shape.of(12, 2, 5, 5), true),
            new Parameter("bias", Shape.of(12), true));
    assertThat(Conv2d.depthwise(6, 3, 1).parameters())
        .containsExactly(new Parameter("weight", Shape.of(6, 1, 3, 3), true));
    assertThat(BatchNorm.of(5).parameters())
        .extracting(Parameter::name, Parameter::learned)
        .containsExactly(
            tuple("weight", true),
            tuple("bias", true),
            tuple("running_mean", false),
            tuple("running_var", false));
    assertThat(new Linear(4, 3, false).parameters())
        .containsExactly(new Parameter("weight", Shape.of(3, 4), true));
  }

  static Stream<Arguments> inputsNotTaken() {
    Upsample.Target twice = new Upsample.Target.By(Size.square(2));
    Size huge = Size.square(Integer.MAX_VALUE);
    return Stream.of(
        refused(Conv2d.of(3, 4, 1), "expected 3 channels, found shape [2, 4, 7, 9]", 2, 4, 7, 9),
        refused(Conv2d.of(3, 4, 1), "expected an NCHW input, found shape [2, 3]", 2, 3),
        refused(
            Conv2d.of(3, 4, 8),
            "height 7 with padding 0 is smaller than the kernel's 8",
            2,
            3,
            7,
            9),
        refused(
            Conv2d.of(3, 4, 3).withDilation(4).withPadding(1),
            "height 6 with padding 2 is smaller than the kernel's 9",
            2,
            3,
            6,
            9),
        refused(MaxPool2d.of(2, 2, 0), "at least one channel and one pixel", 1, 3, 0, 9),
        refused(
            Conv2d.of(3, 4, 1).withPadding(Integer.MAX_VALUE),
            "the output's height would be 4294967301",
            1,
            3,
            7,
            9),
        refused(BatchNorm.of(5), "expected 5 channels, found shape [1, 3, 7, 9]", 1, 3, 7, 9),
        refused(new Linear(5, 2, true), "expected a [..., 5] input, found shape [1, 4]", 1, 4),
        refused(new Softmax(), "no axis 1 in shape [2]", 2),
        refused(new ArgMax(), "expected an element along axis 1, found [1, 0]", 1, 0),
        refused(new Flatten(), "the output's features would be 8589934592", 1, 2, 65536, 65536),
        refused(
            new Upsample(Upsample.Mode.NEAREST, new Upsample.Target.By(huge)),
            "the output's height would be 15032385529",
            1,
            3,
            7,
            9),
        Arguments.of(
            new Upsample(Upsample.Mode.NEAREST, twice),
            List.of(IMAGE, IMAGE),
            "expected 1 inputs, found 2"),
        Arguments.of(
            new Upsample(Upsample.Mode.BILINEAR, new Upsample.Target.Like()),
            List.of(IMAGE),
            "expected 2 inputs, found 1"),
        Arguments.of(
            new Add(),
            List.of(IMAGE, Shape.of(2, 3, 7, 8)),
            "expected two inputs of one shape, found [2, 3, 7, 9] and [2, 3, 7, 8]"),
        Arguments.of(
            new Concat(),
            List.of(IMAGE, Shape.of(1, 3, 7, 9)),
            "expected inputs that differ along axis 1 only, found [2, 3, 7, 9] and [1, 3, 7, 9]"),
        Arguments.of(new Concat(), List.of(), "expected at least 1 input, found none"),
        Arguments.of(
            new Concat(),
            List.of(Shape.of(1, Integer.MAX_VALUE, 1, 1), Shape.of(1, 1, 1, 1)),
            "the output's axis 1 would be 2147483648"));
  }

  private static Arguments refused(Op op, String message, int... dims) {
    return Arguments.of(op, List.of(Shape.of(dims)), message);
  }

  @ParameterizedTest
  @MethodSource("inputsNotTaken")
  void inputsThatAnOperatorDoesNotTakeAreDescribed(Op op, List<Shape> inputs, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> op.outputShape(inputs))
        .withMessageContaining(message);
  }

  static Stream<Arguments> impossibleOperators() {
    Size two = Size.square(2);
    return Stream.of(
        impossible(() -> Conv2d.of(0, 4, 3), "channels and groups must be at least 1"),
        impossible(() -> Conv2d.of(4, 6, 3).withGroups(0), "groups 0"),
        impossible(() -> Conv2d.of(4, 6, 3).withGroups(4), "4 groups do not divide 4 input and 6"),
        impossible(() -> Conv2d.of(4, 6, 0), "kernel must be at least 1, found 0x0"),
        impossible(() -> Conv2d.of(4, 6, 3).withStride(0), "stride must be at least 1"),
        impossible(() -> Conv2d.of(4, 6, 3).withPadding(-1), "padding must not be negative"),
        impossible(() -> Conv2d.of(4, 6, 3).withDilation(0), "dilation must be at least 1"),
        impossible(() -> Conv2d.of(65536, 65536, 1), "more elements than an array"),
        impossible(() -> Conv2d.of(65536, 65536, 65536), "overflows"),
        impossible(() -> BatchNorm.of(0), "channels must be at least 1, found 0"),
        impossible(() -> new BatchNorm(3, -1e-5), "eps must be finite and not negative"),
        impossible(() -> new BatchNorm(3, Double.NaN), "eps must be finite and not negative"),
        impossible(() -> new Linear(0, 2, true), "features must be at least 1"),
        impossible(
            () -> MaxPool2d.of(3, 1, 3), "padding must be less than the window's 3x3, found 3x3"),
        impossible(() -> new MaxPool2d(two, new Size(1, 0), NONE), "stride must be at least 1"),
        impossible(() -> new AvgPool2d(ONE, ONE, ONE, true), "padding must be less"),
        impossible(() -> new Upsample.Target.To(new Size(0, 3)), "target size"),
        impossible(() -> new Upsample.Target.By(new Size(2, -1)), "factor"));
  }

  private static Arguments impossible(ThrowingCallable construction, String message) {
    return Arguments.of(construction, message);
  }

  @ParameterizedTest
  @MethodSource("impossibleOperators")
  void impossibleOperatorsCannotBeMade(ThrowingCallable construction, String message) {
    assertThatIllegalArgumentException().isThrownBy(construction).withMessageContaining(message);
  }
}
