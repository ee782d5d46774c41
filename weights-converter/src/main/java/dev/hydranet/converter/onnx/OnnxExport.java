package dev.hydranet.converter.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import dev.hydranet.engine.file.AtomicFile;
import dev.hydranet.engine.graph.Graph;
import dev.hydranet.engine.graph.Node;
import dev.hydranet.engine.tensor.Tensor;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Writes a graph and its weights as an ONNX model, for other runtimes to run and to check.
 *
 * <p>Every operator of the engine becomes the ONNX operator of the same meaning, batch
 * normalisations unfolded, so that each weight keeps its {@code state_dict} name and its value to
 * the bit. Inputs and outputs carry the names that they have in the graph, and every value in
 * between the name of its node. All are float32, the indices of an arg-max among them.
 *
 * <p>What NaN becomes in max-pools, arg-max and activations ONNX does not say, and runtimes differ:
 * PyTorch and this engine pass it on; ONNX Runtime loses it in max-pools and arg-max.
 */
public final class OnnxExport {
  /** The operators' version: that of ONNX 1.12, which every runtime of the last years reads. */
  private static final int OPSET = 17;

  /** The file format's version that came with it. */
  private static final int IR_VERSION = 8;

  private static final String PRODUCER = "hydranet";

  private static final String LICENCE =
      "The weights keep the licence that they came with; those of the published HydraNets are for"
          + " non-commercial use only.";

  private OnnxExport() {}

  /**
   * Writes a model of the graph's own outputs.
   *
   * @param file the file to write
   * @param graph any
   * @param weights the graph's parameters by full name
   * @param inputs a shape for each of the graph's inputs
   * @param metadata strings by key, which may be empty
   * @throws IOException if the file cannot be written
   * @see #write(Path, Graph, Map, Map, List, Map)
   */
  public static void write(
      Path file,
      Graph graph,
      Map<String, Tensor> weights,
      Map<String, InputShape> inputs,
      Map<String, String> metadata)
      throws IOException {
    write(file, graph, weights, inputs, graph.outputs(), metadata);
  }

  /**
   * Writes a model of any values of a graph, with the operators and weights that they need. Nothing
   * is left behind if it fails; a file of that name is replaced if it does not.
   *
   * @param file the file to write
   * @param graph any
   * @param weights the graph's parameters by full name
   * @param inputs for each of the graph's inputs, what the model is to take
   * @param outputs labels or names of nodes: the model's outputs, in this order
   * @param metadata what the model is to tell about itself, as {@code metadata_props}
   * @throws dev.hydranet.engine.graph.WeightsMismatchException if the weights are not the graph's
   * @throws IllegalArgumentException if there is no value of such a name, or the graph does not
   *     take such inputs
   * @throws IOException if the file cannot be written, or would have 2 GB or more, which is more
   *     than the format can hold
   */
  public static void write(
      Path file,
      Graph graph,
      Map<String, Tensor> weights,
      Map<String, InputShape> inputs,
      List<String> outputs,
      Map<String, String> metadata)
      throws IOException {
    graph.checkWeights(weights);
    GraphWriter writer = translate(graph, weights, new ValueShapes(graph, inputs), outputs);
    ModelProto.Builder model =
        ModelProto.newBuilder()
            .setIrVersion(IR_VERSION)
            .setProducerName(PRODUCER)
            .setDocString(LICENCE)
            .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OPSET));
    new TreeMap<>(metadata)
        .forEach(
            (key, value) ->
                model.addMetadataProps(
                    StringStringEntryProto.newBuilder().setKey(key).setValue(value)));
    long size = model.build().getSerializedSize() + writer.size();
    if (size > Integer.MAX_VALUE) {
      throw new IOException(
          file
              + ": an ONNX file holds at most "
              + Integer.MAX_VALUE
              + " bytes, this model takes "
              + size);
    }
    ModelProto complete = model.setGraph(writer.build()).build();
    AtomicFile.write(
        file,
        channel -> {
          OutputStream stream = Channels.newOutputStream(channel);
          complete.writeTo(stream);
        });
  }

  private static GraphWriter translate(
      Graph graph, Map<String, Tensor> weights, ValueShapes shapes, List<String> outputs) {
    GraphWriter writer = new GraphWriter(PRODUCER);
    Map<String, String> names = new HashMap<>(); // the engine's to ONNX's
    for (String input : graph.inputs()) {
      writer.input(shapes.info(input, input, true));
      names.put(input, input);
    }
    for (String output : outputs) {
      names.putIfAbsent(graph.resolve(output), output);
    }
    Set<String> needed = needed(graph, outputs);
    OpTranslator translator = new OpTranslator(writer, weights);
    for (Node node : graph.nodes()) {
      if (needed.contains(node.name())) {
        List<String> operands = node.inputs().stream().map(names::get).toList();
        String name = names.computeIfAbsent(node.name(), own -> own);
        translator.translate(node, operands, name, shapes.fixed(node.name()));
      }
    }
    for (String output : new LinkedHashSet<>(outputs)) {
      String value = graph.resolve(output);
      if (!names.get(value).equals(output)) {
        writer.node("Identity", output, List.of(names.get(value)));
      }
      writer.output(shapes.info(output, value, false));
    }
    return writer;
  }

  /** The values that the outputs depend on, themselves among them. */
  private static Set<String> needed(Graph graph, List<String> outputs) {
    Set<String> needed = new HashSet<>();
    outputs.forEach(output -> needed.add(graph.resolve(output)));
    for (Node node : graph.nodes().reversed()) {
      if (needed.contains(node.name())) {
        needed.addAll(node.inputs());
      }
    }
    return needed;
  }
}
