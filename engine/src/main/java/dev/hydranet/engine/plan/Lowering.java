package dev.hydranet.engine.plan;

import dev.hydranet.engine.graph.Activation;
import dev.hydranet.engine.graph.Add;
import dev.hydranet.engine.graph.ArgMax;
import dev.hydranet.engine.graph.AvgPool2d;
import dev.hydranet.engine.graph.BatchNorm;
import dev.hydranet.engine.graph.Concat;
import dev.hydranet.engine.graph.Conv2d;
import dev.hydranet.engine.graph.Flatten;
import dev.hydranet.engine.graph.GlobalAvgPool;
import dev.hydranet.engine.graph.Linear;
import dev.hydranet.engine.graph.MaxPool2d;
import dev.hydranet.engine.graph.Node;
import dev.hydranet.engine.graph.Softmax;
import dev.hydranet.engine.graph.Upsample;
import dev.hydranet.engine.kernel.ArgMaxKernel;
import dev.hydranet.engine.kernel.AvgPool;
import dev.hydranet.engine.kernel.ChannelFilter;
import dev.hydranet.engine.kernel.Clamp;
import dev.hydranet.engine.kernel.ConcatKernel;
import dev.hydranet.engine.kernel.FlattenKernel;
import dev.hydranet.engine.kernel.GlobalAverage;
import dev.hydranet.engine.kernel.KernelProvider;
import dev.hydranet.engine.kernel.Nhwc;
import dev.hydranet.engine.kernel.PackedMatrix;
import dev.hydranet.engine.kernel.Patches;
import dev.hydranet.engine.kernel.SoftmaxKernel;
import dev.hydranet.engine.kernel.Winograd;
import dev.hydranet.engine.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Turns fused nodes into steps: folds and packs their weights, and chooses the kernel for each. */
final class Lowering {
  /** More than the second-level cache holds, on most processors. */
  private static final int CACHED_FLOATS = 3 << 18;

  /**
   * A fusion's inputs up to which its product, done for a block of channels at a time and so at
   * half the speed, costs less than the passes over memory that are saved.
   */
  private static final int FEW_INPUTS = 96;

  private final Map<String, Tensor> weights;
  private final KernelProvider kernels;
  private final Set<String> taken;

  /**
   * For one graph.
   *
   * @param taken the names of its inputs and nodes
   */
  Lowering(Map<String, Tensor> weights, KernelProvider kernels, Set<String> taken) {
    this.weights = weights;
    this.kernels = kernels;
    this.taken = taken;
  }

  Unit lower(Chain chain) {
    if (kernels.fused().isEmpty()) {
      return Unit.of(Chains.members(chain).stream().map(this::single).toArray(Step[]::new));
    }
    return switch (chain) {
      case Chain.Single single -> {
        if (TapsAsChannels.suits(single.node())) {
          yield tapsAsChannels(Optional.empty(), single.node());
        }
        yield Winograd3x3.suits(single.node())
            ? winograd(Optional.empty(), single.node())
            : Unit.of(single(single.node()));
      }
      case Chain.InvertedResidual block -> invertedResidual(block);
      case Chain.Pooling pooling -> Unit.of(pooling(pooling));
      case Chain.Refinement block -> refinement(block);
      case Chain.ScaledHead head ->
          TapsAsChannels.suits(head.conv())
              ? tapsAsChannels(Optional.of(head.scale()), head.conv())
              : winograd(Optional.of(head.scale()), head.conv());
    };
  }

