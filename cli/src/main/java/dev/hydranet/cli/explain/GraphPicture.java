package dev.hydranet.cli.explain;

import dev.hydranet.cli.explain.GraphLayout.Column;
import dev.hydranet.cli.explain.GraphLayout.Place;
import dev.hydranet.cli.network.OperatorText;
import dev.hydranet.drawing.MarkupText;
import dev.hydranet.drawing.Svg;
import dev.hydranet.engine.graph.Graph;
import dev.hydranet.engine.graph.Node;
import dev.hydranet.engine.graph.Upsample;
import dev.hydranet.engine.tensor.Shape;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A HydraNet drawn as SVG, for a page that gives it its colours and that makes its layers buttons:
 * each is a group {@code layer-N}, N its index.
 */
final class GraphPicture {
  private static final int WIDTH = 960;
  private static final int TOP = 44;
  private static final int PITCH = 56;
  private static final int BOX = 38;
  private static final int CIRCLE = 22;

  /** From a row's boxes to the lines above or below them. */
  private static final int GAP = (PITCH - BOX) / 2;

  private static final int CORNER = 6;

  private final Svg svg = new Svg();
  private final Graph graph;
  private final List<DrawnLayer> layers;
  private final Map<String, Shape> shapes;
  private final GraphLayout layout;

  private GraphPicture(Graph graph, List<DrawnLayer> layers, Map<String, Shape> shapes) {
    this.graph = graph;
    this.layers = layers;
    this.shapes = shapes;
    this.layout = GraphLayout.of(graph, layers);
  }

  /**
   * Draws it.
   *
   * @param shapes of all values
   * @throws IllegalArgumentException if the graph is not a HydraNet's
   */
  static String of(Graph graph, List<DrawnLayer> layers, Map<String, Shape> shapes) {
    GraphPicture picture = new GraphPicture(graph, layers, shapes);
    return picture.draw();
  }

  private String draw() {
    svg.add(
        "<defs><marker id=\"arrow\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" markerWidth=\"8\""
            + " markerHeight=\"8\" markerUnits=\"userSpaceOnUse\" orient=\"auto\"><path"
            + " d=\"M0 1L7 4L0 7z\"/></marker></defs>\n");
    text("head", Column.EXPAND.left(), 16, "start", "Encoder: MobileNetV2");
    text("head", Column.SKIP.left(), 16, "start", "Decoder: Light-Weight RefineNet, and heads");
    edges();
    graph.inputs().forEach(this::input);
    rowNames();
    for (int i = 0; i < layers.size(); i++) {
      layer(i, layers.get(i));
    }
    return svg.element(
        WIDTH,
        TOP + layout.rows() * PITCH,
        "id=\"graph\" role=\"group\" aria-label=\"The network's layers\"");
  }

  private void input(String input) {
    Place place = layout.places().get(input);
    svg.add("<g class=\"input\">");
    box(place.column(), y(place.row()), BOX);
    text("title", place.column().centre(), y(place.row()) - 3, "middle", input);
    text("shape", place.column().centre(), y(place.row()) + 12, "middle", extents(input));
    svg.add("</g>\n");
  }

  /** Beside each block its path, {@code layer3.1}, and beside each head what it answers. */
  private void rowNames() {
    for (DrawnLayer layer : layers) {
      Place place = layout.places().get(layer.name());
      if (place.column() == Column.EXPAND) {
        String name = layer.name().replaceFirst("\\.output.*|\\.0$", "");
        text("row", Column.EXPAND.left() - 8, y(place.row()) + 4, "end", name);
      }
      if (graph.outputs().contains(layer.name())) {
        text("row", Column.POOL.left() - 8, y(place.row()) + 4, "end", layer.name());
      }
    }
  }

  private void layer(int index, DrawnLayer layer) {
    Place place = layout.places().get(layer.name());
    String brief = OperatorText.brief(layer.op());
    svg.add(
        "<g class=\"layer %s\" id=\"layer-%d\" role=\"button\" tabindex=\"-1\" aria-label=\"%s\">",
        OperatorText.kind(layer.op()).id(),
        index,
        MarkupText.escaped(layer.name() + ", " + brief + ", " + extents(layer.value())));
    int x = place.column().centre();
    int y = y(place.row());
    if (place.column().width() == CIRCLE) {
      svg.add("<circle cx=\"%d\" cy=\"%d\" r=\"%d\"/>", x, y, CIRCLE / 2);
      text("title", x, y + 4, "middle", brief);
    } else {
      box(place.column(), y, BOX);
      text("title", x, y - 3, "middle", brief + activation(layer));
      text("shape", x, y + 12, "middle", extents(layer.value()));
    }
    svg.add("</g>\n");
  }

