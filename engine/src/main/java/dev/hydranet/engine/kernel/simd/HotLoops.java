package dev.hydranet.engine.kernel.simd;

import dev.hydranet.engine.graph.Conv2d;
import dev.hydranet.engine.graph.Upsample;
import dev.hydranet.engine.kernel.ChannelFilter;
import dev.hydranet.engine.kernel.Clamp;
import dev.hydranet.engine.kernel.Nhwc;
import dev.hydranet.engine.kernel.PackedMatrix;
import dev.hydranet.engine.kernel.Resampling;
import java.util.ArrayList;
import java.util.List;

/** The hot loops of the kernels that networks of convolutions need, each on a few pixels. */
final class HotLoops {
  private static final int L = SimdKernels.LANES;

  /** Channels of a pixel: the columns of the widest tile. */
  private static final int CHANNELS = 4 * L;

  /** Pixels in a row: the windows of a stretch. */
  private static final int WIDTH = 34;

  private static final int HEIGHT = 6;

  /** Stretches for a call of another loop. */
  private static final int WALKS = 16;

  private final List<HotLoop> loops = new ArrayList<>();
  private final Nhwc in = tensor(WIDTH, CHANNELS);
  private final Nhwc out = tensor(WIDTH, CHANNELS);
  private final Nhwc noPixels = tensor(0, CHANNELS);
  private final Nhwc noChannels = tensor(WIDTH, 0);

  private HotLoops() {}

  /** The largest first: while it is compiled, the others become ready to be. */
  static List<HotLoop> all(int panel) {
    HotLoops all = new HotLoops();
    all.tiles(panel);
    all.depthwise();
    all.pooling();
    all.pixelwise();
    return all.loops;
  }

  private static Nhwc tensor(int width, int channels) {
    float[] data = new float[HEIGHT * width * channels];
    return new Nhwc(data, 0, 1, HEIGHT, width, channels, channels);
  }

  private void add(String name, HotLoop.Calls calls) {
    loops.add(new HotLoop(name, calls));
  }

  private void tiles(int panel) {
    PackedMatrix matrix =
        PackedMatrix.pack(
            new float[CHANNELS * CHANNELS], new float[CHANNELS], CHANNELS, L, CHANNELS);
    Gemm gemm = Gemm.of(matrix, CHANNELS, in, Clamp.RELU6, CHANNELS);
    float[] a = in.data();
    float[] bias = matrix.bias();
    float[] c = out.data();
    if (panel == 4 * L) {
      add(
          "Tile6x4.run",
          (times, rounds) -> {
            for (int i = 0; i < times; i++) {
              Tile6x4.run(gemm, a, 0, 0, rounds, bias, 0, i % 2 == 1, c, 0);
            }
          });
    }
    add(
        "Finish.clamp",
        (times, rounds) -> {
          for (int i = 0; i < times; i++) {
            Finish.clamp(gemm, c, 0, Math.min(rounds, HEIGHT), CHANNELS);
          }
        });
    add(
        "Finish.addAndClamp",
        (times, rounds) -> {
          for (int i = 0; i < times; i++) {
            Finish.addAndClamp(gemm, 0, c, 0, Math.min(rounds, HEIGHT), CHANNELS);
          }
        });
    add(
        "Tile6x2.run",
        (times, rounds) -> {
          for (int i = 0; i < times; i++) {
            Tile6x2.run(gemm, a, 0, 0, rounds, bias, 0, i % 2 == 1, c, 0);
          }
        });
    add(
        "Tile6x1.run",
        (times, rounds) -> {
          for (int i = 0; i < times; i++) {
            Tile6x1.run(gemm, a, 0, 0, rounds, bias, 0, i % 2 == 1, c, 0);
          }
        });
  }

  private void depthwise() {
    ChannelFilter filter = new ChannelFilter(new float[9 * CHANNELS], new float[CHANNELS]);
    Walk3x3 walk = new Walk3x3(filter, Clamp.RELU6, CHANNELS, CHANNELS, CHANNELS);
    int line = WIDTH * CHANNELS;
    add(
        "Walk3x3.stretch",
        (times, rounds) -> {
          // Only calls with work: the compiler shapes this loop by how long it has seen it run.
          int calls = rounds == 0 ? 0 : WALKS * times;
          for (int i = 0; i < calls; i++) {
            walk.stretch(0, in.data(), 0, line, 2 * line, out.data(), 0, WIDTH - 2);
          }
        });
    Conv2d conv = Conv2d.depthwise(CHANNELS, 3, 1);
    ChannelFilter none = new ChannelFilter(new float[0], new float[0]);
    SimdDepthwise something = new SimdDepthwise(in, conv, filter, null, Clamp.RELU6, out);
    SimdDepthwise nothing =
        new SimdDepthwise(noChannels, conv, none, null, Clamp.RELU6, noChannels);
    add(
        "SimdDepthwise.pixel",
        (times, rounds) -> {
          SimdDepthwise kernel = rounds == 0 ? nothing : something;
          for (int i = 0; i < times; i++) {
            // The corners at the beginning and at the end.
            int end = i % 2;
            int top = end * (HEIGHT - 1) - 1;
            kernel.pixel(end * (HEIGHT - 1), 0, top, 1 - end, 3 - end, end * (WIDTH - 1));
          }
        });
  }

