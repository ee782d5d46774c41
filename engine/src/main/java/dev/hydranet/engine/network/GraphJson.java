package dev.hydranet.engine.network;

import dev.hydranet.engine.graph.Graph;
import dev.hydranet.engine.graph.GraphBuilder;
import dev.hydranet.engine.graph.Node;
import dev.hydranet.engine.graph.Op;
import dev.hydranet.engine.graph.Value;
import dev.hydranet.engine.text.Json;
import dev.hydranet.engine.text.Names;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A network's graph as JSON, the text that stands in the metadata of its file (docs/onnx.md has the
 * format). A text of another version is refused; so is one with more nodes or inputs of a node than
 * any network has.
 */
final class GraphJson {
  private static final int VERSION = 1;
  private static final int MOST_NODES = 1 << 15;
  private static final int MOST_OPERANDS = 1 << 10;
  private static final int MOST_AXES = 64;
  private static final int LONGEST_TEXT = 1 << 25;

  private GraphJson() {}

  /**
   * @throws IllegalArgumentException if the graph has more nodes than is ever read
   */
  static String write(Graph graph, Map<String, List<Integer>> inputShapes) {
    atMost("nodes", graph.nodes().size(), MOST_NODES);
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("version", VERSION);
    List<Object> inputs = new ArrayList<>();
    for (String input : graph.inputs()) {
      inputs.add(Map.of("name", input, "shape", inputShapes.getOrDefault(input, List.of())));
    }
    root.put("inputs", inputs);
    List<Object> nodes = new ArrayList<>();
    for (Node node : graph.nodes()) {
      Map<String, Object> object = new LinkedHashMap<>();
      object.put("name", node.name());
      object.put("inputs", node.inputs());
      object.putAll(OpJson.write((Record) node.op()));
      nodes.add(object);
    }
    root.put("nodes", nodes);
    root.put("labels", graph.labels());
    root.put("outputs", graph.outputs());
    return Json.write(root);
  }

  /**
   * @param shapes filled with the declared shape of each input
   * @throws IllegalArgumentException if the text is not a graph; the message names the node
   */
  static Graph read(String text, Map<String, List<Integer>> shapes) {
    if (text.length() > LONGEST_TEXT) {
      throw new IllegalArgumentException(
          "a graph of " + text.length() + " characters, more than " + LONGEST_TEXT);
    }
    Map<String, Object> root = Values.object("graph", Json.parse(text));
    int version = Values.whole("version", Values.get(root, "version"));
    if (version != VERSION) {
      throw new IllegalArgumentException(
          "expected version " + VERSION + " of the format, found " + version);
    }
    GraphBuilder builder = new GraphBuilder();
    Map<String, Value> values = new LinkedHashMap<>();
    List<Object> inputs = Values.list("inputs", Values.get(root, "inputs"));
    atMost("inputs", inputs.size(), MOST_OPERANDS);
    for (Object input : inputs) {
      Map<String, Object> object = Values.object("inputs", input);
      String name = name(object);
      values.put(name, builder.input(name));
      shapes.put(
          name,
          Values.list("shape", Values.get(object, "shape")).stream()
              .limit(MOST_AXES + 1)
              .map(dim -> Values.whole("shape", dim))
              .toList());
      atMost("axes of input '" + name + "'", shapes.get(name).size(), MOST_AXES);
      if (shapes.get(name).stream().anyMatch(dim -> dim < -1)) {
        throw new IllegalArgumentException(
            "input '" + name + "': impossible shape " + shapes.get(name));
      }
    }
    List<Object> nodes = Values.list("nodes", Values.get(root, "nodes"));
    atMost("nodes", nodes.size(), MOST_NODES);
    for (Object node : nodes) {
      Map<String, Object> object = Values.object("nodes", node);
      String name = name(object);
      try {
        values.put(name, builder.op(name, op(object), operands(object, values)));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("node '" + name + "': " + e.getMessage(), e);
      }
    }
    Map<String, Object> labels = Values.object("labels", Values.get(root, "labels"));
    List<String> outputs = Values.strings(root, "outputs");
    atMost("outputs", outputs.size(), MOST_OPERANDS);
    Set<String> isOutput = new HashSet<>(outputs);
    for (String label : labels.keySet()) {
      Names.check(label);
      Value value = value(values, Values.string(labels, label));
      if (isOutput.contains(label)) {
        builder.output(label, value);
      } else {
        builder.label(label, value);
      }
    }
    Graph graph = builder.build();
    if (!graph.outputs().equals(outputs)) {
      throw new IllegalArgumentException(
          "expected a label for each output " + outputs + ", found " + graph.outputs());
    }
    return graph;
  }

  private static String name(Map<String, Object> object) {
    String name = Values.string(object, "name");
    Names.check(name);
    return name;
  }

  private static void atMost(String what, int count, int most) {
    if (count > most) {
      throw new IllegalArgumentException(count + " " + what + ", more than " + most);
    }
  }

  private static Op op(Map<String, Object> object) {
    return OpJson.read(Op.class, object, List.of("name", "inputs"));
  }

  private static Value[] operands(Map<String, Object> object, Map<String, Value> values) {
    List<String> names = Values.strings(object, "inputs");
    atMost("inputs", names.size(), MOST_OPERANDS);
    return names.stream().map(name -> value(values, name)).toArray(Value[]::new);
  }

  private static Value value(Map<String, Value> values, String name) {
    Value value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException("there is no value '" + name + "' before it");
    }
    return value;
  }
}