  /** Only sums say it: behind convolutions it is the rule. */
  private static String activation(DrawnLayer layer) {
    boolean sum = OperatorText.kind(layer.op()) == OperatorText.Kind.SUM;
    return sum && layer.nodes().size() > 1 ? " " + layer.nodes().getLast().op().kind() : "";
  }

  private String extents(String value) {
    Shape shape = shapes.get(value);
    return shape.channels() + "\u00d7" + shape.height() + "\u00d7" + shape.width();
  }

  private void edges() {
    Map<String, String> makers = new HashMap<>();
    graph.inputs().forEach(input -> makers.put(input, input));
    layers.forEach(layer -> layer.nodes().forEach(node -> makers.put(node.name(), layer.name())));
    svg.add("<g class=\"edges\">\n");
    for (DrawnLayer layer : layers) {
      for (String input : read(layer.nodes().getFirst())) {
        edge(layout.places().get(makers.get(input)), layout.places().get(layer.name()));
      }
    }
    svg.add("</g>\n");
  }

  /** Of upsampling's inputs, the second gives its size and nothing else. */
  private static List<String> read(Node node) {
    return node.op() instanceof Upsample ? node.inputs().subList(0, 1) : node.inputs();
  }

  private void edge(Place from, Place to) {
    boolean sameRow = from.row() == to.row();
    if (sameRow && from.column() == Column.FUSION && to.column() == Column.CHAIN) {
      // Around pooling and convolution.
      int x = right(from) - 14;
      int rail = y(from.row()) + BOX / 2 + GAP - 2;
      path(x, bottom(from), x, rail, to.column().centre(), rail, to.column().centre(), bottom(to));
    } else if (sameRow) {
      boolean forward = from.column().left() < to.column().left();
      path(
          forward ? right(from) : from.column().left(),
          y(from.row()),
          forward ? to.column().left() : right(to),
          y(to.row()));
    } else if (from.column().centre() == to.column().centre()) {
      boolean down = from.row() < to.row();
      path(
          from.column().centre(),
          down ? bottom(from) : top(from),
          to.column().centre(),
          down ? top(to) : bottom(to));
    } else if (from.column() == Column.SKIP) {
      path(
          right(from),
          y(from.row()),
          to.column().centre(),
          y(from.row()),
          to.column().centre(),
          top(to));
    } else if (from.column() == Column.CHAIN) {
      path(
          from.column().centre(),
          top(from),
          from.column().centre(),
          y(to.row()),
          right(to),
          y(to.row()));
    } else {
      boolean down = from.row() < to.row();
      int rail = y(to.row()) + (down ? -1 : 1) * (BOX / 2 + GAP);
      path(
          from.column().centre(),
          down ? bottom(from) : top(from),
          from.column().centre(),
          rail,
          to.column().centre(),
          rail,
          to.column().centre(),
          down ? top(to) : bottom(to));
    }
  }

  private static int y(int row) {
    return TOP + row * PITCH + PITCH / 2;
  }

  private static int right(Place place) {
    return place.column().left() + place.column().width();
  }

  private static int top(Place place) {
    return y(place.row()) - height(place) / 2;
  }

  private static int bottom(Place place) {
    return y(place.row()) + height(place) / 2;
  }

  private static int height(Place place) {
    return place.column().width() == CIRCLE ? CIRCLE : BOX;
  }

  private void box(Column column, int y, int height) {
    svg.add(
        "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"7\"/>",
        column.left(), y - height / 2, column.width(), height);
  }

  /** A line through points, x and y in turn, its corners rounded. */
  private void path(int... points) {
    svg.add("<path d=\"M%d %d", points[0], points[1]);
    for (int i = 2; i < points.length - 2; i += 2) {
      int x = points[i];
      int y = points[i + 1];
      svg.add(
          "L%d %dQ%d %d %d %d",
          towards(x, points[i - 2]),
          towards(y, points[i - 1]),
          x,
          y,
          towards(x, points[i + 2]),
          towards(y, points[i + 3]));
    }
    svg.add(
        "L%d %d\" marker-end=\"url(#arrow)\"/>\n",
        points[points.length - 2], points[points.length - 1]);
  }

  private static int towards(int from, int to) {
    return from + Math.clamp((to - from) / 2, -CORNER, CORNER);
  }

  private void text(String type, int x, int y, String anchor, String content) {
    svg.add(
        "<text class=\"%s\" x=\"%d\" y=\"%d\" text-anchor=\"%s\">%s</text>",
        type, x, y, anchor, MarkupText.escaped(content));
  }
}
