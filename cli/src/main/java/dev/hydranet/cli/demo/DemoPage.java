package dev.hydranet.cli.demo;

import dev.hydranet.Colormap;
import dev.hydranet.DepthRange;
import dev.hydranet.Metadata;
import dev.hydranet.cli.images.ScenePictures;
import dev.hydranet.drawing.MarkupText;
import dev.hydranet.drawing.ScaleBar;
import dev.hydranet.eval.Scores;
import dev.hydranet.network.Task;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The demonstration as a page: for each scene the input, and the answers above the truth. It loads
 * nothing but the pictures beside it, and runs no script.
 *
 * @param folder that the page is in
 * @param median of the images' times, in milliseconds
 */
public record DemoPage(
    Path folder, Metadata metadata, List<Entry> entries, Scores total, double median) {
  private static final int MOST_TICKS = 6;

  private static final String HEAD =
      """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <title>HydraNet: one network, three answers</title>
      <style>
      :root { --ground: #fafafa; --ink: #202020; --faint: #606060; --line: #d8d8d8; }
      @media (prefers-color-scheme: dark) {
        :root { --ground: #16181b; --ink: #e8e8e8; --faint: #a0a4aa; --line: #34383e; }
      }
      * { box-sizing: border-box; }
      body { margin: 0 auto; padding: 1rem; max-width: 88rem; background: var(--ground);
        color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; }
      h1 { font-size: 1.5rem; line-height: 1.2; margin: .5rem 0; }
      h2 { font-size: 1rem; margin: 0 0 .5rem; }
      p, dl { margin: .5rem 0; }
      section { border-top: 1px solid var(--line); margin-top: 1.5rem; padding-top: 1rem; }
      .note, figcaption { color: var(--faint); font-size: .875rem; }
      .scores { display: flex; flex-wrap: wrap; gap: .25rem 2rem; }
      .scores dt { color: var(--faint); font-size: .875rem; }
      .scores dd { margin: 0; font-size: 1.25rem; font-variant-numeric: tabular-nums; }
      .legend { display: flex; flex-wrap: wrap; gap: .25rem 1rem; padding: 0; list-style: none;
        font-size: .875rem; }
      .legend i { display: inline-block; width: .8em; height: .8em; margin-right: .4em;
        border: 1px solid var(--line); }
      .scale { padding: 0 1rem; color: var(--faint); font-size: .75rem; }
      .bar { height: .6rem; border: 1px solid var(--line); }
      .ticks { position: relative; height: 1.4em; }
      .ticks span { position: absolute; transform: translateX(-50%); white-space: nowrap; }
      .scene { display: grid; grid-template-columns: repeat(4, minmax(0, 1fr)); gap: .75rem; }
      .pair { display: grid; gap: .5rem; align-content: start; }
      figure { margin: 0; }
      img { display: block; width: 100%; height: auto; border-radius: 2px; }
      @media (max-width: 48rem) {
        .scene { grid-template-columns: minmax(0, 1fr); }
        .pair { grid-template-columns: repeat(2, minmax(0, 1fr)); }
      }
      </style>
      </head>
      <body>
      """;

  /**
   * A scene.
   *
   * @param image the input
   * @param pictures where the answers are
   * @param truths where the truth is, painted likewise
   * @param depths that the colours of both stand for
   */
  public record Entry(
      String name,
      Path image,
      ScenePictures pictures,
      ScenePictures truths,
      DepthRange depths,
      Scores scores,
      double milliseconds) {}

  public String html() {
    StringBuilder html = new StringBuilder(HEAD);
    html.append("<h1>HydraNet: one network, three answers</h1>\n")
        .append("<p>What the model in the box sees in rendered streets that it was not trained")
        .append(" on. One pass gives each pixel a class, a distance and a surface normal.</p>\n");
    html.append("<dl class=\"scores\">\n");
    score(html, "mean IoU", "%.1f %%", 100 * total.segmentation().meanIou());
    score(html, "pixel accuracy", "%.1f %%", 100 * total.segmentation().pixelAccuracy());
    score(html, "depth, abs rel", "%.3f", total.depth().absRel());
    score(html, "depth, RMSE", "%.2f m", total.depth().rmse());
    score(html, "normals, median error", "%.1f&deg;", total.normals().median());
    score(html, "time an image, median", "%.0f ms", median);
    html.append("</dl>\n");
    legend(html);
    entries.forEach(entry -> section(html, entry));
    return html.append("</body>\n</html>\n").toString();
  }

  private static void score(StringBuilder html, String name, String format, double value) {
    html.append("<div><dt>")
        .append(name)
        .append("</dt><dd>")
        .append(String.format(Locale.ROOT, format, value))
        .append("</dd></div>\n");
  }

  private void legend(StringBuilder html) {
    html.append("<ul class=\"legend\">\n");
    for (int c = 0; c < metadata.classNames().size(); c++) {
      html.append(
          String.format(
              Locale.ROOT,
              "<li><i style=\"background:#%06x\"></i>%s</li>\n",
              metadata.palette().rgb(c),
              MarkupText.escaped(metadata.classNames().get(c))));
    }
    html.append("</ul>\n");
    html.append(
        "<p class=\"note\">Normals: red is right, green is down, blue is towards the camera. Black:"
            + " the truth is not known.</p>\n");
  }

  private void section(StringBuilder html, Entry entry) {
    html.append("<section>\n<h2>").append(MarkupText.escaped(entry.name)).append("</h2>\n");
    html.append("<div class=\"scene\">\n");
    figure(
        html,
        entry.image,
        String.format(Locale.ROOT, "input; %.0f ms", entry.milliseconds),
        entry.name);
    for (Task task : entry.scores.images().keySet()) {
      String what = what(task);
      html.append("<div class=\"pair\">\n");
      String caption = what + ": " + score(task, entry.scores);
      figure(html, entry.pictures.file(entry.image, task), caption, entry.name + ", " + what);
      figure(html, entry.truths.file(entry.image, task), "truth", entry.name + ", true " + what);
      if (task == Task.DEPTH) {
        bar(html, entry.depths);
      }
      html.append("</div>\n");
    }
    html.append("</div>\n</section>\n");
  }

  /** The colours of depths, with ticks in metres. */
  private static void bar(StringBuilder html, DepthRange depths) {
    String colours =
        IntStream.rangeClosed(0, 16)
            .mapToObj(i -> String.format(Locale.ROOT, "#%06x", Colormap.PLASMA.rgb(i / 16f)))
            .collect(Collectors.joining(","));
    html.append("<div class=\"scale\"><div class=\"bar\" style=\"background:linear-gradient(90deg,")
        .append(colours)
        .append(")\"></div><div class=\"ticks\">");
    List<BigDecimal> ticks = ScaleBar.ticks(depths.nearest(), depths.farthest(), MOST_TICKS);
    for (BigDecimal tick : ticks) {
      html.append(
          String.format(
              Locale.ROOT,
              "<span style=\"left:%.1f%%\">%s%s</span>",
              100 * depths.fraction(tick.floatValue()),
              tick.toPlainString(),
              tick.equals(ticks.getLast()) ? " m" : ""));
    }
    html.append("</div></div>\n");
  }

  private void figure(StringBuilder html, Path picture, String caption, String alternative) {
    String path = folder.relativize(picture).toString().replace('\\', '/');
    html.append(
        String.format(
            Locale.ROOT,
            "<figure><img src=\"%s\" alt=\"%s\" loading=\"lazy\"><figcaption>%s</figcaption></figure>\n",
            MarkupText.escaped(path),
            MarkupText.escaped(alternative),
            caption));
  }

  private static String what(Task task) {
    return switch (task) {
      case SEGM -> "classes";
      case DEPTH -> "depth";
      case NORMAL -> "normals";
    };
  }

  private static String score(Task task, Scores scores) {
    return switch (task) {
      case SEGM ->
          String.format(Locale.ROOT, "mIoU %.1f %%", 100 * scores.segmentation().meanIou());
      case DEPTH -> String.format(Locale.ROOT, "abs rel %.3f", scores.depth().absRel());
      case NORMAL ->
          String.format(Locale.ROOT, "median error %.1f&deg;", scores.normals().median());
    };
  }
}