  private void pooling() {
    ChannelFilter factor = new ChannelFilter(new float[CHANNELS], new float[CHANNELS]);
    ChannelFilter[] stages = {factor, factor};
    SimdChainedPooling chain = new SimdChainedPooling(BlockRows.of(in), stages, out);
    SimdChainedPooling emptyChain =
        new SimdChainedPooling(BlockRows.of(noPixels), stages, noPixels);
    float[] scratch = new float[(int) chain.scratchFloats()];
    int line = WIDTH * Pool5x5.BLOCK;
    add(
        "Pool5x5.row",
        (times, rounds) -> {
          int channels = Math.min(rounds, L);
          for (int i = 0; i < times; i++) {
            Pool5x5.row(in.data(), 0, CHANNELS, WIDTH, channels, scratch, line, 0);
          }
        });
    SimdMaxPool5x5 pool = new SimdMaxPool5x5(in, out);
    SimdMaxPool5x5 emptyPool = new SimdMaxPool5x5(noPixels, noPixels);
    add(
        "SimdMaxPool5x5.columns",
        (times, rounds) -> {
          SimdMaxPool5x5 kernel = rounds == 0 ? emptyPool : pool;
          for (int i = 0; i < times; i++) {
            kernel.columns(0, 0, 0, 0, scratch);
          }
        });
    add(
        "SimdChainedPooling.sum",
        (times, rounds) -> {
          SimdChainedPooling kernel = rounds == 0 ? emptyChain : chain;
          for (int i = 0; i < times; i++) {
            kernel.sum(i % 2, 0, 0, 0, 0, scratch);
          }
        });
    FusionRows fusion = fusion(in);
    FusionRows emptyFusion = fusion(noPixels);
    add(
        "FusionRows.addBlend",
        (times, rounds) -> {
          FusionRows kernel = rounds == 0 ? emptyFusion : fusion;
          for (int i = 0; i < times; i++) {
            kernel.addBlend(0, 0, scratch, 0);
          }
        });
  }

  private FusionRows fusion(Nhwc both) {
    Resampling resampling = Resampling.of(in, Upsample.Mode.BILINEAR, in);
    return new FusionRows(both, resampling, both, new PackedMatrix[0], Clamp.RELU6);
  }

  private void pixelwise() {
    SimdElementwise elementwise = new SimdElementwise(in, in, Clamp.RELU6, out);
    add(
        "SimdElementwise.add",
        (times, rounds) -> {
          for (int i = 0; i < times; i++) {
            elementwise.add(0, 0, 0, rounds * L);
          }
        });
    add(
        "SimdElementwise.activate",
        (times, rounds) -> {
          for (int i = 0; i < times; i++) {
            elementwise.activate(0, 0, rounds * L);
          }
        });
    SimdUpsample upsample = upsample(in, out);
    SimdUpsample emptyUpsample = upsample(noChannels, noChannels);
    add(
        "SimdUpsample.blend",
        (times, rounds) -> {
          SimdUpsample kernel = rounds == 0 ? emptyUpsample : upsample;
          for (int i = 0; i < times; i++) {
            kernel.blend(0, 0, 0, 0, 0.5f, 0.5f, -(i % 2), 0);
          }
        });
    ChannelFilter factor = new ChannelFilter(new float[CHANNELS], new float[CHANNELS]);
    ChannelFilter none = new ChannelFilter(new float[0], new float[0]);
    add(
        "SimdScale.pixel",
        (times, rounds) -> {
          ChannelFilter filter = rounds == 0 ? none : factor;
          for (int i = 0; i < times; i++) {
            SimdScale.pixel(in.data(), 0, filter, Clamp.RELU6, out.data(), 0);
          }
        });
    Conv2d conv = Conv2d.of(L, 1, 3);
    SimdShiftAdd shiftAdd = new SimdShiftAdd(in, conv, factor.bias(), Clamp.NONE, out);
    SimdShiftAdd emptyShiftAdd =
        new SimdShiftAdd(noPixels, conv, factor.bias(), Clamp.NONE, noPixels);
    add(
        "SimdShiftAdd.start",
        (times, rounds) -> {
          SimdShiftAdd kernel = rounds == 0 ? emptyShiftAdd : shiftAdd;
          for (int i = 0; i < times; i++) {
            kernel.start(0, 0);
          }
        });
    add(
        "SimdShiftAdd.add",
        (times, rounds) -> {
          int pixels = Math.min(rounds, WIDTH);
          for (int i = 0; i < times; i++) {
            shiftAdd.add(0, 0, pixels);
          }
        });
    add(
        "SimdShiftAdd.clamp",
        (times, rounds) -> {
          SimdShiftAdd kernel = rounds == 0 ? emptyShiftAdd : shiftAdd;
          for (int i = 0; i < times; i++) {
            kernel.clamp(0);
          }
        });
  }

  private static SimdUpsample upsample(Nhwc from, Nhwc to) {
    Resampling resampling = Resampling.of(from, Upsample.Mode.BILINEAR, to);
    return new SimdUpsample(from, resampling, from, Clamp.RELU6, to);
  }
}
