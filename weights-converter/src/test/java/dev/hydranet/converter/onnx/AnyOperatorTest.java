package dev.hydranet.converter.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hydranet.engine.Threads;
import dev.hydranet.engine.graph.ArgMax;
import dev.hydranet.engine.graph.AvgPool2d;
import dev.hydranet.engine.graph.Concat;
import dev.hydranet.engine.graph.Conv2d;
import dev.hydranet.engine.graph.ConvTranspose2d;
import dev.hydranet.engine.graph.Elementwise;
import dev.hydranet.engine.graph.GraphBuilder;
import dev.hydranet.engine.graph.Linear;
import dev.hydranet.engine.graph.MatMul;
import dev.hydranet.engine.graph.MaxPool2d;
import dev.hydranet.engine.graph.Normalize;
import dev.hydranet.engine.graph.Op;
import dev.hydranet.engine.graph.Rearrange;
import dev.hydranet.engine.graph.Reduce;
import dev.hydranet.engine.graph.Resize;
import dev.hydranet.engine.graph.Size;
import dev.hydranet.engine.graph.Softmax;
import dev.hydranet.engine.graph.Value;
import dev.hydranet.engine.network.Network;
import dev.hydranet.engine.plan.Session;
import dev.hydranet.engine.tensor.Shape;
import dev.hydranet.engine.tensor.Tensor;
import dev.hydranet.engine.testing.SeededTensors;
import dev.hydranet.engine.verify.Difference;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Operators on tensors of any rank, with random attributes and shapes: ONNX Runtime, the reference
 * and the plan agree, and so does the network that is read back from the exported model.
 */
class AnyOperatorTest {
  /** A seed for each random choice of attributes. */
  private static final int SEEDS = 12;

  @TempDir private Path folder;

  private static Tensor random(Shape shape, long seed) {
    Tensor tensor = SeededTensors.uniform("x", shape, seed);
    for (int i = 0; i < tensor.data().length; i++) {
      tensor.data()[i] *= 3;
    }
    return tensor;
  }

  private static Shape any(Random random, int leastRank) {
    int[] dims = new int[leastRank + random.nextInt(5 - leastRank)];
    for (int i = 0; i < dims.length; i++) {
      dims[i] = 1 + random.nextInt(i == 1 ? 37 : 6);
    }
    return Shape.of(dims);
  }

  private static Shape image(Random random) {
    return Shape.of(
        1 + random.nextInt(2),
        1 + random.nextInt(35),
        3 + random.nextInt(9),
        3 + random.nextInt(9));
  }

  private static List<Integer> ints(IntStream numbers) {
    return numbers.boxed().toList();
  }

  @ParameterizedTest
  @EnumSource(Elementwise.Unary.Function.class)
  void functionsOfOneNumber(Elementwise.Unary.Function function) throws Exception {
    for (long seed = 0; seed < 4; seed++) {
      Random random = new Random(seed);
      float alpha =
          function == Elementwise.Unary.Function.CLIP ? -0.7f : 0.25f + random.nextFloat();
      float beta = 0.3f + random.nextFloat();
      boolean positive =
          function == Elementwise.Unary.Function.LOG || function == Elementwise.Unary.Function.SQRT;
      Tensor in = random(any(random, 0), seed);
      for (int i = 0; positive && i < in.data().length; i++) {
        in.data()[i] = Math.abs(in.data()[i]) + 0.1f;
      }
      check(new Elementwise.Unary(function, alpha, beta), in);
    }
  }

