package dev.hydranet.engine.compile;

import dev.hydranet.engine.graph.ConvTranspose2d;
import dev.hydranet.engine.kernel.FusedKernels;
import dev.hydranet.engine.kernel.PackedMatrix;
import dev.hydranet.engine.kernel.general.TapSum;
import dev.hydranet.engine.run.Step;
import dev.hydranet.engine.run.StepGroup;
import dev.hydranet.engine.tensor.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A transposed convolution as a pointwise one with an output channel for every tap and output,
 * whose outputs are then summed where they fall.
 */
final class TransposedConvolution {
  private TransposedConvolution() {}

  /** Two steps; between them lies a value that no node has. */
  static StepGroup lower(
      FusedNode node, ConvTranspose2d op, Lowering lowering, Optional<FusedKernels> fused) {
    String taps = lowering.freeName(node.head().name() + " taps");
    PackedWeights weights = lowering.weights();
    int count = op.kernel().height() * op.kernel().width();
    FoldedWeights folded =
        weights.folded(node, rows(op, weights.tensor(node, "weight").data(), count), op);
    PackedMatrix matrix =
        weights.matrix(folded.filters(), new float[count * op.outChannels()], op.inChannels());
    float[] bias = Arrays.copyOf(folded.bias(), weights.padded(op.outChannels()));
    String input = node.reads().getFirst();
    Step product =
        new Step(
            taps,
            "ConvTranspose2d, taps as channels",
            List.of(node.head()),
            List.of(input),
            false,
            shapes ->
                shape(
                    shapes.get(input),
                    (count - 1) * op.outChannels() + weights.padded(op.outChannels())),
            lowering.product(matrix));
    Step sum =
        new Step(
            node.name(),
            "sum of taps" + node.description().substring(op.kind().length()),
            node.nodes().subList(1, node.nodes().size()),
            List.of(taps),
            false,
            shapes -> shapes.get(node.name()),
            Step.Binding.ofPixels(
                (in, out) ->
                    fused
                        .map(f -> f.tapSum(in.getFirst(), op, bias, node.clamp(), out))
                        .orElseGet(() -> new TapSum(op, in.getFirst(), bias, node.clamp(), out))));
    return StepGroup.of(product, lowering.withEpilogue(sum, node));
  }

  private static Shape shape(Shape in, int channels) {
    return Shape.of(in.batch(), channels, in.height(), in.width());
  }

  /**
   * The matrix's rows: weights {@code [inputs][outputs of a group][taps]} as {@code [taps *
   * outputs][inputs]}, zero where input and output are of different groups.
   */
  private static float[] rows(ConvTranspose2d op, float[] weights, int taps) {
    int inputs = op.inChannels();
    int outputs = op.outChannels() / op.groups();
    float[] rows = new float[taps * op.outChannels() * inputs];
    for (int c = 0; c < inputs; c++) {
      int first = c / (inputs / op.groups()) * outputs;
      for (int o = 0; o < outputs; o++) {
        for (int tap = 0; tap < taps; tap++) {
          int row = tap * op.outChannels() + first + o;
          rows[row * inputs + c] = weights[(c * outputs + o) * taps + tap];
        }
      }
    }
    return rows;
  }
}
