package dev.hydranet.eval;

import dev.hydranet.engine.text.Json;
import dev.hydranet.engine.text.OneLine;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a data set says about itself in its {@code dataset.json}, all of which may be left out.
 * Immutable.
 *
 * @param classNames in the order of the labels; empty if it does not say
 * @param depthScale what a metre is in the pictures of depth
 */
public record DatasetDescription(List<String> classNames, double depthScale) {
  private static final String FILE = "dataset.json";
  private static final double KITTI_DEPTH_SCALE = 256;
  private static final int LONGEST_NAME = 100;

  /** The largest file that is read; some thousand names are less. */
  private static final long MOST_BYTES = 1 << 20;

  /** The description of a folder that has none: 256 is a metre. */
  public static final DatasetDescription NONE =
      new DatasetDescription(List.of(), KITTI_DEPTH_SCALE);

  /** Copies the list. */
  public DatasetDescription {
    classNames = List.copyOf(classNames);
  }

  /**
   * Reads the file in a folder, if there is one; other fields are ignored.
   *
   * @param folder the data set
   * @return what it says; {@link #NONE} without a file
   * @throws IOException if it is not JSON, or a field is not what it should be; the message names
   *     the file
   */
  public static DatasetDescription read(Path folder) throws IOException {
    Path file = folder.resolve(FILE);
    if (!Files.exists(file)) {
      return NONE;
    }
    if (Files.size(file) > MOST_BYTES) {
      throw new IOException(
          file + ": expected up to " + MOST_BYTES + " bytes, found " + Files.size(file));
    }
    Object json;
    try {
      json = Json.parse(Files.readString(file));
    } catch (IllegalArgumentException e) {
      throw new IOException(file + ": expected JSON, found: " + e.getMessage(), e);
    } catch (CharacterCodingException e) {
      throw new IOException(file + ": expected JSON, found text that is not UTF-8", e);
    }
    try {
      return of(json);
    } catch (IllegalArgumentException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
  }

  private static DatasetDescription of(Object json) {
    if (!(json instanceof Map<?, ?> fields)) {
      throw wrong("an object", json);
    }
    Object classes = fields.get("classes");
    Object depthScale = fields.get("depthScale");
    return new DatasetDescription(
        classes == null ? NONE.classNames : classNames(classes),
        depthScale == null ? NONE.depthScale : depthScale(depthScale));
  }

  private static List<String> classNames(Object classes) {
    if (!(classes instanceof List<?> list)) {
      throw wrong("\"classes\": an array of names", classes);
    }
    List<String> names = new ArrayList<>();
    for (Object one : list) {
      if (!(one instanceof String name)) {
        throw wrong("\"classes\": names", one);
      }
      if (name.length() > LONGEST_NAME || !OneLine.of(name).equals(name)) {
        throw wrong("\"classes\": names of up to " + LONGEST_NAME + " characters", name);
      }
      names.add(name);
    }
    return names;
  }

  private static double depthScale(Object value) {
    if (value instanceof Double scale && scale > 0 && scale < Double.POSITIVE_INFINITY) {
      return scale;
    }
    throw wrong("\"depthScale\": a positive number", value);
  }

  private static IllegalArgumentException wrong(String expected, Object found) {
    return new IllegalArgumentException("expected " + expected + ", found " + described(found));
  }

  private static String described(Object value) {
    return switch (value) {
      case String text -> "the string \"" + OneLine.of(text, LONGEST_NAME) + "\"";
      case Map<?, ?> map -> "an object";
      case List<?> list -> "an array";
      default -> String.valueOf(value);
    };
  }

  /**
   * {@return the names of a network's classes as this data set calls them} Without names, they are
   * the network's own.
   *
   * @param networks the network's names, in the order of its labels
   * @throws IllegalArgumentException if these are not the network's classes: there are more or
   *     fewer, or both know a class of some name, by different labels
   */
  public List<String> namesFor(List<String> networks) {
    if (classNames.isEmpty()) {
      return networks;
    }
    if (classNames.size() != networks.size()) {
      throw new IllegalArgumentException(
          "expected the network's "
              + networks.size()
              + " classes, found "
              + classNames.size()
              + " in "
              + FILE);
    }
    for (int i = 0; i < classNames.size(); i++) {
      int index = networks.indexOf(classNames.get(i));
      if (index >= 0 && index != i) {
        throw new IllegalArgumentException(
            "expected the network's classes, in which "
                + classNames.get(i)
                + " is "
                + index
                + ", found it as "
                + i
                + " in "
                + FILE);
      }
    }
    return classNames;
  }
}
