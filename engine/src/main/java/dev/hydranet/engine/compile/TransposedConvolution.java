package dev.hydranet.engine.compile;

import dev.hydranet.engine.graph.ConvTranspose2d;
import dev.hydranet.engine.kernel.PackedMatrix;
import dev.hydranet.engine.kernel.general.TapSum;
import dev.hydranet.engine.run.Step;
import dev.hydranet.engine.run.StepGroup;
import dev.hydranet.engine.tensor.Shape;
import java.util.List;

/**
 * A transposed convolution as a pointwise one with an output channel for every tap and output,
 * whose outputs are then summed where they fall.
 */
final class TransposedConvolution {
  private TransposedConvolution() {}

  /** Two steps; between them lies a value that no node has. */
  static StepGroup lower(FusedNode node, ConvTranspose2d op, Lowering lowering) {
    String taps = lowering.freeName(node.head().name() + " taps");
    PackedWeights weights = lowering.weights();
    int count = op.kernel().height() * op.kernel().width();
    float[] rows = rows(op, weights.tensor(node, "weight").data(), count);
    PackedMatrix matrix =
        weights.matrix(rows, new float[count * op.outChannels()], op.inChannels());
    float[] bias = op.bias() ? weights.tensor(node, "bias").data() : new float[op.outChannels()];
    String input = node.reads().getFirst();
    Step product =
        new Step(
            taps,
            "ConvTranspose2d, taps as channels",
            List.of(node.head()),
            List.of(input),
            false,
            shapes -> shape(shapes.get(input), count * op.outChannels()),
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
                (in, out) -> new TapSum(op, in.getFirst(), bias, node.clamp(), out)));
    return StepGroup.of(product, sum);
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