  /**
   * Row by row pays where the expanded tensor does not fit the second-level cache; where it does,
   * whole layers at once are better: fewer, larger products and nothing expanded twice.
   */
  private Unit invertedResidual(Chain.InvertedResidual block) {
    Conv2d conv = (Conv2d) block.depthwise().head().op();
    PackedMatrix expand = matrix(block.expand(), (Conv2d) block.expand().head().op());
    ChannelFilter filter = filter(block.depthwise(), conv);
    PackedMatrix project = matrix(block.project(), (Conv2d) block.project().head().op());
    Clamp expandClamp = block.expand().clamp();
    Clamp depthwiseClamp = block.depthwise().clamp();
    Clamp clamp = block.project().clamp();
    Step first =
        step(
            block.expand(),
            false,
            (k, in, out) -> k.pointwise(in.get(0), expand, null, expandClamp, out));
    Step second =
        step(
            block.depthwise(),
            true,
            (k, in, out) -> k.depthwise(in.get(0), conv, filter, null, depthwiseClamp, out));
    Step third =
        step(
            block.project(),
            residualIsRead(block.project()),
            (k, in, out) ->
                k.pointwise(in.get(0), project, residual(block.project(), in), clamp, out));
    List<String> reads = new ArrayList<>(block.expand().reads());
    block.project().residual().ifPresent(reads::add);
    Step together =
        Step.of(
            Chains.members(block),
            String.join(
                " + ", block.expand().what(), block.depthwise().what(), block.project().what()),
            reads,
            residualIsRead(block.project()),
            (k, in, out) ->
                k.fused()
                    .orElseThrow()
                    .invertedResidual(
                        in.get(0),
                        expand,
                        expandClamp,
                        conv,
                        filter,
                        depthwiseClamp,
                        project,
                        residual(block.project(), in),
                        clamp,
                        out));
    return new Unit(
        List.of(first, second, third),
        List.of(together),
        shapes -> shapes.get(block.expand().name()).elementCount() > CACHED_FLOATS);
  }

  /** In one pass where the pooled tensor does not fit the second-level cache. */
  private Unit refinement(Chain.Refinement block) {
    Fused fusion = block.fusion();
    Conv2d conv = (Conv2d) fusion.head().op();
    Upsample upsample = (Upsample) block.resize().head().op();
    ChannelFilter[] filters = filters(block.pooling());
    PackedMatrix[] weights = packBlocks(fusion, conv);
    Step together =
        Step.of(
            Chains.members(block),
            String.join(" + ", block.resize().what(), fusion.what(), what(block.pooling())),
            List.of(block.resize().reads().get(0), fusion.reads().get(0)),
            true,
            (k, in, out) ->
                k.fused()
                    .orElseThrow()
                    .refinement(
                        in.get(0),
                        upsample.mode(),
                        in.get(1),
                        weights,
                        fusion.clamp(),
                        filters,
                        out));
    return new Unit(
        List.of(single(block.resize()), single(fusion), pooling(block.pooling())),
        List.of(together),
        shapes ->
            shapes.get(fusion.name()).elementCount() > CACHED_FLOATS
                && conv.inChannels() <= FEW_INPUTS);
  }

  /** A pointwise convolution's weights, a matrix for each block of output channels. */
  private PackedMatrix[] packBlocks(Fused fused, Conv2d pointwise) {
    int block = kernels.fused().orElseThrow().poolingBlock();
    int depth = pointwise.inChannels();
    Folded folded = folded(fused, pointwise);
    int outputs = folded.bias().length;
    PackedMatrix[] blocks = new PackedMatrix[Math.ceilDiv(outputs, block)];
    for (int i = 0; i < blocks.length; i++) {
      int first = i * block;
      int end = Math.min(first + block, outputs);
      blocks[i] =
          pack(
              Arrays.copyOfRange(folded.filters(), first * depth, end * depth),
              Arrays.copyOfRange(folded.bias(), first, end),
              depth);
    }
    return blocks;
  }

  private ChannelFilter[] filters(Chain.Pooling pooling) {
    return pooling.stages().stream()
        .map(stage -> filter(stage.scale(), (Conv2d) stage.scale().head().op()))
        .toArray(ChannelFilter[]::new);
  }

  private static String what(Chain.Pooling pooling) {
    return "chained residual pooling: " + pooling.stages().size() + " x (MaxPool2d + Conv2d + Add)";
  }