  @ParameterizedTest
  @EnumSource(Elementwise.Binary.Function.class)
  void functionsOfTwoNumbers(Elementwise.Binary.Function function) throws Exception {
    for (long seed = 0; seed < 6; seed++) {
      Random random = new Random(seed);
      Shape shape = any(random, 0);
      Tensor a = random(shape, seed);
      Tensor b = random(part(random, shape), seed + 100);
      if (function == Elementwise.Binary.Function.POW) {
        for (int i = 0; i < a.data().length; i++) {
          a.data()[i] = Math.abs(a.data()[i]) + 0.1f;
        }
      } else if (function.name().contains("EQUAL") || function.name().endsWith("OR")) {
        Stream.of(a, b).forEach(AnyOperatorTest::round);
      } else if (function.name().contains("DIV") || function.name().contains("MOD")) {
        for (int i = 0; i < b.data().length; i++) {
          b.data()[i] = Math.abs(b.data()[i]) + 0.5f;
        }
      }
      boolean swapped = function != Elementwise.Binary.Function.PRELU && random.nextBoolean();
      boolean moved = function.name().contains("DIV") || function.name().contains("MOD");
      check(new Elementwise.Binary(function), swapped && !moved ? b : a, swapped && !moved ? a : b);
    }
  }

  /** A shape that broadcasts to another: without some outer axes, or with 1 for some. */
  private static Shape part(Random random, Shape shape) {
    int[] dims = shape.toArray();
    int from = dims.length == 0 ? 0 : random.nextInt(dims.length);
    int[] part = Arrays.copyOfRange(dims, from, dims.length);
    for (int i = 0; i < part.length; i++) {
      part[i] = random.nextBoolean() ? part[i] : 1;
    }
    return Shape.of(part);
  }

  private static void round(Tensor tensor) {
    for (int i = 0; i < tensor.data().length; i++) {
      tensor.data()[i] = Math.round(tensor.data()[i]);
    }
  }

