package dev.hydranet.cli.explain;

import dev.hydranet.engine.graph.Graph;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the layers of a HydraNet stand in its picture: the encoder's blocks in rows on the left,
 * from the image at the top down to the coarsest; the decoder on the right, from there up again,
 * each stage beside the layers that it reads; the heads above it.
 *
 * @param places by the layers' names, and that of the input
 * @param rows how many there are
 */
record GraphLayout(Map<String, Place> places, int rows) {
  private static final Pattern LAYER =
      Pattern.compile("layer(\\d)\\.(\\d+)(?:\\.(sum|output\\.(\\d)\\.0))?");
  private static final Pattern DECODER =
      Pattern.compile("(conv|fuse|crp|conv_adapt|up)(\\d)(?:\\.(skips)|\\.0\\.(\\d)_(.*))?");
  private static final String HEAD_SCALE = "pre_";

  /** The layers of the encoder beside each stage of the decoder; beside the heads, the first. */
  private static final List<List<Integer>> STAGES =
      List.of(List.of(1, 2), List.of(3), List.of(4), List.of(5, 6), List.of(7, 8));

  private static final int POOLINGS = 4;

  /** What stands below each other. */
  enum Column {
    EXPAND(66, 96),
    FILTER(176, 96),
    PROJECT(286, 96),
    BLOCK_SUM(394, 22),
    SKIP(446, 96),
    SKIP_SUM(558, 22),
    FUSION(594, 82),
    POOL(692, 96),
    MIX(806, 96),
    CHAIN(922, 22);

    private final int left;
    private final int width;

    Column(int left, int width) {
      this.left = left;
      this.width = width;
    }

    int left() {
      return left;
    }

    int width() {
      return width;
    }

    int centre() {
      return left + width / 2;
    }
  }

  /** Of a layer; rows count from the top. */
  record Place(Column column, int row) {}

  /**
   * Lays it out.
   *
   * @throws IllegalArgumentException if a layer does not belong to a HydraNet
   */
  static GraphLayout of(Graph graph, List<DrawnLayer> layers) {
    Map<Integer, Integer> blocks = new HashMap<>();
    for (DrawnLayer layer : layers) {
      Matcher name = LAYER.matcher(layer.name());
      if (name.matches()) {
        int count = name.group(3) == null ? 1 : Integer.parseInt(name.group(2)) + 1;
        blocks.merge(Integer.parseInt(name.group(1)), count, Math::max);
      }
    }
    int[] bottoms = new int[STAGES.size()];
    Map<Integer, Integer> ends = new HashMap<>();
    int rows = 0;
    for (int stage = 0; stage < bottoms.length; stage++) {
      int encoder =
          STAGES.get(stage).stream().mapToInt(layer -> blocks.getOrDefault(layer, 0)).sum();
      int decoder =
          switch (stage) {
            case 0 -> graph.outputs().size();
            case 1 -> POOLINGS;
            default -> POOLINGS + 1;
          };
      rows += Math.max(stage == 0 ? encoder + 1 : encoder, decoder);
      bottoms[stage] = rows - 1;
      int end = bottoms[stage];
      for (int layer : STAGES.get(stage).reversed()) {
        ends.put(layer, end);
        end -= blocks.getOrDefault(layer, 0);
      }
    }
    Map<String, Place> places = new LinkedHashMap<>();
    int top = ends.get(1) - blocks.getOrDefault(1, 0);
    graph.inputs().forEach(input -> places.put(input, new Place(Column.EXPAND, top)));
    for (DrawnLayer layer : layers) {
      places.put(layer.name(), place(layer.name(), graph, blocks, ends, bottoms));
    }
    return new GraphLayout(places, rows);
  }

  private static Place place(
      String layer,
      Graph graph,
      Map<Integer, Integer> blocks,
      Map<Integer, Integer> ends,
      int[] bottoms) {
    Matcher encoder = LAYER.matcher(layer);
    if (encoder.matches()) {
      int number = Integer.parseInt(encoder.group(1));
      if (encoder.group(3) == null) {
        return new Place(Column.EXPAND, ends.get(number));
      }
      int row = ends.get(number) - blocks.get(number) + 1 + Integer.parseInt(encoder.group(2));
      Column column =
          encoder.group(4) == null
              ? Column.BLOCK_SUM
              : List.of(Column.EXPAND, Column.FILTER, Column.PROJECT)
                  .get(Integer.parseInt(encoder.group(4)));
      return new Place(column, row);
    }
    Matcher decoder = DECODER.matcher(layer);
    if (decoder.matches()) {
      int number = Integer.parseInt(decoder.group(2));
      return switch (decoder.group(1)) {
        case "conv" -> new Place(Column.SKIP, ends.get(number));
        case "fuse" ->
            new Place(decoder.group(3) == null ? Column.FUSION : Column.SKIP_SUM, bottoms[number]);
        case "conv_adapt" -> new Place(Column.MIX, bottoms[number] - POOLINGS);
        case "up" -> new Place(Column.FUSION, bottoms[number] - POOLINGS);
        default -> {
          Column column =
              switch (decoder.group(5)) {
                case "maxpool" -> Column.POOL;
                case "sum" -> Column.CHAIN;
                default -> Column.MIX;
              };
          yield new Place(column, bottoms[number] + 1 - Integer.parseInt(decoder.group(4)));
        }
      };
    }
    boolean scale = layer.startsWith(HEAD_SCALE);
    int head = graph.outputs().indexOf(scale ? layer.substring(HEAD_SCALE.length()) : layer);
    if (head < 0) {
      throw new IllegalArgumentException("there is no place for layer '" + layer + "'");
    }
    return new Place(scale ? Column.MIX : Column.POOL, head);
  }
}