  private Step pooling(Chain.Pooling pooling) {
    ChannelFilter[] filters = filters(pooling);
    return Step.of(
        Chains.members(pooling),
        what(pooling),
        pooling.first().reads(),
        true,
        (k, in, out) -> k.fused().orElseThrow().chainedPooling(in.get(0), filters, out));
  }

  /** A convolution as a pointwise one and a sum; between them lies a value that no node has. */
  private Unit tapsAsChannels(Optional<Fused> scale, Fused fused) {
    String taps = free(fused.head().name() + " taps");
    return Unit.of(taps(scale, fused, taps), shiftAdd(fused, taps));
  }

  /** A name like the given one that is no value's of the graph. */
  private String free(String name) {
    return taken.contains(name) ? free(name + "'") : name;
  }

  /** The pointwise half of a convolution whose taps become output channels. */
  private Step taps(Optional<Fused> scale, Fused fused, String name) {
    Conv2d conv = (Conv2d) fused.head().op();
    float[] rows = TapsAsChannels.rows(conv, folded(fused, conv).filters());
    PackedMatrix matrix = pack(rows, new float[rows.length / conv.inChannels()], conv.inChannels());
    Optional<ChannelFilter> filter = scale.map(node -> filter(node, (Conv2d) node.head().op()));
    Clamp inputClamp = scale.map(Fused::clamp).orElse(Clamp.NONE);
    List<String> reads = scale.orElse(fused).reads();
    List<Node> nodes = new ArrayList<>(scale.map(Fused::nodes).orElse(List.of()));
    nodes.add(fused.head());
    return new Step(
        name,
        scale.map(node -> node.what() + " + ").orElse("") + "Conv2d, taps as channels",
        nodes,
        reads,
        scale.isPresent(),
        shapes -> TapsAsChannels.shape(conv, shapes.get(reads.get(0)), kernels.lanes()),
        (k, in, out) ->
            filter.isPresent()
                ? k.fused()
                    .orElseThrow()
                    .scaledPointwise(in.get(0), filter.get(), inputClamp, matrix, out)
                : k.pointwise(in.get(0), matrix, null, Clamp.NONE, out));
  }

  /** The other half: the taps' outputs, shifted and added. */
  private Step shiftAdd(Fused fused, String taps) {
    Conv2d conv = (Conv2d) fused.head().op();
    float[] bias = folded(fused, conv).bias();
    float[] padded =
        Arrays.copyOf(bias, Math.ceilDiv(bias.length, kernels.lanes()) * kernels.lanes());
    String name = fused.name();
    return new Step(
        name,
        "shift and add" + fused.what().substring("Conv2d".length()),
        fused.nodes().subList(1, fused.nodes().size()),
        List.of(taps),
        true,
        shapes -> shapes.get(name),
        (k, in, out) ->
            k.fused().orElseThrow().shiftAdd(in.get(0), conv, padded, fused.clamp(), out));
  }

  /** A convolution by Winograd's algorithm where that pays. */
  private Unit winograd(Optional<Fused> scale, Fused fused) {
    Conv2d conv = (Conv2d) fused.head().op();
    Folded folded = folded(fused, conv);
    PackedMatrix[] matrices = packGroups(conv, folded.filters(), folded.bias());
    float[] none = new float[conv.outChannels()];
    PackedMatrix[] products =
        Arrays.stream(Winograd.transform(folded.filters()))
            .map(rows -> pack(rows, none, conv.inChannels()))
            .toArray(PackedMatrix[]::new);
    ChannelFilter filter = scale.map(node -> filter(node, (Conv2d) node.head().op())).orElse(null);
    Clamp inputClamp = scale.map(Fused::clamp).orElse(Clamp.NONE);
    List<Fused> members = new ArrayList<>();
    List<Step> separate = new ArrayList<>();
    scale.ifPresent(node -> members.add(node));
    scale.ifPresent(node -> separate.add(single(node)));
    members.add(fused);
    separate.add(standard(fused, conv, matrices));
    List<String> reads = new ArrayList<>(scale.orElse(fused).reads());
    scale.flatMap(node -> fused.residual()).ifPresent(reads::add);
    Step together =
        Step.of(
            members,
            scale.map(node -> node.what() + " + ").orElse("") + fused.what() + ", Winograd",
            reads,
            true,
            (k, in, out) ->
                k.fused()
                    .orElseThrow()
                    .winograd(
                        in.get(0),
                        filter,
                        inputClamp,
                        conv,
                        matrices[0],
                        products,
                        residual(fused, in),
                        fused.clamp(),
                        out));
    return new Unit(
        separate, List.of(together), shapes -> Winograd3x3.pays(shapes.get(fused.name())));
  }

