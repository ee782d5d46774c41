package dev.hydranet.benchmarks.report;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Text with places for what was measured: {@code ${name}}. */
final class Template {
  private static final Pattern PLACE = Pattern.compile("\\$\\{([\\w.-]+)}");

  private Template() {}

  /**
   * Fills the places of a resource beside this class.
   *
   * @throws IllegalArgumentException if there is nothing for a place
   */
  static String fill(String resource, Map<String, String> values) throws IOException {
    String text;
    try (InputStream in = Template.class.getResourceAsStream(resource)) {
      text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    return PLACE
        .matcher(text)
        .replaceAll(
            match -> {
              String name = match.group(1);
              if (!values.containsKey(name)) {
                throw new IllegalArgumentException(resource + ": nothing for " + name);
              }
              return Matcher.quoteReplacement(values.get(name));
            });
  }
}
