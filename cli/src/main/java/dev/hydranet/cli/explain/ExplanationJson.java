package dev.hydranet.cli.explain;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.hydranet.Colormap;
import dev.hydranet.DepthMap;
import dev.hydranet.DepthRange;
import dev.hydranet.NormalMap;
import dev.hydranet.Segmentation;
import dev.hydranet.cli.network.JsonShape;
import dev.hydranet.cli.network.LayerTable;
import dev.hydranet.cli.network.OperatorText;
import dev.hydranet.drawing.ScaleBar;
import dev.hydranet.engine.graph.Node;
import dev.hydranet.engine.plan.StepInfo;
import dev.hydranet.network.Task;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntUnaryOperator;

/** An explanation as the data of a page; what its fields are is said where they are written. */
final class ExplanationJson {
  /** Depths are shown to two digits after the point, with fewer levels in rooms and streets. */
  private static final int DEPTH_LEVELS = 1 << 14;

  private static final int MOST_TICKS = 6;

  /** A component of a normal from -1 to 1. */
  private static final int NORMAL_LEVELS = 255;

  private final Explanation explanation;
  private final ShownPixels pixels;
  private final JsonGenerator json;

  private ExplanationJson(Explanation explanation, JsonGenerator json) {
    this.explanation = explanation;
    this.pixels = ShownPixels.of(explanation.scene().height(), explanation.scene().width());
    this.json = json;
  }

