package dev.hydranet.cli.scoring;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.hydranet.engine.text.OneLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a data set says of itself in its dataset.json; all of it may be left out.
 *
 * @param classNames in the order of the labels; none if it does not say
 * @param depthScale what a metre is in the pictures of depth
 */
public record DatasetDescription(List<String> classNames, double depthScale) {
  private static final String FILE = "dataset.json";
  private static final double KITTI_DEPTH_SCALE = 256;
  private static final int LONGEST_NAME = 100;

  /** The description of a folder that has none. */
  static final DatasetDescription NONE = new DatasetDescription(List.of(), KITTI_DEPTH_SCALE);

  private static final JsonFactory JSON =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  /**
   * Reads the file in a folder, if there is one; what is none of its business is left alone.
   *
   * @throws IOException if it is not JSON, or something in it is not what it should be
   */
  public static DatasetDescription read(Path folder) throws IOException {
    Path file = folder.resolve(FILE);
    if (!Files.exists(file)) {
      return NONE;
    }
    try (JsonParser json = JSON.createParser(file.toFile())) {
      return read(json);
    } catch (JsonProcessingException e) {
      throw new IOException(file + ": expected JSON, found: " + e.getOriginalMessage(), e);
    } catch (IllegalArgumentException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
  }

  private static DatasetDescription read(JsonParser json) throws IOException {
    expect(json.nextToken() == JsonToken.START_OBJECT, "an object", json);
    List<String> classNames = NONE.classNames;
    double depthScale = NONE.depthScale;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String field = json.currentName();
      json.nextToken();
      switch (field) {
        case "classes" -> classNames = classNames(json);
        case "depthScale" -> depthScale = depthScale(json);
        default -> json.skipChildren();
      }
    }
    return new DatasetDescription(classNames, depthScale);
  }

  private static List<String> classNames(JsonParser json) throws IOException {
    expect(json.currentToken() == JsonToken.START_ARRAY, "\"classes\": an array of names", json);
    List<String> names = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      expect(json.currentToken() == JsonToken.VALUE_STRING, "\"classes\": a name", json);
      String name = json.getText();
      expect(
          name.length() <= LONGEST_NAME && OneLine.of(name).equals(name),
          "\"classes\": names of up to " + LONGEST_NAME + " characters",
          json);
      names.add(name);
    }
    return List.copyOf(names);
  }

  private static double depthScale(JsonParser json) throws IOException {
    String expected = "\"depthScale\": a positive number";
    expect(json.currentToken().isNumeric(), expected, json);
    double scale = json.getDoubleValue();
    expect(scale > 0 && scale < Double.POSITIVE_INFINITY, expected, json);
    return scale;
  }

  private static void expect(boolean condition, String what, JsonParser json) throws IOException {
    if (!condition) {
      String text = json.currentToken() == null ? "nothing" : json.getText();
      throw new IllegalArgumentException(
          "expected " + what + ", found " + OneLine.of(text, LONGEST_NAME));
    }
  }

  /**
   * The names of a network's classes as this data set calls them; the network's own where it does
   * not.
   *
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
