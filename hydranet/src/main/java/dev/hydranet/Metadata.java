package dev.hydranet;

import dev.hydranet.engine.text.OneLine;
import dev.hydranet.network.HydraNetwork;
import dev.hydranet.network.Task;
import dev.hydranet.network.Variant;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The description of the network in a safetensors file: how to prepare an image and what the
 * answers mean. Written by the converter, read by {@link HydraNet#load}. Immutable.
 *
 * <p>In the file each part is a separate string, under these keys. All may be left out; then a
 * published network is recognised by its tensors, and any other gets numbered classes.
 *
 * <table>
 *   <caption>Keys</caption>
 *   <tr><td>{@code hydranet.format}</td><td>{@code 1}</td></tr>
 *   <tr><td>{@code hydranet.variant}</td><td>{@code kitti}</td></tr>
 *   <tr><td>{@code hydranet.tasks}</td><td>{@code segm depth}</td></tr>
 *   <tr><td>{@code hydranet.classes}</td><td>a name on each line</td></tr>
 *   <tr><td>{@code hydranet.palette}</td><td>{@code 808080 800000 804080 ...}</td></tr>
 *   <tr><td>{@code hydranet.depth_range_metres}</td><td>{@code 0.0 80.0}</td></tr>
 *   <tr><td>{@code hydranet.mean}</td><td>{@code 0.485 0.456 0.406}</td></tr>
 *   <tr><td>{@code hydranet.std}</td><td>{@code 0.229 0.224 0.225}</td></tr>
 *   <tr><td>{@code hydranet.height}</td><td>{@code 240}</td></tr>
 *   <tr><td>{@code hydranet.source_sha256}</td><td>64 hexadecimal digits</td></tr>
 * </table>
 *
 * @param variant {@code kitti}, {@code nyud}, {@code nyud3}, {@code nyudkitti}, {@code
 *     mobilenetv2}, {@code custom}, or another name
 * @param tasks the heads; none for the classifier
 * @param classNames of the segmentation, in the order of the logits; empty without one
 * @param palette a colour for each class; empty without segmentation
 * @param depthRange what pictures of depth show; empty if each shows its own depths, see {@link
 *     DepthMap#range}
 * @param normalization how an image becomes the input
 * @param height in pixels, of the images that the weights were trained for; larger ones are shrunk
 *     to it (see {@link PredictOptions}). Empty if images are taken as they are
 * @param sourceSha256 of the file that the weights were converted from
 */
public record Metadata(
    String variant,
    Set<Task> tasks,
    List<String> classNames,
    Palette palette,
    Optional<DepthRange> depthRange,
    Normalization normalization,
    OptionalInt height,
    Optional<String> sourceSha256) {
  private static final String FORMAT_VERSION = "1";

  /** What a file says of itself is drawn into pictures and printed. */
  private static final int LONGEST_TEXT = 100;

  private static final int GREATEST_HEIGHT = 100_000;

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,40}");

  private static final String FORMAT = "hydranet.format";
  private static final String VARIANT = "hydranet.variant";
  private static final String TASKS = "hydranet.tasks";
  private static final String CLASSES = "hydranet.classes";
  private static final String PALETTE = "hydranet.palette";
  private static final String DEPTH_RANGE = "hydranet.depth_range_metres";
  private static final String MEAN = "hydranet.mean";
  private static final String STD = "hydranet.std";
  private static final String HEIGHT = "hydranet.height";
  private static final String SOURCE_SHA256 = "hydranet.source_sha256";

  /**
   * Copies the collections.
   *
   * @throws IllegalArgumentException if there is not a colour for each class, or the height is not
   *     from 1 to 100000
   */
  public Metadata {
    Set<Task> ordered = EnumSet.noneOf(Task.class);
    ordered.addAll(tasks);
    tasks = Collections.unmodifiableSet(ordered);
    classNames = List.copyOf(classNames);
    if (palette.size() != classNames.size()) {
      throw new IllegalArgumentException(
          "expected a colour for each of "
              + classNames.size()
              + " classes, found "
              + palette.size());
    }
    if (height.isPresent() && (height.getAsInt() < 1 || height.getAsInt() > GREATEST_HEIGHT)) {
      throw new IllegalArgumentException(
          "expected a height of 1 to " + GREATEST_HEIGHT + " rows, found " + height.getAsInt());
    }
  }

  /**
   * {@return what is known of a network from its shape alone}
   *
   * @param network any
   */
  public static Metadata of(HydraNetwork network) {
    return Variant.of(network).map(Metadata::of).orElseGet(() -> custom(network));
  }

  /**
   * {@return of a published network}
   *
   * @param variant one of the published
   */
  public static Metadata of(Variant variant) {
    return new Metadata(
        variant.id(),
        variant.network().tasks(),
        variant.classNames(),
        Palette.of(variant),
        Optional.of(new DepthRange(0, variant.maxDepth())),
        Normalization.IMAGENET,
        OptionalInt.empty(),
        Optional.empty());
  }

  /**
   * Of MobileNetV2 as the ImageNet classifier.
   *
   * @return metadata with ImageNet's normalisation and no tasks
   */
  public static Metadata ofClassifier() {
    return new Metadata(
        "mobilenetv2",
        Set.of(),
        List.of(),
        Palette.of(),
        Optional.empty(),
        Normalization.IMAGENET,
        OptionalInt.empty(),
        Optional.empty());
  }

  private static Metadata custom(HydraNetwork network) {
    return new Metadata(
        "custom",
        network.tasks(),
        IntStream.range(0, network.classes()).mapToObj(index -> "class " + index).toList(),
        Palette.voc(network.classes()),
        Optional.empty(),
        Normalization.IMAGENET,
        OptionalInt.empty(),
        Optional.empty());
  }

  /**
   * {@return the same, naming the file that the weights came from by its SHA-256}
   *
   * @param sha256 64 hexadecimal digits
   */
  public Metadata withSourceSha256(String sha256) {
    return new Metadata(
        variant,
        tasks,
        classNames,
        palette,
        depthRange,
        normalization,
        height,
        Optional.of(sha256));
  }

  /**
   * {@return the same with other names for the classes; those of a published network bring its
   * colours}
   *
   * @param names one for each class
   * @throws IllegalArgumentException if there are more or fewer, or one is not fit to be shown
   */
  public Metadata withClassNames(List<String> names) {
    List<String> checked = classNames(String.join("\n", names));
    if (checked.size() != classNames.size()) {
      throw new IllegalArgumentException(
          "expected " + classNames.size() + " names, found " + checked.size());
    }
    Palette colours =
        Arrays.stream(Variant.values())
            .filter(one -> one.classNames().equals(checked))
            .findFirst()
            .map(Palette::of)
            .orElse(palette);
    return new Metadata(
        variant, tasks, checked, colours, depthRange, normalization, height, sourceSha256);
  }

  /**
   * {@return the same, for weights that were trained for images of some height}
   *
   * @param rows 1 to 100000
   * @throws IllegalArgumentException if it is another number
   */
  public Metadata withHeight(int rows) {
    return new Metadata(
        variant,
        tasks,
        classNames,
        palette,
        depthRange,
        normalization,
        OptionalInt.of(rows),
        sourceSha256);
  }

  /** {@return the strings to write into a safetensors file} */
  public Map<String, String> toMap() {
    Map<String, String> map = new LinkedHashMap<>();
    map.put(FORMAT, FORMAT_VERSION);
    map.put(VARIANT, variant);
    if (!tasks.isEmpty()) {
      map.put(TASKS, joined(tasks.stream().map(Task::label).toList()));
    }
    if (tasks.contains(Task.SEGM)) {
      map.put(CLASSES, String.join("\n", classNames));
      map.put(
          PALETTE,
          joined(
              IntStream.range(0, palette.size())
                  .mapToObj(index -> String.format(Locale.ROOT, "%06x", palette.rgb(index)))
                  .toList()));
    }
    if (tasks.contains(Task.DEPTH)) {
      depthRange.ifPresent(
          range -> map.put(DEPTH_RANGE, joined(List.of(range.nearest(), range.farthest()))));
    }
    map.put(MEAN, joined(normalization.mean()));
    map.put(STD, joined(normalization.std()));
    height.ifPresent(rows -> map.put(HEIGHT, Integer.toString(rows)));
    sourceSha256.ifPresent(sha256 -> map.put(SOURCE_SHA256, sha256));
    return map;
  }

  /**
   * Reads the strings of a safetensors file; what it does not say is as {@link #of(HydraNetwork)}
   * has it, and keys that are not this format's are ignored.
   *
   * @param map the file's metadata
   * @param network the network that its tensors make
   * @return the metadata
   * @throws IllegalArgumentException if a string is not what its key asks for or contradicts the
   *     network; the message names the key
   */
  public static Metadata of(Map<String, String> map, HydraNetwork network) {
    Metadata known = of(network);
    String format = map.getOrDefault(FORMAT, FORMAT_VERSION);
    if (!format.equals(FORMAT_VERSION)) {
      throw wrong(FORMAT, FORMAT_VERSION, quoted(format));
    }
    String tasks = joined(network.tasks().stream().map(Task::label).toList());
    if (!map.getOrDefault(TASKS, tasks).equals(tasks)) {
      throw wrong(TASKS, "'" + tasks + "' as the tensors have it", quoted(map.get(TASKS)));
    }
    List<String> classNames = parsed(map, CLASSES, Metadata::classNames, known.classNames);
    if (classNames.size() != network.classes()) {
      throw wrong(CLASSES, network.classes() + " names", classNames.size() + " names");
    }
    Palette palette = parsed(map, PALETTE, Metadata::palette, known.palette);
    if (palette.size() != network.classes()) {
      throw wrong(PALETTE, network.classes() + " colours", palette.size() + " colours");
    }
    return new Metadata(
        variant(map.getOrDefault(VARIANT, known.variant), known.variant),
        network.tasks(),
        classNames,
        palette,
        parsed(map, DEPTH_RANGE, Metadata::depthRange, known.depthRange),
        new Normalization(
            parsed(map, MEAN, text -> numbers(text, 3), known.normalization.mean()),
            parsed(map, STD, text -> numbers(text, 3), known.normalization.std())),
        parsed(map, HEIGHT, Metadata::height, known.height),
        Optional.ofNullable(map.get(SOURCE_SHA256)));
  }

  private static String joined(List<?> values) {
    return values.stream().map(Object::toString).collect(Collectors.joining(" "));
  }

  private static <T> T parsed(
      Map<String, String> map, String key, Function<String, T> parser, T otherwise) {
    String text = map.get(key);
    if (text == null) {
      return otherwise;
    }
    try {
      return parser.apply(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("metadata '" + key + "': " + e.getMessage(), e);
    }
  }

  /** Names of networks that are not published are their makers' own. */
  private static String variant(String name, String known) {
    boolean published = Arrays.stream(Variant.values()).anyMatch(one -> one.id().equals(name));
    if (!name.equals(known) && published) {
      throw wrong(VARIANT, known + " as the tensors have it", name);
    }
    if (!NAME.matcher(name).matches()) {
      throw wrong(VARIANT, "a name", quoted(name));
    }
    return name;
  }

  private static List<String> classNames(String text) {
    List<String> names = Arrays.asList(text.split("\n", -1));
    for (String name : names) {
      if (name.length() > LONGEST_TEXT || !OneLine.of(name).equals(name)) {
        throw new IllegalArgumentException(
            "expected names of up to " + LONGEST_TEXT + " characters, found " + quoted(name));
      }
    }
    return names;
  }

  private static Palette palette(String text) {
    String[] colours = text.split(" ");
    for (String colour : colours) {
      if (!colour.matches("[0-9a-fA-F]{6}")) {
        throw new IllegalArgumentException("expected colours as RRGGBB, found " + quoted(colour));
      }
    }
    return Palette.of(
        Arrays.stream(colours).mapToInt(colour -> Integer.parseInt(colour, 16)).toArray());
  }

  private static Optional<DepthRange> depthRange(String text) {
    List<Double> ends = numbers(text, 2);
    return Optional.of(new DepthRange(ends.get(0), ends.get(1)));
  }

  private static OptionalInt height(String text) {
    if (!text.matches("[1-9]\\d{0,5}") || Integer.parseInt(text) > GREATEST_HEIGHT) {
      throw new IllegalArgumentException(
          "expected a number of rows from 1 to " + GREATEST_HEIGHT + ", found " + quoted(text));
    }
    return OptionalInt.of(Integer.parseInt(text));
  }

  private static List<Double> numbers(String text, int count) {
    String[] numbers = text.split(" ");
    if (numbers.length != count) {
      throw new IllegalArgumentException("expected " + count + " numbers, found " + quoted(text));
    }
    try {
      return Arrays.stream(numbers).map(Double::valueOf).toList();
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("expected numbers, found " + quoted(text), e);
    }
  }

  private static IllegalArgumentException wrong(String key, String expected, String found) {
    return new IllegalArgumentException(
        "metadata '" + key + "': expected " + expected + ", found " + found);
  }

  private static String quoted(String text) {
    return "'" + OneLine.of(text, LONGEST_TEXT) + "'";
  }
}
