package dev.hydranet.engine.compile;

import dev.hydranet.engine.graph.Conv2d;
import dev.hydranet.engine.graph.Size;
import dev.hydranet.engine.kernel.ChannelFilter;
import dev.hydranet.engine.kernel.FusedKernels;
import dev.hydranet.engine.kernel.PackedMatrix;
import dev.hydranet.engine.kernel.Winograd;
import dev.hydranet.engine.run.Step;
import dev.hydranet.engine.run.StepGroup;
import dev.hydranet.engine.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A convolution by {@link Winograd}'s algorithm, for images where that pays. */
record Winograd3x3(ScaledConvolution nodes) implements Fusion {
  /** With more outputs for each input, transforming them costs more than is saved. */
  private static final int OUTPUTS_FOR_AN_INPUT = 16;

  /** Transformed weights that stay in the caches. */
  private static final long CACHED_WEIGHTS = 1 << 20;

  /** So many tiles are not worth reading more weights than that. */
  private static final int FEW_TILES = 4;

  static Optional<Winograd3x3> match(FusedNode first, Readers readers) {
    return ScaledConvolution.match(first, readers, Winograd3x3::suits).map(Winograd3x3::new);
  }

  /** Whether the algorithm fits the convolution's geometry and channels. */
  private static boolean suits(FusedNode node) {
    return node.head().op() instanceof Conv2d conv && suits(conv);
  }

  static boolean suits(Conv2d conv) {
    return conv.groups() == 1
        && conv.kernel().equals(Size.square(3))
        && conv.stride().equals(Size.square(1))
        && conv.dilation().equals(Size.square(1))
        && conv.outChannels() <= OUTPUTS_FOR_AN_INPUT * conv.inChannels();
  }

  /**
   * Whether it pays for an output of that shape: a tile takes a quarter of the multiplications of
   * its outputs, so more than half of them must lie inside the image. The transformed weights are
   * four times as large: where they exceed the caches, they must serve more than a few tiles.
   */
  private static boolean pays(Conv2d conv, Shape out) {
    int down = Math.ceilDiv(out.height(), Winograd.OUT);
    int across = Math.ceilDiv(out.width(), Winograd.OUT);
    long outputs = (long) down * across * Winograd.OUT * Winograd.OUT;
    long floats = (long) Winograd.PRODUCTS * conv.inChannels() * conv.outChannels();
    boolean enough = (long) out.batch() * down * across > FEW_TILES || floats <= CACHED_WEIGHTS;
    return enough && 2L * out.height() * out.width() > outputs;
  }

  @Override
  public List<FusedNode> members() {
    return nodes.members();
  }

  @Override
  public StepGroup lower(Lowering lowering, FusedKernels kernels) {
    FusedNode node = nodes.conv();
    Conv2d conv = (Conv2d) node.head().op();
    PackedWeights weights = lowering.weights();
    FoldedWeights folded = weights.folded(node, conv);
    PackedMatrix[] matrices = weights.groups(conv, folded);
    float[] noBias = new float[conv.outChannels()];
    PackedMatrix[] products =
        Arrays.stream(Winograd.transform(folded.filters()))
            .map(rows -> weights.matrix(rows, noBias, conv.inChannels()))
            .toArray(PackedMatrix[]::new);
    ChannelFilter filter = nodes.filter(weights);
    List<Step> separate = new ArrayList<>();
    nodes.scale().ifPresent(scale -> separate.add(lowering.step(scale)));
    separate.add(lowering.conv2d(node, conv, matrices));
    List<String> reads = new ArrayList<>(nodes.reads());
    nodes.scale().flatMap(scale -> node.residual()).ifPresent(reads::add);
    Step together =
        Steps.of(
            members(),
            description() + ", Winograd",
            reads,
            true,
            (in, out) ->
                kernels.winograd(
                    in.get(0),
                    filter,
                    nodes.inputClamp(),
                    conv,
                    matrices[0],
                    products,
                    Steps.residual(node, in),
                    node.clamp(),
                    out));
    return new StepGroup(
        separate, List.of(together), shapes -> pays(conv, shapes.get(node.name())));
  }
}
