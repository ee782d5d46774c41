package dev.hydranet.engine.kernel;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hydranet.engine.graph.Add;
import dev.hydranet.engine.graph.BatchNorm;
import dev.hydranet.engine.graph.Conv2d;
import dev.hydranet.engine.graph.Elementwise.Binary;
import dev.hydranet.engine.graph.Elementwise.Unary;
import dev.hydranet.engine.graph.GlobalAvgPool;
import dev.hydranet.engine.graph.GraphBuilder;
import dev.hydranet.engine.graph.MaxPool2d;
import dev.hydranet.engine.graph.Size;
import dev.hydranet.engine.graph.Softmax;
import dev.hydranet.engine.graph.Upsample;
import dev.hydranet.engine.graph.Value;
import dev.hydranet.engine.kernel.KernelTester.Weights;
import dev.hydranet.engine.kernel.choice.Kernels;
import dev.hydranet.engine.tensor.Shape;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every kernel alone against the reference, on sizes that are awkward for it. */
class KernelTest {
  private static final KernelProvider KERNELS = Kernels.provider();

  /** Around the vectors and the widest tile. */
  private static final int[] CHANNELS = {1, 8, 15, 17, 33, 48, 64, 130};

  /** What stands behind a kernel, and how its memory lies. */
  enum Variant {
    PLAIN(Clamp.NONE, false, false, 0),
    RELU6(Clamp.RELU6, false, false, 1),
    RESIDUAL(Clamp.NONE, true, false, 0),
    RESIDUAL_RELU(Clamp.RELU, true, true, 3),
    SPECIAL(Clamp.RELU6, false, true, 0);

    private final Clamp clamp;
    private final boolean residual;
    private final boolean special;
    private final int gap;

    Variant(Clamp clamp, boolean residual, boolean special, int gap) {
      this.clamp = clamp;
      this.residual = residual;
      this.special = special;
      this.gap = gap;
    }

    KernelTester of(KernelTester tester) {
      return tester.clamp(clamp).residual(residual).special(special).gap(gap);
    }

    /** For kernels that take neither residual nor clamp. */
    KernelTester inputsOf(KernelTester tester) {
      return tester.special(special).gap(gap);
    }
  }

  static Stream<Integer> channels() {
    return Arrays.stream(CHANNELS).boxed();
  }

  private static FusedKernels fused() {
    assumeTrue(KERNELS.fused().isPresent());
    return KERNELS.fused().orElseThrow();
  }

  private static PackedMatrix pack(Weights weights, String name, int depth) {
    float[] bias = weights.get(name + ".bias");
    return PackedMatrix.pack(
        weights.get(name + ".weight"), bias, depth, KERNELS.lanes(), KERNELS.panel());
  }

  private static PackedMatrix patches(Weights weights, String name, Conv2d conv) {
    int taps = conv.kernel().height() * conv.kernel().width();
    float[] rows =
        Patches.reorder(weights.get(name + ".weight"), conv.outChannels(), conv.inChannels(), taps);
    return PackedMatrix.pack(
        rows, weights.get(name + ".bias"), conv.terms(), KERNELS.lanes(), KERNELS.panel());
  }

  private static ChannelFilter filter(Weights weights, String name) {
    return ChannelFilter.pack(
        weights.get(name + ".weight"), weights.get(name + ".bias"), KERNELS.lanes());
  }

