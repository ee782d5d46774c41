package dev.hydranet.cli.explain;

import dev.hydranet.cli.images.SceneSize;
import dev.hydranet.cli.network.Model;
import dev.hydranet.cli.network.OperatorText;
import dev.hydranet.drawing.MarkupText;
import dev.hydranet.engine.Engine;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * An explanation as one HTML page that needs nothing else: its security policy lets the browser run
 * no script but the page's own and to load nothing.
 */
public final class ExplainPage {
  private static final Pattern PLACE = Pattern.compile("\\{\\{(\\w+)}}");

  /** One subject each, in the order in which they need each other. */
  private static final List<String> SCRIPTS =
      List.of("data.js", "answers.js", "layer.js", "graph.js", "steps.js");

  private ExplainPage() {}

  /**
   * The page.
   *
   * @param image the file's name
   * @param weights as people call them
   * @param options other options that change the answers, each with a space in front
   */
  public static String of(Explanation explanation, String image, String weights, String options)
      throws IOException {
    StringBuilder script = new StringBuilder("\"use strict\";\n");
    for (String file : SCRIPTS) {
      script.append(resource(file));
    }
    String style = resource("page.css");
    Map<String, String> parts = new LinkedHashMap<>();
    parts.put("name", MarkupText.escaped(image));
    parts.put("policy", policy(script.toString(), style));
    parts.put("style", style);
    parts.put("summary", MarkupText.escaped(summary(explanation, weights)));
    parts.put("engine", MarkupText.escaped(Engine.info().reason()));
    parts.put("kinds", kinds(explanation));
    parts.put(
        "graph",
        GraphPicture.of(
            explanation.model().graph(),
            explanation.layers(),
            explanation.model().graph().shapes(Map.of(Model.INPUT, explanation.input().shape()))));
    parts.put("commands", commands(explanation, image, weights, options));
    // Within a script, a "<" could begin its end; within JSON it stands in strings only.
    parts.put("data", ExplanationJson.of(explanation).replace("<", "\\u003c"));
    parts.put("script", script.toString());
    return filled(resource("page.html"), parts);
  }

  private static String policy(String script, String style) {
    return String.format(
        Locale.ROOT,
        "default-src 'none'; img-src data:; script-src '%s'; style-src '%s'",
        digest(script),
        digest(style));
  }

  private static String digest(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return "sha256-" + Base64.getEncoder().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static String summary(Explanation explanation, String weights) {
    int threads = explanation.threads().count();
    return String.format(
        Locale.ROOT,
        "%s (%s) on %s: %,d parameters, %.2f billion multiply-adds, %.1f ms on %d %s.",
        weights,
        explanation.net().metadata().variant(),
        SceneSize.describe(explanation.scene()),
        explanation.table().parameters(),
        explanation.table().macs() / 1e9,
        explanation.times().total().milliseconds(),
        threads,
        threads == 1 ? "thread" : "threads");
  }

  /** The kinds of layers that the graph has, as a legend. */
  private static String kinds(Explanation explanation) {
    return explanation.layers().stream()
        .map(layer -> OperatorText.kind(layer.op()))
        .distinct()
        .map(
            kind ->
                String.format(
                    Locale.ROOT,
                    "<li class=\"%s\"><b>%s</b> <span>%s</span></li>\n",
                    kind.id(),
                    MarkupText.escaped(kind.title()),
                    MarkupText.escaped(kind.does())))
        .collect(Collectors.joining());
  }

  /** What makes the page's numbers again, a command and what it tells on each line. */
  private static String commands(
      Explanation explanation, String image, String weights, String options) {
    String size = explanation.scene().computedSize().toString();
    int threads = explanation.threads().count();
    Map<String, String> commands = new LinkedHashMap<>();
    commands.put("info --weights " + weights + " --size " + size, "shapes, parameters, MACs");
    commands.put(
        "bench --weights " + weights + " --size " + size + " --threads " + threads + " --layers",
        "times, the machine's peaks");
    commands.put("predict " + image + " --weights " + weights + options + " --raw", "the answers");
    return commands.entrySet().stream()
        .map(
            one ->
                String.format(
                    Locale.ROOT,
                    "<li>%s: <code>hydranet %s</code></li>\n",
                    one.getValue(),
                    MarkupText.escaped(one.getKey())))
        .collect(Collectors.joining());
  }

  private static String filled(String template, Map<String, String> parts) {
    StringBuilder page = new StringBuilder();
    Matcher place = PLACE.matcher(template);
    while (place.find()) {
      place.appendReplacement(page, Matcher.quoteReplacement(parts.get(place.group(1))));
    }
    return place.appendTail(page).toString();
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = ExplainPage.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
    }
  }
}