  static LongStream seeds() {
    return LongStream.range(0, SEEDS);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void where(long seed) throws Exception {
    Random random = new Random(seed);
    Shape shape = any(random, 1);
    Tensor condition = random(part(random, shape), seed);
    round(condition);
    check(
        new Elementwise.Where(),
        condition,
        random(shape, seed + 1),
        random(part(random, shape), seed + 2));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void transpositionsAndShapes(long seed) throws Exception {
    Random random = new Random(seed);
    Tensor in = random(any(random, 1), seed);
    int rank = in.shape().rank();
    List<Integer> axes = new ArrayList<>(ints(IntStream.range(0, rank)));
    Collections.shuffle(axes, random);
    check(new Rearrange.Transpose(axes), in);
    List<Integer> dims = new ArrayList<>(ints(IntStream.of(in.shape().toArray())));
    Collections.shuffle(dims, random);
    check(new Rearrange.Reshape(dims), in);
    int elements = in.data().length;
    check(new Rearrange.Reshape(List.of(elements)), in);
    check(new Rearrange.Reshape(List.of(1, elements, 1, 1)), in);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void slicesAndPads(long seed) throws Exception {
    Random random = new Random(seed);
    Tensor in = random(any(random, 1), seed);
    List<Integer> begins = new ArrayList<>();
    List<Integer> counts = new ArrayList<>();
    List<Integer> steps = new ArrayList<>();
    List<Integer> before = new ArrayList<>();
    List<Integer> after = new ArrayList<>();
    for (int extent : in.shape().toArray()) {
      int step = 1 + random.nextInt(3);
      boolean back = random.nextBoolean();
      int begin = random.nextInt(extent);
      begins.add(begin);
      steps.add(back ? -step : step);
      counts.add(1 + random.nextInt(1 + (back ? begin : extent - 1 - begin) / step));
      before.add(random.nextInt(extent));
      after.add(random.nextInt(extent));
    }
    check(new Rearrange.Slice(begins, counts, steps), in);
    check(new Rearrange.Pad(Rearrange.Pad.Mode.CONSTANT, before, after, 1.5f), in);
    check(new Rearrange.Pad(Rearrange.Pad.Mode.EDGE, before, after, 0), in);
    check(new Rearrange.Pad(Rearrange.Pad.Mode.REFLECT, before, after, 0), in);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void repetitions(long seed) throws Exception {
    Random random = new Random(seed);
    Shape shape = any(random, 1);
    Tensor in = random(part(random, shape), seed);
    check(new Rearrange.Expand(ints(IntStream.of(shape.toArray()))), in);
    List<Integer> repeats = ints(random.ints(in.shape().rank(), 1, 4));
    check(new Rearrange.Tile(repeats), in);
    Tensor indices = Tensor.zeros(any(random, 0));
    int axis = random.nextInt(shape.rank());
    for (int i = 0; i < indices.data().length; i++) {
      // Those below 0 count from the end.
      indices.data()[i] = random.nextInt(2 * shape.dim(axis)) - shape.dim(axis);
    }
    if (shape.rank() + indices.shape().rank() <= 5) {
      check(
          new Rearrange.Gather(random.nextBoolean() ? axis : axis - shape.rank()),
          random(shape, seed + 1),
          indices);
    }
  }

  private static Tensor indices(Random random, Shape shape, int extent) {
    Tensor indices = Tensor.zeros(shape);
    for (int i = 0; i < indices.data().length; i++) {
      indices.data()[i] = random.nextInt(2 * extent) - extent;
    }
    return indices;
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void places(long seed) throws Exception {
    Random random = new Random(seed);
    Tensor in = random(any(random, 1), seed);
    int axis = random.nextInt(in.shape().rank());
    int[] dims = in.shape().toArray();
    dims[axis] = 1 + random.nextInt(7);
    Tensor at = indices(random, Shape.of(dims), in.shape().dim(axis));
    check(new Rearrange.GatherElements(axis), in, at);
    Tensor updates = random(at.shape(), seed + 1);
    check(new Rearrange.Scatter(true, axis, Rearrange.Scatter.Function.ADD), in, at, updates);
    check(
        new ArgMax.Largest(
            axis,
            1 + random.nextInt(in.shape().dim(axis)),
            random.nextBoolean(),
            random.nextBoolean()),
        in);
    check(new Reduce.Cumulative(axis, random.nextBoolean(), random.nextBoolean()), in);
    int least = in.shape().dim(0);
    Tensor rows = indices(random, Shape.of(3, 1), least);
    check(new Rearrange.GatherNd(0), in, rows);
    int[] slices = in.shape().toArray();
    slices[0] = 3;
    check(
        new Rearrange.Scatter(false, 0, Rearrange.Scatter.Function.REPLACE),
        in,
        rows,
        random(Shape.of(slices), seed + 2));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void blocks(long seed) throws Exception {
    Random random = new Random(seed);
    int block = 1 + random.nextInt(3);
    int channels = 1 + random.nextInt(9);
    Tensor deep = random(Shape.of(2, channels * block * block, 1 + random.nextInt(4), 3), seed);
    check(new Rearrange.DepthToSpace(block, random.nextBoolean()), deep);
    Tensor wide = random(Shape.of(1, channels, block * (1 + random.nextInt(4)), block * 2), seed);
    check(new Rearrange.SpaceToDepth(block, false), wide);
  }

  @ParameterizedTest
  @EnumSource(Reduce.Function.class)
  void reductions(Reduce.Function function) throws Exception {
    for (long seed = 0; seed < 8; seed++) {
      Random random = new Random(seed);
      Tensor in = random(any(random, 1), seed);
      for (int i = 0; function == Reduce.Function.LOG_SUM && i < in.data().length; i++) {
        in.data()[i] = Math.abs(in.data()[i]) + 0.1f;
      }
      List<Integer> axes = new ArrayList<>();
      for (int axis = 0; axis < in.shape().rank(); axis++) {
        if (random.nextBoolean()) {
          axes.add(random.nextBoolean() ? axis : axis - in.shape().rank());
        }
      }
      if (!axes.isEmpty()) {
        check(new Reduce(function, axes, random.nextBoolean()), in);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void softmaxAndPlaces(long seed) throws Exception {
    Random random = new Random(seed);
    Tensor in = random(any(random, 1), seed);
    int rank = in.shape().rank();
    int axis = random.nextInt(2 * rank) - rank;
    check(new Softmax(axis, random.nextBoolean(), random.nextBoolean()), in);
    check(new ArgMax(axis, random.nextBoolean(), random.nextBoolean(), random.nextBoolean()), in);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void normalisations(long seed) throws Exception {
    Random random = new Random(seed);
    int groups = 1 + random.nextInt(4);
    int channels = groups * (1 + random.nextInt(8));
    Tensor in = random(Shape.of(2, channels, 3, 1 + random.nextInt(6)), seed);
    check(new Normalize.Group(groups, channels, 1e-5), in);
    check(new Normalize.Group(channels, channels, 1e-3), in);
    check(new Normalize.LocalResponse(1 + 2 * random.nextInt(4), 0.1f, 0.75f, 1.5f), in);
    // Lines of a few elements may be nearly constant: then their deviation is all rounding.
    Tensor rows = random(Shape.of(2, 1 + random.nextInt(5), 3, 8 + random.nextInt(30)), seed);
    int rank = rows.shape().rank();
    int count = 1 + random.nextInt(rank - 1);
    List<Integer> dims = ints(IntStream.of(rows.shape().toArray()).skip(rank - count));
    check(new Normalize.Layer(dims, 1e-5), rows);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void products(long seed) throws Exception {
    Random random = new Random(seed);
    int depth = 1 + random.nextInt(40);
    int columns = 1 + random.nextInt(20);
    int[] outer = random.ints(random.nextInt(3), 1, 4).toArray();
    Tensor a = random(with(outer, 1 + random.nextInt(9), depth), seed);
    boolean shared = random.nextBoolean();
    Tensor b = random(with(shared ? new int[0] : outer, depth, columns), seed + 1);
    check(new MatMul(), a, b);
    check(new MatMul(), a, random(Shape.of(depth), seed));
    check(new MatMul(), random(Shape.of(depth), seed), b);
  }

  private static Shape with(int[] outer, int rows, int columns) {
    int[] dims = Arrays.copyOf(outer, outer.length + 2);
    dims[outer.length] = rows;
    dims[outer.length + 1] = columns;
    return Shape.of(dims);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void joined(long seed) throws Exception {
    Random random = new Random(seed);
    Shape shape = any(random, 1);
    int axis = random.nextInt(shape.rank());
    Tensor[] parts = new Tensor[1 + random.nextInt(3)];
    for (int i = 0; i < parts.length; i++) {
      int[] dims = shape.toArray();
      dims[axis] = 1 + random.nextInt(9);
      parts[i] = random(Shape.of(dims), seed + i);
    }
    check(new Concat(random.nextBoolean() ? axis : axis - shape.rank()), parts);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void convolutions(long seed) throws Exception {
    Random random = new Random(seed);
    Tensor in = random(image(random), seed);
    int channels = in.shape().channels();
    Size kernel = new Size(1 + random.nextInt(3), 1 + random.nextInt(3));
    boolean depthwise = random.nextBoolean();
    Op conv =
        new Conv2d(
            channels,
            depthwise ? channels : 1 + random.nextInt(40),
            kernel,
            new Size(1 + random.nextInt(2), 1 + random.nextInt(2)),
            new Size(random.nextInt(3), random.nextInt(3)),
            new Size(random.nextInt(3), random.nextInt(3)),
            Size.square(1),
            depthwise ? channels : 1,
            random.nextBoolean());
    check(conv, in);
    int groups = random.nextBoolean() ? 1 : channels;
    Op transposed =
        new ConvTranspose2d(
            channels,
            groups * (1 + random.nextInt(5)),
            kernel,
            new Size(2 + random.nextInt(2), 2 + random.nextInt(2)),
            new Size(random.nextInt(kernel.height()), random.nextInt(kernel.width())),
            new Size(random.nextInt(kernel.height()) - 1, random.nextInt(kernel.width()) - 1),
            new Size(1 + random.nextInt(2), 1 + random.nextInt(2)),
            groups,
            random.nextBoolean());
    check(transposed, in);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void pools(long seed) throws Exception {
    Random random = new Random(seed);
    Tensor in = random(image(random), seed);
    Size kernel = new Size(1 + random.nextInt(3), 1 + random.nextInt(3));
    Size stride = new Size(1 + random.nextInt(3), 1 + random.nextInt(3));
    Size before = new Size(random.nextInt(kernel.height()), random.nextInt(kernel.width()));
    Size after = new Size(random.nextInt(kernel.height()), random.nextInt(kernel.width()));
    boolean ceil = random.nextBoolean();
    Size one = Size.square(1);
    check(
        new MaxPool2d(
            kernel, stride, before, after, random.nextBoolean() ? one : new Size(2, 1), ceil),
        in);
    check(new AvgPool2d(kernel, stride, before, after, one, ceil, random.nextBoolean()), in);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void resizing(long seed) throws Exception {
    Random random = new Random(seed);
    Tensor in = random(image(random), seed);
    for (Resize.Mode mode : Resize.Mode.values()) {
      for (Resize.Coordinates coordinates : Resize.Coordinates.values()) {
        if (coordinates == Resize.Coordinates.TF_CROP_AND_RESIZE) {
          continue; // see ImportedOperatorTest
        }
        Resize.Rounding[] roundings = Resize.Rounding.values();
        // Which element is nearest depends on the rounding of three operations.
        boolean borderline =
            mode == Resize.Mode.NEAREST && coordinates == Resize.Coordinates.HALF_PIXEL_SYMMETRIC;
        boolean refused =
            mode == Resize.Mode.CUBIC && coordinates == Resize.Coordinates.TF_HALF_PIXEL_FOR_NN;
        if (borderline || refused) {
          continue;
        }
        float y = 0.5f + random.nextInt(6) / 4f;
        float x = 0.5f + random.nextInt(6) / 4f;
        Shape shape = in.shape();
        check(
            new Resize(
                mode,
                coordinates,
                roundings[random.nextInt(roundings.length)],
                random.nextBoolean() ? -0.5f : -0.75f,
                mode == Resize.Mode.CUBIC && random.nextBoolean(),
                List.of(
                    shape.batch(),
                    shape.channels(),
                    (int) (shape.height() * y),
                    (int) (shape.width() * x)),
                List.of(1f, 1f, y, x)),
            in);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void linearLayersOfAnyRank(long seed) throws Exception {
    Random random = new Random(seed);
    Shape shape = any(random, 2);
    int features = shape.dim(shape.rank() - 1);
    Tensor in = random(Shape.of(shape.dim(0), features), seed);
    check(new Linear(features, 1 + random.nextInt(30), random.nextBoolean()), in);
  }

  /** Runs one operator in every way. */
  private void check(Op op, Tensor... tensors) throws Exception {
    GraphBuilder builder = new GraphBuilder();
    Value[] values = new Value[tensors.length];
    Map<String, Tensor> inputs = new LinkedHashMap<>();
    Map<String, InputShape> shapes = new LinkedHashMap<>();
    Map<String, List<Integer>> dims = new LinkedHashMap<>();
    for (int i = 0; i < tensors.length; i++) {
      String name = "input" + i;
      values[i] = builder.input(name);
      inputs.put(name, tensors[i]);
      shapes.put(name, new InputShape.Fixed(tensors[i].shape()));
      dims.put(name, ints(IntStream.of(tensors[i].shape().toArray())));
    }
    builder.output("output", builder.op("node", op, values));
    var graph = builder.build();
    Map<String, Tensor> weights = SeededTensors.parameters(graph, 5);
    Path file = folder.resolve("model.onnx");
    OnnxExport.write(file, graph, weights, shapes, Map.of());
    String subject = op + " of " + inputs;
    try (OrtModel model = new OrtModel(file)) {
      OrtAgreement.check(subject, graph, weights, model, inputs);
    }
    Network original = Network.of(graph, weights, dims);
    Network read = OnnxModel.read(file);
    Tensor expected = run(original, inputs);
    Tensor found = run(read, inputs);
    assertThat(found.shape()).as(subject).isEqualTo(expected.shape());
    assertThat(Difference.between(found, expected).maxRelative())
        .as("the model that is read back gives the same: %s", subject)
        .isLessThan(1e-5);
  }

  private static Tensor run(Network network, Map<String, Tensor> inputs) {
    Map<String, Shape> shapes = new LinkedHashMap<>();
    inputs.forEach((name, tensor) -> shapes.put(name, tensor.shape()));
    Session session = network.newSession(shapes, Threads.of(1));
    Map<String, Tensor> outputs = session.newOutputs();
    session.run(inputs, outputs);
    return outputs.get("output");
  }
}
