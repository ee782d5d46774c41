package dev.hydranet.converter.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import dev.hydranet.engine.graph.Rearrange;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Writes operators that only move elements. */
final class RearrangeTranslator {
  private final GraphWriter out;
  private final String output;

  RearrangeTranslator(GraphWriter out, String output) {
    this.out = out;
    this.output = output;
  }

  void translate(Rearrange op, List<String> operands) {
    String x = operands.get(0);
    switch (op) {
      case Rearrange.Constant constant -> out.node("Identity", output, operands);
      case Rearrange.Reshape reshape ->
          out.node(
              "Reshape",
              output,
              List.of(x, vector("shape", reshape.dims())),
              Attribute.of("allowzero", 1));
      case Rearrange.Transpose transpose ->
          out.node("Transpose", output, operands, Attribute.of("perm", transpose.axes()));
      case Rearrange.Slice slice -> slice(slice, x);
      case Rearrange.Pad pad -> {
        List<Integer> pads = Stream.concat(pad.before().stream(), pad.after().stream()).toList();
        out.node(
            "Pad",
            output,
            List.of(x, vector("pads", pads), out.scalar(output + "/value", pad.value())),
            Attribute.of("mode", pad.mode().name().toLowerCase(Locale.ROOT)));
      }
      case Rearrange.Expand expand ->
          out.node("Expand", output, List.of(x, vector("shape", expand.dims())));
      case Rearrange.Tile tile ->
          out.node("Tile", output, List.of(x, vector("repeats", tile.repeats())));
      case Rearrange.Gather gather ->
          out.node(
              "Gather", output, List.of(x, indices(operands)), Attribute.of("axis", gather.axis()));
      case Rearrange.GatherElements gather ->
          out.node(
              "GatherElements",
              output,
              List.of(x, indices(operands)),
              Attribute.of("axis", gather.axis()));
      case Rearrange.GatherNd gather ->
          out.node(
              "GatherND",
              output,
              List.of(x, indices(operands)),
              Attribute.of("batch_dims", gather.batch()));
      case Rearrange.Scatter scatter -> scatter(scatter, operands);
      case Rearrange.Windows windows ->
          throw new IllegalArgumentException(
              output + ": ONNX has no operator for the windows of an image");
      case Rearrange.DepthToSpace shuffle ->
          out.node(
              "DepthToSpace",
              output,
              operands,
              Attribute.of("blocksize", shuffle.block()),
              Attribute.of("mode", shuffle.channelOutermost() ? "CRD" : "DCR"));
      case Rearrange.SpaceToDepth unshuffle -> spaceToDepth(unshuffle, operands);
    }
  }

  private void spaceToDepth(Rearrange.SpaceToDepth op, List<String> operands) {
    if (op.channelOutermost()) {
      throw new IllegalArgumentException(
          output + ": blocks of pixels with the channel outermost need opset 28");
    }
    out.node("SpaceToDepth", output, operands, Attribute.of("blocksize", op.block()));
  }

  private void scatter(Rearrange.Scatter op, List<String> operands) {
    List<String> inputs = List.of(operands.get(0), indices(operands), operands.get(2));
    String function =
        op.function() == Rearrange.Scatter.Function.REPLACE
            ? "none"
            : op.function().name().toLowerCase(Locale.ROOT);
    AttributeProto reduction = Attribute.of("reduction", function);
    if (op.elements()) {
      out.node("ScatterElements", output, inputs, Attribute.of("axis", op.axis()), reduction);
    } else {
      out.node("ScatterND", output, inputs, reduction);
    }
  }

  private String indices(List<String> operands) {
    return out.node(
        "Cast",
        output + "/indices",
        List.of(operands.get(1)),
        Attribute.of("to", TensorProto.DataType.INT64_VALUE));
  }

  private void slice(Rearrange.Slice op, String x) {
    int rank = op.begins().size();
    List<Integer> ends = new ArrayList<>();
    for (int axis = 0; axis < rank; axis++) {
      long end = op.begins().get(axis) + (long) op.counts().get(axis) * op.steps().get(axis);
      // Backwards over the first element, an end of -1 would mean the last one.
      ends.add(end < 0 ? Integer.MIN_VALUE : (int) Math.min(end, Integer.MAX_VALUE));
    }
    out.node(
        "Slice",
        output,
        List.of(
            x,
            vector("begins", op.begins()),
            vector("ends", ends),
            vector("axes", IntStream.range(0, rank).boxed().toList()),
            vector("steps", op.steps())));
  }

  private String vector(String what, List<Integer> numbers) {
    return out.vector(output + "/" + what, numbers.stream().mapToInt(Integer::intValue).toArray());
  }
}
