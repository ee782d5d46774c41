package dev.hydranet.benchmarks.peers;

import dev.hydranet.benchmarks.kernels.SingleLayer;
import dev.hydranet.benchmarks.pieces.PieceCopies;
import dev.hydranet.converter.onnx.InputShape;
import dev.hydranet.converter.onnx.OnnxExport;
import dev.hydranet.engine.graph.Graph;
import dev.hydranet.engine.tensor.Shape;
import dev.hydranet.engine.tensor.Tensor;
import dev.hydranet.engine.verify.Tolerance;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A single layer in this engine and in ONNX Runtime. A model of the layer alone would time how a
 * runtime takes its input over and hands its output back; so there are two models, of few and of
 * many copies of the layer on the same input, and what counts is what the further copies cost.
 */
final class LayerContest {
  private static final int FEW = 2;
  private static final int MANY = 8;

  /** One of the two models in one of the two runtimes. */
  private record Entrant(RuntimeKind kind, int copies) {}

  /**
   * What came of it.
   *
   * @param ours milliseconds of one layer in this engine
   * @param theirs in ONNX Runtime
   * @param times the median over the rounds of the ratio of both
   */
  record Result(double ours, double theirs, double times, Agreement agreement) {}

  private final SingleLayer layer;
  private final Path folder;

  /**
   * Of a layer.
   *
   * @param folder where models may be written
   */
  LayerContest(SingleLayer layer, Path folder) {
    this.layer = layer;
    this.folder = folder;
  }

  /** Runs both. */
  Result run(int threads, int rounds, int runs) throws Exception {
    Map<Entrant, Peer> peers = new LinkedHashMap<>();
    try {
      for (int count : new int[] {FEW, MANY}) {
        PieceCopies copies = layer.copies(count);
        Peer ours = new HydraNetPeer(copies.graph(), copies.weights(), copies.inputs(), threads);
        peers.put(new Entrant(RuntimeKind.HYDRANET, count), ours);
        peers.put(new Entrant(RuntimeKind.ONNXRUNTIME, count), onnxRuntime(copies, threads));
      }
      Map<Entrant, Timing> timings = Turns.take(peers, rounds, runs);
      double[] ours = costs(RuntimeKind.HYDRANET, timings);
      double[] theirs = costs(RuntimeKind.ONNXRUNTIME, timings);
      double[] times = IntStream.range(0, rounds).mapToDouble(i -> theirs[i] / ours[i]).toArray();
      return new Result(
          Timing.median(ours), Timing.median(theirs), Timing.median(times), agreement(peers));
    } finally {
      for (Peer peer : peers.values()) {
        peer.close();
      }
    }
  }

  private Peer onnxRuntime(PieceCopies copies, int threads) throws Exception {
    Graph graph = copies.graph();
    Path model = folder.resolve(layer + ".onnx");
    Map<String, InputShape> inputs = new LinkedHashMap<>();
    copies.shapes().forEach((name, shape) -> inputs.put(name, new InputShape.Fixed(shape)));
    OnnxExport.write(model, graph, copies.weights(), inputs, Map.of());
    Map<String, Shape> shapes = graph.shapes(copies.shapes());
    Map<String, Shape> outputs = new LinkedHashMap<>();
    graph.outputs().forEach(name -> outputs.put(name, shapes.get(graph.resolve(name))));
    return new OnnxRuntimePeer(model, copies.inputs(), outputs, threads);
  }

  /** Milliseconds of one layer in each round. */
  private static double[] costs(RuntimeKind kind, Map<Entrant, Timing> timings) {
    double[] few = timings.get(new Entrant(kind, FEW)).roundMedians();
    double[] many = timings.get(new Entrant(kind, MANY)).roundMedians();
    return IntStream.range(0, few.length)
        .mapToDouble(i -> (many[i] - few[i]) / (MANY - FEW))
        .toArray();
  }

  private Agreement agreement(Map<Entrant, Peer> peers) throws Exception {
    PieceCopies copies = layer.copies(MANY);
    Graph graph = copies.graph();
    Map<String, Tensor> ours = peers.get(new Entrant(RuntimeKind.HYDRANET, MANY)).outputs();
    Map<String, Tensor> theirs = peers.get(new Entrant(RuntimeKind.ONNXRUNTIME, MANY)).outputs();
    return Agreement.of(theirs, ours, Tolerance.of(graph, copies.shapes(), graph.outputs()));
  }
}