  private Step single(Fused fused) {
    Clamp clamp = fused.clamp();
    return switch (fused.head().op()) {
      case Conv2d conv -> convolution(fused, conv);
      case Linear linear -> linear(fused, linear);
      case BatchNorm norm -> {
        ChannelScale scale = ChannelScale.of(fused.head(), norm, weights);
        ChannelFilter filter =
            ChannelFilter.pack(scale.factors(), scale.offsets(), kernels.lanes());
        yield step(
            fused,
            true,
            (k, in, out) -> k.scale(in.get(0), filter, residual(fused, in), clamp, out));
      }
      case Activation activation ->
          step(fused, true, (k, in, out) -> k.elementwise(in.get(0), null, clamp, out));
      case Add add ->
          step(fused, true, (k, in, out) -> k.elementwise(in.get(0), in.get(1), clamp, out));
      case MaxPool2d pool -> step(fused, true, (k, in, out) -> k.maxPool(in.get(0), pool, out));
      case Upsample upsample ->
          step(
              fused,
              true,
              (k, in, out) ->
                  k.upsample(in.get(0), upsample.mode(), residual(fused, in), clamp, out));
      case AvgPool2d pool -> step(fused, false, (k, in, out) -> new AvgPool(in.get(0), pool, out));
      case GlobalAvgPool pool ->
          step(fused, false, (k, in, out) -> new GlobalAverage(in.get(0), out));
      case Concat concat -> step(fused, false, (k, in, out) -> new ConcatKernel(in, out));
      case Softmax softmax -> step(fused, false, (k, in, out) -> new SoftmaxKernel(in.get(0), out));
      case ArgMax argMax -> step(fused, false, (k, in, out) -> new ArgMaxKernel(in.get(0), out));
      case Flatten flatten -> step(fused, false, (k, in, out) -> new FlattenKernel(in.get(0), out));
    };
  }

  private Step convolution(Fused fused, Conv2d conv) {
    Clamp clamp = fused.clamp();
    if (conv.isDepthwise()) {
      ChannelFilter filter = filter(fused, conv);
      return conv.equals(Conv2d.depthwise(conv.inChannels(), 1, 1))
          ? step(
              fused,
              true,
              (k, in, out) -> k.scale(in.get(0), filter, residual(fused, in), clamp, out))
          : step(
              fused,
              true,
              (k, in, out) ->
                  k.depthwise(in.get(0), conv, filter, residual(fused, in), clamp, out));
    }
    if (conv.isPointwise()) {
      PackedMatrix matrix = matrix(fused, conv);
      return step(
          fused,
          residualIsRead(fused),
          (k, in, out) -> k.pointwise(in.get(0), matrix, residual(fused, in), clamp, out));
    }
    Folded folded = folded(fused, conv);
    return standard(fused, conv, packGroups(conv, folded.filters(), folded.bias()));
  }

  private static Step standard(Fused fused, Conv2d conv, PackedMatrix[] matrices) {
    return step(
        fused,
        residualIsRead(fused),
        (k, in, out) ->
            k.conv2d(in.get(0), conv, matrices, residual(fused, in), fused.clamp(), out));
  }

  /** A convolution's weights with those of the linear operators behind it folded in. */
  private record Folded(float[] filters, float[] bias) {}