  /** All of it. */
  static String of(Explanation explanation) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      new ExplanationJson(explanation, json).write();
    }
    return text.toString();
  }

  private void write() throws IOException {
    json.writeStartObject();
    image();
    answers();
    json.writeObjectFieldStart("colormaps"); // 256 times red, green, blue, as Base64
    json.writeBinaryField("depth", colours(Colormap.PLASMA));
    json.writeBinaryField("maps", colours(Colormap.VIRIDIS));
    json.writeEndObject();
    machine();
    steps();
    layers();
    json.writeEndObject();
  }

  /** The picture has every step-th pixel, both ways, of the image. */
  private void image() throws IOException {
    json.writeObjectFieldStart("image");
    json.writeNumberField("width", pixels.imageWidth());
    json.writeNumberField("height", pixels.imageHeight());
    json.writeNumberField("step", pixels.step());
    json.writeNumberField("shownWidth", pixels.width());
    json.writeNumberField("shownHeight", pixels.height());
    byte[] jpeg = pixels.jpeg(explanation.image());
    json.writeBinaryField("jpeg", jpeg); // as Base64
    json.writeEndObject();
  }

  private void answers() throws IOException {
    json.writeObjectFieldStart("answers");
    for (Task task : explanation.scene().tasks()) {
      json.writeObjectFieldStart(task.label());
      switch (task) {
        case SEGM -> segmentation(explanation.scene().segmentation());
        case DEPTH -> depth(explanation.scene().depth());
        case NORMAL -> normals(explanation.scene().normals());
      }
      json.writeEndObject();
    }
    json.writeEndObject();
  }

  private void segmentation(Segmentation segmentation) throws IOException {
    json.writeArrayFieldStart("classes"); // share is that of the whole image's pixels
    double[] coverage = segmentation.coverage();
    for (int i = 0; i < segmentation.classCount(); i++) {
      json.writeStartObject();
      json.writeStringField("name", segmentation.className(i));
      json.writeStringField(
          "colour", String.format(Locale.ROOT, "#%06x", segmentation.palette().rgb(i)));
      json.writeNumberField("share", coverage[i]);
      json.writeEndObject();
    }
    json.writeEndArray();
    picture("pixels", index -> Math.min(segmentation.labels()[index], PackedPixels.LIMIT - 1));
  }

  /** A pixel's depth is its level times metresPerLevel; the level after the last is NaN. */
  private void depth(DepthMap depth) throws IOException {
    float[] metres = depth.metres();
    double farthest = 0;
    for (float distance : metres) {
      farthest = Float.isFinite(distance) ? Math.max(farthest, distance) : farthest;
    }
    double perLevel = farthest == 0 ? 1 : farthest / (DEPTH_LEVELS - 1);
    DepthRange range = depth.range();
    json.writeNumberField("nearest", range.nearest());
    json.writeNumberField("farthest", range.farthest());
    json.writeArrayFieldStart("ticks"); // of the bar, in metres
    for (BigDecimal tick : ScaleBar.ticks(range.nearest(), range.farthest(), MOST_TICKS)) {
      json.writeNumber(tick.toPlainString());
    }
    json.writeEndArray();
    json.writeNumberField("metresPerLevel", perLevel);
    json.writeNumberField("levels", DEPTH_LEVELS);
    picture(
        "pixels",
        index ->
            Float.isFinite(metres[index])
                ? (int) Math.round(metres[index] / perLevel)
                : DEPTH_LEVELS);
  }

  /** Components go from -1 (level 0) to 1 (the last level); the level after it is NaN. */
  private void normals(NormalMap normals) throws IOException {
    json.writeNumberField("levels", NORMAL_LEVELS);
    float[] components = normals.components().data();
    int plane = normals.height() * normals.width();
    String[] names = {"x", "y", "z"};
    for (int c = 0; c < names.length; c++) {
      int first = c * plane;
      picture(
          names[c],
          index -> {
            float component = components[first + index];
            return Float.isNaN(component)
                ? NORMAL_LEVELS
                : Math.round((component + 1) / 2 * (NORMAL_LEVELS - 1));
          });
    }
  }

  private void picture(String field, IntUnaryOperator valueOfPixel) throws IOException {
    json.writeStringField(field, PackedPixels.pack(pixels.of(valueOfPixel), pixels.width()));
  }

  private static byte[] colours(Colormap map) {
    byte[] bytes = new byte[3 * 256];
    for (int i = 0; i < 256; i++) {
      int rgb = map.rgb((i + 0.5f) / 256);
      bytes[3 * i] = (byte) (rgb >> 16);
      bytes[3 * i + 1] = (byte) (rgb >> 8);
      bytes[3 * i + 2] = (byte) rgb;
    }
    return bytes;
  }

  private void machine() throws IOException {
    json.writeObjectFieldStart("machine");
    json.writeNumberField("threads", explanation.threads().count());
    json.writeNumberField("macsPerSecond", explanation.machine().macsPerSecond());
    json.writeNumberField("bytesPerSecond", explanation.machine().bytesPerSecond());
    json.writeEndObject();
    json.writeNumberField("milliseconds", explanation.times().total().milliseconds());
  }

  /** In the plan's order; layers are those, by index, whose work a step does or finishes. */
  private void steps() throws IOException {
    json.writeArrayFieldStart("steps");
    for (int i = 0; i < explanation.plan().steps().size(); i++) {
      StepInfo step = explanation.plan().steps().get(i);
      json.writeStartObject();
      json.writeStringField("value", step.value());
      json.writeStringField("operators", step.operators());
      json.writeStringField("kernel", step.kernel());
      json.writeNumberField("milliseconds", explanation.times().rows().get(i).milliseconds());
      json.writeNumberField("macs", step.macs());
      json.writeNumberField("macsDone", step.macsDone());
      json.writeNumberField("bytes", step.bytes());
      json.writeArrayFieldStart("layers");
      for (int layer : layersOf(step)) {
        json.writeNumber(layer);
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  /** A step without nodes finishes, or copies, the value that it is named after. */
  private List<Integer> layersOf(StepInfo step) {
    List<Integer> indices = new ArrayList<>();
    for (int i = 0; i < explanation.layers().size(); i++) {
      boolean its =
          explanation.layers().get(i).nodes().stream()
              .map(Node::name)
              .anyMatch(step.nodes().isEmpty() ? step.value()::equals : step.nodes()::contains);
      if (its) {
        indices.add(i);
      }
    }
    return indices;
  }

  private void layers() throws IOException {
    Map<String, LayerTable.Layer> rows = new HashMap<>();
    explanation.table().layers().forEach(row -> rows.put(row.name(), row));
    json.writeArrayFieldStart("layers");
    for (DrawnLayer layer : explanation.layers()) {
      OperatorText.Kind kind = OperatorText.kind(layer.op());
      json.writeStartObject();
      json.writeStringField("name", layer.name());
      json.writeStringField("kind", kind.id());
      json.writeArrayFieldStart("operators"); // as `hydranet info` lists them
      for (Node node : layer.nodes()) {
        operator(node, rows.get(node.name()));
      }
      json.writeEndArray();
      maps(explanation.maps().get(layer.value()));
      Histogram weights = explanation.weights().get(layer.name());
      if (weights != null) {
        weights(weights);
      }
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void operator(Node node, LayerTable.Layer row) throws IOException {
    json.writeStartObject();
    json.writeStringField("name", row.name());
    json.writeStringField("operator", row.operator());
    json.writeObjectFieldStart("attributes");
    for (Map.Entry<String, String> one : OperatorText.attributes(node.op()).entrySet()) {
      json.writeStringField(one.getKey(), one.getValue());
    }
    json.writeEndObject();
    JsonShape.write(json, "output", row.output());
    json.writeNumberField("parameters", row.parameters());
    json.writeNumberField("macs", row.macs());
    json.writeEndObject();
  }

  /** Maps are one below the other, levels from a channel's least (0) to its greatest (the last). */
  private void maps(FeatureMaps maps) throws IOException {
    json.writeObjectFieldStart("maps");
    json.writeNumberField("width", maps.width());
    json.writeNumberField("height", maps.height());
    json.writeNumberField("reduction", maps.reduction());
    json.writeNumberField("levels", FeatureMaps.LEVELS);
    json.writeArrayFieldStart("channels");
    for (FeatureMaps.Channel channel : maps.channels()) {
      json.writeStartObject();
      json.writeNumberField("index", channel.index());
      json.writeNumberField("deviation", (float) channel.deviation());
      json.writeNumberField("least", (float) channel.least());
      json.writeNumberField("greatest", (float) channel.greatest());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeStringField("pixels", PackedPixels.pack(maps.levels(), maps.width()));
    json.writeEndObject();
  }

  private void weights(Histogram weights) throws IOException {
    json.writeObjectFieldStart("weights");
    json.writeNumberField("least", (float) weights.least());
    json.writeNumberField("greatest", (float) weights.greatest());
    json.writeNumberField("mean", (float) weights.mean());
    json.writeNumberField("deviation", (float) weights.deviation());
    json.writeFieldName("counts");
    json.writeArray(weights.counts(), 0, weights.counts().length);
    json.writeEndObject();
  }
}
