package dev.hydranet.examples;

import dev.hydranet.engine.Threads;
import dev.hydranet.engine.graph.Conv2d;
import dev.hydranet.engine.graph.Graph;
import dev.hydranet.engine.graph.GraphBuilder;
import dev.hydranet.engine.graph.Value;
import dev.hydranet.engine.plan.Plan;
import dev.hydranet.engine.plan.Planner;
import dev.hydranet.engine.plan.Session;
import dev.hydranet.engine.tensor.Shape;
import dev.hydranet.engine.tensor.Tensor;
import dev.hydranet.engine.weights.DType;
import dev.hydranet.engine.weights.RandomWeights;
import dev.hydranet.engine.weights.Safetensors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;

/** A network built from operators, with its weights by name. */
public final class YourOwnNetwork {
  private YourOwnNetwork() {}

  /** Classifies pictures into ten classes. */
  static Graph graph() {
    GraphBuilder g = new GraphBuilder();
    Value x = g.input("image");
    x = g.conv2d("conv1", x, Conv2d.of(3, 16, 3).withPadding(1).withBias());
    x = g.relu(g.batchNorm("bn1", x, 16));
    x = g.maxPool2d(x, 2, 2, 0);
    x = g.conv2d("conv2", x, Conv2d.of(16, 32, 3).withPadding(1).withBias());
    x = g.relu(g.batchNorm("bn2", x, 32));
    x = g.flatten(g.globalAvgPool(x));
    g.output("classes", g.softmax(g.linear("fc", x, 32, 10)));
    return g.build();
  }

  /** Writes weights that have not learned anything, to try the network. */
  static void writeUntrainedWeights(Path file) throws IOException {
    Safetensors.write(file, RandomWeights.of(graph(), 1), Map.of(), DType.F32);
  }

  /** Runs the network on one picture. */
  static float[] classify(Path file, Tensor image) throws IOException {
    Map<String, Tensor> weights = Safetensors.read(file).tensors();
    Plan plan = Planner.plan(graph(), weights);
    Session session = plan.newSession(image.shape(), Threads.available());
    Map<String, Tensor> outputs = session.newOutputs();
    session.run(Map.of("image", image), outputs);
    return outputs.get("classes").data();
  }

  /**
   * Prints the probability of each class for a grey picture.
   *
   * @param args the weights, a safetensors file; it is made if there is no argument
   */
  public static void main(String[] args) throws IOException {
    Path file = Path.of(args.length > 0 ? args[0] : "untrained.safetensors");
    if (args.length == 0) {
      writeUntrainedWeights(file);
    }
    Tensor image = Tensor.zeros(Shape.of(1, 3, 32, 32));
    Arrays.fill(image.data(), 0.5f);
    System.out.println(Arrays.toString(classify(file, image)));
  }
}