  private Folded folded(Fused fused, Conv2d conv) {
    Node head = fused.head();
    float[] filters = weights.get(head.name() + ".weight").data();
    Folded folded = new Folded(filters, bias(head, conv.bias(), conv.outChannels()));
    for (Node node : fused.folded()) {
      folded =
          switch (node.op()) {
            case BatchNorm norm -> scaled(folded, ChannelScale.of(node, norm, weights));
            case Conv2d next -> merged(folded, node, next);
            default -> throw new IllegalStateException(node.name() + " is not linear");
          };
    }
    return folded;
  }

  private static Folded scaled(Folded first, ChannelScale scale) {
    return new Folded(scale.foldIntoFilters(first.filters()), scale.foldIntoBias(first.bias()));
  }

  /** A pointwise convolution's weights times those of another behind it, summed in float64. */
  private Folded merged(Folded first, Node node, Conv2d next) {
    float[] weight = weights.get(node.name() + ".weight").data();
    float[] bias = bias(node, next.bias(), next.outChannels()).clone();
    int between = next.inChannels();
    int depth = first.filters().length / between;
    float[] filters = new float[next.outChannels() * depth];
    for (int o = 0; o < next.outChannels(); o++) {
      double[] filter = new double[depth];
      double offset = bias[o];
      for (int m = 0; m < between; m++) {
        double factor = weight[o * between + m];
        offset += factor * first.bias()[m];
        for (int k = 0; k < depth; k++) {
          filter[k] += factor * first.filters()[m * depth + k];
        }
      }
      for (int k = 0; k < depth; k++) {
        filters[o * depth + k] = (float) filter[k];
      }
      bias[o] = (float) offset;
    }
    return new Folded(filters, bias);
  }

  private PackedMatrix matrix(Fused fused, Conv2d pointwise) {
    Folded folded = folded(fused, pointwise);
    return pack(folded.filters(), folded.bias(), pointwise.inChannels());
  }

  private ChannelFilter filter(Fused fused, Conv2d depthwise) {
    Folded folded = folded(fused, depthwise);
    return ChannelFilter.pack(folded.filters(), folded.bias(), kernels.lanes());
  }

  private Step linear(Fused fused, Linear linear) {
    float[] filters = weights.get(fused.head().name() + ".weight").data();
    float[] bias = bias(fused.head(), linear.bias(), linear.outFeatures());
    PackedMatrix matrix = pack(filters, bias, linear.inFeatures());
    return step(
        fused,
        residualIsRead(fused),
        (k, in, out) -> k.pointwise(in.get(0), matrix, residual(fused, in), fused.clamp(), out));
  }

  private PackedMatrix[] packGroups(Conv2d conv, float[] filters, float[] bias) {
    int outputs = conv.outChannels() / conv.groups();
    int channels = conv.inChannels() / conv.groups();
    float[] rows =
        Patches.reorder(
            filters, conv.outChannels(), channels, conv.kernel().height() * conv.kernel().width());
    PackedMatrix[] matrices = new PackedMatrix[conv.groups()];
    for (int group = 0; group < matrices.length; group++) {
      int first = group * outputs;
      matrices[group] =
          pack(
              Arrays.copyOfRange(rows, first * conv.terms(), (first + outputs) * conv.terms()),
              Arrays.copyOfRange(bias, first, first + outputs),
              conv.terms());
    }
    return matrices;
  }

  private PackedMatrix pack(float[] rows, float[] bias, int depth) {
    return PackedMatrix.pack(rows, bias, depth, kernels.lanes(), kernels.panel());
  }

  private float[] bias(Node node, boolean there, int outputs) {
    return there ? weights.get(node.name() + ".bias").data() : new float[outputs];
  }

  private static boolean residualIsRead(Fused fused) {
    return fused.residual().isPresent();
  }

  /** The place of the residual, which follows the head's own inputs. */
  private static Nhwc residual(Fused fused, List<Nhwc> inputs) {
    return fused.residual().isPresent() ? inputs.get(inputs.size() - 1) : null;
  }

  private static Step step(Fused fused, boolean padded, Step.Binding binding) {
    return Step.of(List.of(fused), fused.what(), fused.reads(), padded, binding);
  }
}
