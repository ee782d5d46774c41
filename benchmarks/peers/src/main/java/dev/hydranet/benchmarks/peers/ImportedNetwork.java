package dev.hydranet.benchmarks.peers;

import dev.hydranet.converter.onnx.OnnxModel;
import dev.hydranet.engine.graph.Graph;
import dev.hydranet.engine.network.Network;
import dev.hydranet.engine.tensor.Shape;
import dev.hydranet.engine.tensor.Tensor;
import dev.hydranet.engine.verify.Tolerance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** An ONNX model of somebody else, in this engine and in ONNX Runtime. */
final class ImportedNetwork {
  private static final String SUFFIX = ".onnx";
  private static final Pattern SIZE = Pattern.compile("-(\\d+)x(\\d+)$");
  private static final int[] DEFAULT_SIZE = {480, 640};
  private static final long SEED = 1;

  /** What came of it: of both runtimes the times, and how far they are apart. */
  record Result(Timing ours, Timing theirs, Agreement agreement) {}

  private final Path file;
  private final Network network;
  private final Map<String, Tensor> inputs = new LinkedHashMap<>();
  private final Map<String, Shape> shapes = new LinkedHashMap<>();

  /**
   * Reads a model.
   *
   * @param file whose open height and width are 480x640, or what its name ends in, as in {@code
   *     recognition-48x320.onnx}
   */
  ImportedNetwork(Path file) throws IOException {
    this.file = file;
    Network any = OnnxModel.read(file);
    any.inputShapes().forEach((name, extents) -> shapes.put(name, shape(extents)));
    SplittableRandom random = new SplittableRandom(SEED);
    shapes.forEach((name, shape) -> inputs.put(name, picture(shape, random)));
    this.network = any.specialize(shapes, any.graph().outputs());
  }

  /** The models in a folder, by name. */
  static List<Path> in(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(SUFFIX)).sorted().toList();
    }
  }

  /** The file's name. */
  String name() {
    String name = file.getFileName().toString();
    return name.substring(0, name.length() - SUFFIX.length());
  }

  private Shape shape(List<Integer> extents) {
    Matcher named = SIZE.matcher(name());
    int[] size = DEFAULT_SIZE;
    if (named.find()) {
      size = new int[] {Integer.parseInt(named.group(1)), Integer.parseInt(named.group(2))};
    }
    int[] dims = new int[extents.size()];
    for (int axis = 0; axis < dims.length; axis++) {
      int fromEnd = dims.length - axis;
      int open = axis == 0 ? 1 : fromEnd <= 2 ? size[2 - fromEnd] : 3;
      dims[axis] = extents.get(axis) < 0 ? open : extents.get(axis);
    }
    return Shape.of(dims);
  }

  private static Tensor picture(Shape shape, SplittableRandom random) {
    Tensor tensor = Tensor.zeros(shape);
    for (int i = 0; i < tensor.data().length; i++) {
      tensor.data()[i] = (float) random.nextDouble(-2, 2);
    }
    return tensor;
  }

  /** The shapes of its inputs. */
  Map<String, Shape> shapes() {
    return shapes;
  }

  /** Multiply-adds of a run. */
  long macs() {
    Map<String, Shape> all = network.graph().shapes(shapes);
    return network.graph().nodes().stream()
        .mapToLong(node -> node.op().macs(Graph.inputShapes(node, all)))
        .sum();
  }

  /** Times both runtimes by turns. */
  Result run(int threads, int rounds, int runs) throws Exception {
    Map<String, Shape> all = network.graph().shapes(shapes);
    Map<String, Shape> outputs = new LinkedHashMap<>();
    network
        .graph()
        .outputs()
        .forEach(name -> outputs.put(name, all.get(network.graph().resolve(name))));
    Map<RuntimeKind, Peer> peers = new LinkedHashMap<>();
    try {
      peers.put(
          RuntimeKind.HYDRANET,
          new HydraNetPeer(network.graph(), network.weights(), inputs, threads));
      peers.put(RuntimeKind.ONNXRUNTIME, new OnnxRuntimePeer(file, inputs, outputs, threads));
      Map<RuntimeKind, Timing> timings = Turns.take(peers, rounds, runs);
      Map<String, Double> tolerances =
          Tolerance.of(network.graph(), shapes, network.graph().outputs());
      Agreement agreement =
          Agreement.of(
              peers.get(RuntimeKind.ONNXRUNTIME).outputs(),
              peers.get(RuntimeKind.HYDRANET).outputs(),
              tolerances);
      return new Result(
          timings.get(RuntimeKind.HYDRANET), timings.get(RuntimeKind.ONNXRUNTIME), agreement);
    } finally {
      for (Peer peer : peers.values()) {
        peer.close();
      }
    }
  }
}
