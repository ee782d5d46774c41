package dev.hydranet.engine.simplify;

import dev.hydranet.engine.graph.Node;
import java.util.List;
import java.util.Optional;

/** A way to say a node, and those that it reads, more simply. */
interface Pattern {
  /**
   * All there are, in the order in which they are tried: those of the first list on all nodes, then
   * those of the second, which would hide what the first ones look for.
   */
  List<List<Pattern>> ALL =
      List.of(
          List.of(
              Activations::bounds,
              Activations::hardSigmoid,
              Activations::hardSwish,
              Activations::swish,
              Activations::gelu,
              Layers::layerNorm,
              Layers::bias,
              Images::padding,
              Images::resizing),
          List.of(Layers::channelScale, Layers::sum, Images::kernel));

  /**
   * A node of the same name, value and shape that does more at once; its parameters are {@linkplain
   * Values#define defined}.
   */
  Optional<Node> match(Node node, Values values);
}