  @ParameterizedTest
  @MethodSource("channels")
  void pointwise(int outputs) {
    for (Variant variant : Variant.values()) {
      for (int pixels = 1; pixels <= 13; pixels++) {
        for (int depth : new int[] {1, 16, 63, 200}) {
          Conv2d conv = Conv2d.pointwise(depth, outputs).withBias();
          variant
              .of(KernelTester.of(1, depth, 1, pixels, (g, x) -> g.conv2d("conv", x, conv)))
              .test(
                  (w, in, r, clamp, out) ->
                      KERNELS.pointwise(in.get(0), pack(w, "conv", depth), r, clamp, out));
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void convolution(Variant variant) {
    for (int stride = 1; stride <= 2; stride++) {
      for (int outputs : new int[] {5, 33, 130}) {
        Conv2d conv = Conv2d.of(7, outputs, 3).withStride(stride).withPadding(1).withBias();
        variant
            .of(KernelTester.of(2, 7, 5, 9, (g, x) -> g.conv2d("conv", x, conv)))
            .test(
                (w, in, r, clamp, out) -> {
                  PackedMatrix[] matrix = {patches(w, "conv", conv)};
                  return KERNELS.conv2d(in.get(0), conv, matrix, r, clamp, out);
                });
      }
    }
  }

  @ParameterizedTest
  @MethodSource("channels")
  void depthwise(int channels) {
    for (Variant variant : Variant.values()) {
      for (int stride = 1; stride <= 2; stride++) {
        for (int width = 1; width <= 13; width++) {
          Conv2d conv = Conv2d.depthwise(channels, 3, stride).withBias();
          variant
              .of(KernelTester.of(1, channels, 4, width, (g, x) -> g.conv2d("conv", x, conv)))
              .test(
                  (w, in, r, clamp, out) ->
                      KERNELS.depthwise(in.get(0), conv, filter(w, "conv"), r, clamp, out));
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("channels")
  void depthwiseOfFiveByFive(int channels) {
    for (Variant variant : Variant.values()) {
      for (int stride = 1; stride <= 2; stride++) {
        for (int width : new int[] {1, 3, 7, 8, 9, 10, 11, 17, 21}) {
          Conv2d conv = Conv2d.depthwise(channels, 5, stride).withBias();
          variant
              .of(KernelTester.of(1, channels, 6, width, (g, x) -> g.conv2d("conv", x, conv)))
              .test(
                  (w, in, r, clamp, out) ->
                      KERNELS.depthwise(in.get(0), conv, filter(w, "conv"), r, clamp, out));
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void depthwiseOfOtherGeometry(Variant variant) {
    for (int channels : new int[] {17, 70}) {
      Size kernel = new Size(2, 5);
      Conv2d conv =
          new Conv2d(
              channels,
              channels,
              kernel,
              new Size(1, 2),
              new Size(0, 2),
              new Size(2, 1),
              channels,
              true);
      for (int width : new int[] {11, 21}) {
        variant
            .of(KernelTester.of(2, channels, 6, width, (g, x) -> g.conv2d("conv", x, conv)))
            .test(
                (w, in, r, clamp, out) ->
                    KERNELS.depthwise(in.get(0), conv, filter(w, "conv"), r, clamp, out));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("channels")
  void scale(int channels) {
    for (Variant variant : Variant.values()) {
      Conv2d conv = Conv2d.depthwise(channels, 1, 1).withBias();
      variant
          .of(KernelTester.of(2, channels, 3, 5, (g, x) -> g.conv2d("conv", x, conv)))
          .test(
              (w, in, r, clamp, out) -> KERNELS.scale(in.get(0), filter(w, "conv"), r, clamp, out));
    }
  }

  @ParameterizedTest
  @MethodSource("channels")
  void maxPool(int channels) {
    MaxPool2d[] pools = {
      MaxPool2d.of(5, 1, 2),
      MaxPool2d.of(3, 2, 1),
      new MaxPool2d(new Size(2, 3), new Size(1, 2), new Size(0, 1))
    };
    for (Variant variant : Variant.values()) {
      for (MaxPool2d pool : pools) {
        for (int width : new int[] {2, 3, 4, 5, 6, 7, 13}) {
          variant
              .inputsOf(
                  KernelTester.of(2, channels, width % 6 + 2, width, (g, x) -> g.op("p", pool, x)))
              .test((w, in, r, clamp, out) -> KERNELS.maxPool(in.get(0), pool, out));
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Upsample.Mode.class)
  void upsample(Upsample.Mode mode) {
    for (Variant variant : Variant.values()) {
      for (int channels : new int[] {1, 16, 33, 130}) {
        for (int side = 1; side <= 13; side += 3) {
          Upsample upsample = new Upsample(mode, new Upsample.Target.To(new Size(7, side)));
          variant
              .of(KernelTester.of(2, channels, 3, 4, (g, x) -> g.op("up", upsample, x)))
              .test((w, in, r, clamp, out) -> KERNELS.upsample(in.get(0), mode, r, clamp, out));
        }
      }
    }
  }

  /** Lanes run over the gaps between pixels, too: inputs and output have the same. */
  @ParameterizedTest
  @EnumSource
  void elementwise(Variant variant) {
    for (int channels : CHANNELS) {
      variant
          .of(KernelTester.of(2, channels, 3, 5, (g, x) -> g.add("sum", x, x)))
          .residual(false)
          .test((w, in, r, clamp, out) -> KERNELS.elementwise(in.get(0), in.get(0), clamp, out));
    }
  }

  /** In place and from elsewhere, with numbers of all magnitudes. */
  @ParameterizedTest
  @EnumSource(Unary.Function.class)
  void function(Unary.Function function) {
    FusedKernels fused = fused();
    Unary[] ops = {new Unary(function, 0.3f, 0.6f), new Unary(function, 1, 2)};
    for (Unary op : ops) {
      assumeTrue(fused.has(op));
      for (float scale : new float[] {1e-4f, 0.2f, 1, 30}) {
        for (Variant variant : new Variant[] {Variant.PLAIN, Variant.SPECIAL}) {
          KernelTester tester =
              KernelTester.of(2, 33, 5, 7, (g, x) -> g.op("f", op, x)).scale(scale);
          variant
              .inputsOf(tester)
              .gap(0)
              .test((w, in, r, clamp, out) -> fused.function(in.get(0), op, out));
          variant
              .inputsOf(tester)
              .gap(0)
              .test((w, in, r, clamp, out) -> new InPlace(in.get(0), fused.function(op), out));
        }
      }
    }
  }

  /** An epilogue, on a copy of the input. */
  private record InPlace(Nhwc in, Epilogue epilogue, Nhwc out) implements Kernel {
    @Override
    public int parts() {
      return 2;
    }

    /** The part with the most pixels comes last. */
    @Override
    public void run(int part, float[] scratch) {
      int begin = part * 3;
      int pixels = part == 0 ? 3 : out.pixels() - 3;
      System.arraycopy(
          in.data(), in.pixel(begin), out.data(), out.pixel(begin), pixels * out.stride());
      epilogue.apply(out, begin, pixels);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"PLAIN", "SPECIAL"})
  void product(Variant variant) {
    FusedKernels fused = fused();
    for (int channels : CHANNELS) {
      for (int side : new int[] {1, 3}) {
        Shape image = Shape.of(2, channels, 3, 5);
        Shape factors = side == 1 ? Shape.of(2, channels, 1, 1) : image;
        variant
            .inputsOf(
                KernelTester.of(
                    image,
                    factors,
                    (g, x, other) -> g.op("y", new Binary(Binary.Function.MUL), x, other)))
            .test((w, in, r, clamp, out) -> fused.product(in.get(0), in.get(1), out));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"PLAIN", "SPECIAL"})
  void softmax(Variant variant) {
    FusedKernels fused = fused();
    for (int channels : CHANNELS) {
      variant
          .inputsOf(KernelTester.of(2, channels, 3, 5, (g, x) -> g.op("y", new Softmax(), x)))
          .gap(0)
          .test((w, in, r, clamp, out) -> fused.softmax(in.get(0), out));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"PLAIN", "SPECIAL"})
  void globalAverage(Variant variant) {
    FusedKernels fused = fused();
    for (int channels : CHANNELS) {
      for (int height : new int[] {1, 4, 131}) {
        variant
            .inputsOf(
                KernelTester.of(
                    2, channels, height, 65, (g, x) -> g.op("y", new GlobalAvgPool(), x)))
            .test((w, in, r, clamp, out) -> fused.globalAverage(in.get(0), out));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void invertedResidual(int stride) {
    FusedKernels fused = fused();
    for (Variant variant : Variant.values()) {
      for (int width : new int[] {1, 2, 3, 4, 5, 8, 13, 37}) {
        for (int wide : new int[] {17, 64, 130}) {
          Conv2d expand = Conv2d.pointwise(9, wide).withBias();
          Conv2d depthwise = Conv2d.depthwise(wide, 3, stride).withBias();
          Conv2d project = Conv2d.pointwise(wide, 24).withBias();
          variant
              .of(
                  KernelTester.of(
                      2,
                      9,
                      19,
                      width,
                      (g, x) -> {
                        x = g.relu6("r1", g.conv2d("e", x, expand));
                        x = g.relu6("r2", g.conv2d("d", x, depthwise));
                        return g.conv2d("p", x, project);
                      }))
              .test(
                  (w, in, r, clamp, out) ->
                      fused.invertedResidual(
                          in.get(0),
                          pack(w, "e", 9),
                          Clamp.RELU6,
                          depthwise,
                          filter(w, "d"),
                          Clamp.RELU6,
                          pack(w, "p", wide),
                          r,
                          clamp,
                          out));
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void chainedPooling(int stages) {
    FusedKernels fused = fused();
    for (Variant variant : Variant.values()) {
      for (int channels : new int[] {1, 16, 33}) {
        for (int width : new int[] {1, 2, 3, 4, 5, 8, 13}) {
          variant
              .inputsOf(
                  KernelTester.of(
                      2, channels, 14 - width, width, (g, x) -> pooling(g, x, channels, stages)))
              .gap(0)
              .test(
                  (w, in, r, clamp, out) ->
                      fused.chainedPooling(in.get(0), filters(w, stages), out));
        }
      }
    }
  }

  private static Value pooling(GraphBuilder g, Value x, int channels, int stages) {
    Value top = x;
    Value sum = x;
    for (int i = 0; i < stages; i++) {
      top = g.maxPool2d("pool" + i, top, 5, 1, 2);
      top = g.conv2d("conv" + i, top, Conv2d.depthwise(channels, 1, 1).withBias());
      sum = g.op("sum" + i, new Add(), sum, top);
    }
    return sum;
  }

  private static ChannelFilter[] filters(Weights w, int stages) {
    return Stream.iterate(0, i -> i + 1)
        .limit(stages)
        .map(i -> filter(w, "conv" + i))
        .toArray(ChannelFilter[]::new);
  }

  @ParameterizedTest
  @EnumSource
  void refinement(Variant variant) {
    FusedKernels fused = fused();
    int block = fused.poolingBlock();
    for (int channels : new int[] {block, 3 * block, 2 * block + 3}) {
      for (int width : new int[] {1, 3, 6, 7, 13}) {
        Conv2d conv = Conv2d.pointwise(10, channels).withBias();
        variant
            .inputsOf(
                KernelTester.of(
                    Shape.of(2, 10, 9, width),
                    Shape.of(2, channels, 5, (width + 1) / 2),
                    (g, x, coarse) -> {
                      Value fine = g.conv2d("fine", x, conv);
                      Value sum = g.add("fusion", fine, g.upsampleLike("up", coarse, fine));
                      return pooling(g, g.relu6("relu6", sum), channels, 4);
                    }))
            .gap(0)
            .test(
                (w, in, r, clamp, out) ->
                    fused.refinement(
                        in.get(1),
                        Upsample.Mode.BILINEAR,
                        in.get(0),
                        blocks(w, "fine", 10, block),
                        Clamp.RELU6,
                        filters(w, 4),
                        out));
      }
    }
  }

  private static PackedMatrix[] blocks(Weights w, String name, int depth, int block) {
    float[] weights = w.get(name + ".weight");
    float[] bias = w.get(name + ".bias");
    PackedMatrix[] blocks = new PackedMatrix[Math.ceilDiv(bias.length, block)];
    for (int i = 0; i < blocks.length; i++) {
      int end = Math.min(bias.length, (i + 1) * block);
      blocks[i] =
          PackedMatrix.pack(
              Arrays.copyOfRange(weights, i * block * depth, end * depth),
              Arrays.copyOfRange(bias, i * block, end),
              depth,
              KERNELS.lanes(),
              KERNELS.panel());
    }
    return blocks;
  }

  @ParameterizedTest
  @EnumSource
  void scaledPointwise(Variant variant) {
    FusedKernels fused = fused();
    for (int outputs : new int[] {9, 54, 130}) {
      for (int pixels = 1; pixels <= 13; pixels++) {
        Conv2d conv = Conv2d.pointwise(33, outputs).withBias();
        variant
            .inputsOf(
                KernelTester.of(
                    1,
                    33,
                    1,
                    pixels,
                    (g, x) -> {
                      Conv2d scale = Conv2d.depthwise(33, 1, 1).withBias();
                      return g.conv2d("conv", g.relu6("r", g.conv2d("scale", x, scale)), conv);
                    }))
            .test(
                (w, in, r, clamp, out) ->
                    fused.scaledPointwise(
                        in.get(0), filter(w, "scale"), Clamp.RELU6, pack(w, "conv", 33), out));
      }
    }
  }

  /** Together with the product that makes the taps, as convolutions of few outputs are done. */
  @ParameterizedTest
  @EnumSource
  void shiftAdd(Variant variant) {
    FusedKernels fused = fused();
    for (int outputs : new int[] {1, 6, 17, 33}) {
      for (int width : new int[] {1, 2, 3, 13}) {
        for (int padding = 0; padding <= Math.min(2, 3 - 3 / width); padding++) {
          Conv2d conv = Conv2d.of(9 * outputs, outputs, 3).withPadding(padding).withBias();
          if (width + 2 * padding < 3) {
            continue;
          }
          variant
              .of(
                  KernelTester.of(
                      2, conv.inChannels(), 5, width, (g, x) -> g.conv2d("conv", x, conv)))
              .residual(false)
              .test(
                  (w, in, r, clamp, out) -> new TapsThenSum(conv, w, in.get(0), clamp, out, fused));
        }
      }
    }
  }

  /** Both halves of a convolution whose taps are output channels. */
  private static final class TapsThenSum implements Kernel {
    private final Kernel taps;
    private final Kernel sum;

    TapsThenSum(Conv2d conv, Weights w, Nhwc in, Clamp clamp, Nhwc out, FusedKernels fused) {
      int outputs = conv.outChannels();
      int depth = conv.inChannels();
      float[] rows = new float[9 * outputs * depth];
      for (int i = 0; i < rows.length; i++) {
        int tap = i / depth / outputs;
        int o = i / depth % outputs;
        rows[i] = w.get("conv.weight")[(o * depth + i % depth) * 9 + tap];
      }
      int lanes = KERNELS.lanes();
      int stride = (9 * outputs / lanes + 2) * lanes;
      float[] data = new float[in.batch() * in.height() * in.width() * stride];
      Nhwc between = new Nhwc(data, 0, in.batch(), in.height(), in.width(), 9 * outputs, stride);
      float[] none = new float[9 * outputs];
      PackedMatrix matrix = PackedMatrix.pack(rows, none, depth, lanes, KERNELS.panel());
      taps = KERNELS.pointwise(in, matrix, null, Clamp.NONE, between);
      float[] bias = Arrays.copyOf(w.get("conv.bias"), Math.ceilDiv(outputs, lanes) * lanes);
      sum = fused.shiftAdd(between, conv, bias, clamp, out);
    }

    @Override
    public int parts() {
      return taps.parts() + sum.parts();
    }

    @Override
    public long scratchFloats() {
      return Math.max(taps.scratchFloats(), sum.scratchFloats());
    }

    @Override
    public void run(int part, float[] scratch) {
      // Parts come backwards.
      int mine = parts() - 1 - part;
      if (mine < taps.parts()) {
        taps.run(mine, scratch);
      } else {
        sum.run(mine - taps.parts(), scratch);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void winograd(Variant variant) {
    FusedKernels fused = fused();
    for (boolean scaled : new boolean[] {false, true}) {
      for (int outputs : new int[] {1, 17, 40, 130}) {
        for (int width : new int[] {3, 4, 5, 6, 9, 13}) {
          Conv2d conv = Conv2d.of(19, outputs, 3).withPadding(width % 2).withBias();
          Conv2d scale = Conv2d.depthwise(19, 1, 1).withBias();
          variant
              .of(
                  KernelTester.of(
                      2,
                      19,
                      16 - width,
                      width,
                      (g, x) ->
                          g.conv2d(
                              "conv",
                              scaled ? g.relu6("r", g.conv2d("scale", x, scale)) : x,
                              conv)))
              .gap(0)
              .test(
                  (w, in, r, clamp, out) ->
                      fused.winograd(
                          in.get(0),
                          scaled ? filter(w, "scale") : null,
                          scaled ? Clamp.RELU6 : Clamp.NONE,
                          conv,
                          patches(w, "conv", conv),
                          products(w.get("conv.weight"), conv),
                          r,
                          clamp,
                          out));
        }
      }
    }
  }

  private static PackedMatrix[] products(float[] filters, Conv2d conv) {
    float[] none = new float[conv.outChannels()];
    int lanes = KERNELS.lanes();
    return Arrays.stream(Winograd.transform(filters))
        .map(rows -> PackedMatrix.pack(rows, none, conv.inChannels(), lanes, KERNELS.panel()))
        .toArray(PackedMatrix[]::new);
  }

  @ParameterizedTest
  @EnumSource
  void batchNorm(Variant variant) {
    variant
        .of(KernelTester.of(1, 33, 2, 3, (g, x) -> g.op("norm", BatchNorm.of(33), x)))
        .test(
            (w, in, r, clamp, out) -> {
              float[] factor = new float[33];
              float[] offset = new float[33];
              for (int c = 0; c < 33; c++) {
                double deviation = Math.sqrt(w.get("norm.running_var")[c] + 1e-5);
                factor[c] = (float) (w.get("norm.weight")[c] / deviation);
                offset[c] = w.get("norm.bias")[c] - w.get("norm.running_mean")[c] * factor[c];
              }
              ChannelFilter filter = ChannelFilter.pack(factor, offset, KERNELS.lanes());
              return KERNELS.scale(in.get(0), filter, r, clamp, out);
            });
  }
}
