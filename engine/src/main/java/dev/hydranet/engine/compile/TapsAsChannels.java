package dev.hydranet.engine.compile;

import dev.hydranet.engine.graph.Conv2d;
import dev.hydranet.engine.graph.Node;
import dev.hydranet.engine.graph.Size;
import dev.hydranet.engine.kernel.ChannelFilter;
import dev.hydranet.engine.kernel.FusedKernels;
import dev.hydranet.engine.kernel.PackedMatrix;
import dev.hydranet.engine.run.Step;
import dev.hydranet.engine.run.StepGroup;
import dev.hydranet.engine.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A convolution of few output channels as a pointwise one with an output channel for every tap,
 * whose outputs are then shifted and added. Computed directly, its few outputs would be padded to
 * whole vectors at every tap; here only their product with the taps is.
 */
record TapsAsChannels(ScaledConvolution nodes) implements Fusion {
  static Optional<TapsAsChannels> match(FusedNode first, Readers readers) {
    return ScaledConvolution.match(first, readers, TapsAsChannels::suits).map(TapsAsChannels::new);
  }

  /** Whether the taps' outputs are no more than the inputs. */
  private static boolean suits(FusedNode node) {
    return node.head().op() instanceof Conv2d conv
        && conv.groups() == 1
        && conv.stride().equals(Size.square(1))
        && !conv.kernel().equals(Size.square(1))
        && taps(conv) * conv.outChannels() <= conv.inChannels()
        && node.residual().isEmpty();
  }

  @Override
  public List<FusedNode> members() {
    return nodes.members();
  }

  /** Two steps; between them lies a value that no node has. */
  @Override
  public StepGroup lower(Lowering lowering, FusedKernels kernels) {
    String taps = lowering.freeName(nodes.conv().head().name() + " taps");
    return StepGroup.of(taps(taps, lowering, kernels), shiftAdd(taps, lowering, kernels));
  }

  /** The pointwise half. */
  private Step taps(String name, Lowering lowering, FusedKernels kernels) {
    Conv2d conv = (Conv2d) nodes.conv().head().op();
    PackedWeights weights = lowering.weights();
    float[] rows = rows(conv, weights.folded(nodes.conv(), conv).filters());
    int outputs = rows.length / conv.inChannels();
    PackedMatrix matrix = weights.matrix(rows, new float[outputs], conv.inChannels());
    ChannelFilter filter = nodes.filter(weights);
    List<String> reads = nodes.reads();
    List<Node> computed = new ArrayList<>(nodes.scale().map(FusedNode::nodes).orElse(List.of()));
    computed.add(nodes.conv().head());
    return new Step(
        name,
        nodes.prefix() + "Conv2d, taps as channels",
        computed,
        reads,
        filter != null,
        shapes -> shape(conv, shapes.get(reads.get(0)), weights.padded(conv.outChannels())),
        filter == null
            ? lowering.product(matrix)
            : Step.Binding.ofPixels(
                (in, out) ->
                    kernels.scaledPointwise(in.get(0), filter, nodes.inputClamp(), matrix, out)));
  }

  /** The other half: the taps' outputs, shifted and added. */
  private Step shiftAdd(String taps, Lowering lowering, FusedKernels kernels) {
    FusedNode node = nodes.conv();
    Conv2d conv = (Conv2d) node.head().op();
    PackedWeights weights = lowering.weights();
    float[] bias = weights.folded(node, conv).bias();
    float[] padded = Arrays.copyOf(bias, weights.padded(bias.length));
    String name = node.name();
    return new Step(
        name,
        "shift and add" + node.description().substring("Conv2d".length()),
        node.nodes().subList(1, node.nodes().size()),
        List.of(taps),
        true,
        shapes -> shapes.get(name),
        Step.Binding.ofPixels(
            (in, out) -> kernels.shiftAdd(in.get(0), conv, padded, node.clamp(), out)));
  }

  /** The matrix's rows: weights in a checkpoint's order as {@code [taps * outputs][inputs]}. */
  private static float[] rows(Conv2d conv, float[] weights) {
    int taps = taps(conv);
    int depth = conv.inChannels();
    float[] rows = new float[weights.length];
    for (int o = 0; o < conv.outChannels(); o++) {
      for (int c = 0; c < depth; c++) {
        for (int tap = 0; tap < taps; tap++) {
          rows[(tap * conv.outChannels() + o) * depth + c] = weights[(o * depth + c) * taps + tap];
        }
      }
    }
    return rows;
  }

  /** The shape of the taps' outputs, with room for a whole vector at the last tap. */
  private static Shape shape(Conv2d conv, Shape in, int room) {
    int last = (taps(conv) - 1) * conv.outChannels();
    return Shape.of(in.batch(), last + room, in.height(), in.width());
  }

  private static int taps(Conv2d conv) {
    return conv.kernel().height() * conv.kernel().width();
  }
}
