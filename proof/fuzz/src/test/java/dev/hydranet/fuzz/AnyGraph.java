package dev.hydranet.fuzz;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import dev.hydranet.engine.graph.Activation;
import dev.hydranet.engine.graph.Add;
import dev.hydranet.engine.graph.ArgMax;
import dev.hydranet.engine.graph.AvgPool2d;
import dev.hydranet.engine.graph.BatchNorm;
import dev.hydranet.engine.graph.Concat;
import dev.hydranet.engine.graph.Conv2d;
import dev.hydranet.engine.graph.Flatten;
import dev.hydranet.engine.graph.GlobalAvgPool;
import dev.hydranet.engine.graph.Graph;
import dev.hydranet.engine.graph.GraphBuilder;
import dev.hydranet.engine.graph.Linear;
import dev.hydranet.engine.graph.MaxPool2d;
import dev.hydranet.engine.graph.Op;
import dev.hydranet.engine.graph.Size;
import dev.hydranet.engine.graph.Softmax;
import dev.hydranet.engine.graph.Upsample;
import dev.hydranet.engine.graph.Value;
import dev.hydranet.engine.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * A graph of any operators with any hyper-parameters on any values: mostly small numbers, sometimes
 * any that there are. Operators that refuse to be are left out; those that do not take their inputs
 * are not.
 */
final class AnyGraph {
  private static final int MOST_OPERATORS = 12;

  private final FuzzedDataProvider data;
  private final GraphBuilder builder = new GraphBuilder();
  private final List<Value> values = new ArrayList<>();

  private AnyGraph(FuzzedDataProvider data) {
    this.data = data;
  }

  /** A graph with one input, {@code input}, all of whose values are outputs. */
  static Graph of(FuzzedDataProvider data) {
    return new AnyGraph(data).build();
  }

  /** An input of one to five dimensions. */
  static Shape shape(FuzzedDataProvider data) {
    int[] dims = new int[data.consumeBoolean() ? 4 : data.consumeInt(0, 5)];
    for (int i = 0; i < dims.length; i++) {
      dims[i] = number(data);
    }
    return Shape.of(dims);
  }

  private Graph build() {
    values.add(builder.input("input"));
    int operators = data.consumeInt(1, MOST_OPERATORS);
    for (int i = 0; i < operators; i++) {
      Value x = data.pickValue(values);
      Value y = data.pickValue(values);
      try {
        Op op = op();
        boolean two =
            op instanceof Add
                || op instanceof Concat
                || op instanceof Upsample up && up.target() instanceof Upsample.Target.Like;
        Value[] operands = two ? new Value[] {x, y} : new Value[] {x};
        Value value = builder.op("n" + i, op, operands);
        values.add(value);
        builder.output(value.name(), value);
      } catch (IllegalArgumentException e) {
        // So hyper-parameters that make no operator are refused.
      }
    }
    builder.output("input", values.getFirst());
    return builder.build();
  }

  private Op op() {
    return switch (data.consumeInt(0, 13)) {
      case 0, 1 ->
          new Conv2d(
              number(data),
              number(data),
              size(),
              size(),
              size(),
              size(),
              number(data),
              data.consumeBoolean());
      case 2 -> Conv2d.depthwise(number(data), number(data), number(data));
      case 3 -> Conv2d.pointwise(number(data), number(data));
      case 4 -> new BatchNorm(number(data), data.consumeDouble());
      case 5 -> new Activation(data.pickValue(Activation.Function.values()));
      case 6 -> new Add();
      case 7 -> new Concat();
      case 8 -> new MaxPool2d(size(), size(), size());
      case 9 -> new AvgPool2d(size(), size(), size(), data.consumeBoolean());
      case 10 -> new Upsample(data.pickValue(Upsample.Mode.values()), target());
      case 11 -> new Linear(number(data), number(data), data.consumeBoolean());
      case 12 -> data.consumeBoolean() ? new Softmax() : new ArgMax();
      default -> data.consumeBoolean() ? new Flatten() : new GlobalAvgPool();
    };
  }

  private Upsample.Target target() {
    return switch (data.consumeInt(0, 2)) {
      case 0 -> new Upsample.Target.Like();
      case 1 -> new Upsample.Target.To(size());
      default -> new Upsample.Target.By(size());
    };
  }

  private Size size() {
    return new Size(number(data), number(data));
  }

  private static int number(FuzzedDataProvider data) {
    return data.consumeInt(0, 15) == 0 ? data.consumeInt() : data.consumeInt(0, 9);
  }
}
