package dev.hydranet.cli.scoring;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import dev.hydranet.eval.ConfusionMatrix;
import dev.hydranet.eval.DepthErrors;
import dev.hydranet.eval.NormalErrors;
import dev.hydranet.eval.Scores;
import dev.hydranet.network.Task;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Scores to be read, by people and by programs.
 *
 * @param classNames of the segmentation
 */
public record ScoreTable(Scores scores, List<String> classNames) {
  /** In degrees. */
  private static final double[] ANGLES = {11.25, 22.5, 30};

  private static final int NAME_WIDTH_AT_LEAST = 22;

  /** Prints a table for each task, with a line between two. */
  public void print(PrintWriter out) {
    boolean first = true;
    for (Map.Entry<Task, Integer> entry : scores.images().entrySet()) {
      if (!first) {
        out.println();
      }
      first = false;
      Task task = entry.getKey();
      int images = entry.getValue();
      out.println(
          String.format(
              Locale.ROOT,
              "%s: %d %s, %,d pixels",
              task.label(),
              images,
              images == 1 ? "image" : "images",
              pixels(task)));
      switch (task) {
        case SEGM -> print(scores.segmentation(), out);
        case DEPTH -> print(scores.depth(), out);
        case NORMAL -> print(scores.normals(), out);
      }
    }
  }

  private long pixels(Task task) {
    return switch (task) {
      case SEGM -> scores.segmentation().pixels();
      case DEPTH -> scores.depth().pixels();
      case NORMAL -> scores.normals().pixels();
    };
  }

  private void print(ConfusionMatrix matrix, PrintWriter out) {
    int width =
        Math.max(NAME_WIDTH_AT_LEAST, classNames.stream().mapToInt(String::length).max().orElse(0));
    String row = "  %-" + width + "s %8s %8s %8s";
    out.println(String.format(Locale.ROOT, row, "class", "IoU %", "true %", "found %"));
    for (int c = 0; c < matrix.classes(); c++) {
      out.println(
          String.format(
              Locale.ROOT,
              row,
              classNames.get(c),
              percent(matrix.iou(c)),
              percent((double) matrix.truePixels(c) / matrix.pixels()),
              percent((double) matrix.predictedPixels(c) / matrix.pixels())));
    }
    print("mean IoU", percent(matrix.meanIou()), " %", width, out);
    print("pixel accuracy", percent(matrix.pixelAccuracy()), " %", width, out);
  }

  private static void print(DepthErrors errors, PrintWriter out) {
    print("RMSE", number(errors.rmse()), " m", out);
    print("RMSE (log)", number(errors.rmseLog()), "", out);
    print("abs rel", number(errors.absRel()), "", out);
    for (int power = 1; power <= DepthErrors.POWERS; power++) {
      String name = "delta < " + DepthErrors.RATIO + (power == 1 ? "" : "^" + power);
      print(name, percent(errors.within(power)), " %", out);
    }
  }

  private static void print(NormalErrors errors, PrintWriter out) {
    print("mean", number(errors.mean()), " degrees", out);
    print("median", number(errors.median()), " degrees", out);
    for (double angle : ANGLES) {
      print("under " + name(angle) + " degrees", percent(errors.under(angle)), " %", out);
    }
  }

  private static void print(String name, String value, String unit, PrintWriter out) {
    print(name, value, unit, NAME_WIDTH_AT_LEAST, out);
  }

  private static void print(String name, String value, String unit, int width, PrintWriter out) {
    out.println(String.format(Locale.ROOT, "  %-" + width + "s %8s%s", name, value, unit));
  }

  /** Metrics with no pixels are blank. */
  private static String percent(double share) {
    return Double.isNaN(share) ? "-" : String.format(Locale.ROOT, "%.2f", 100 * share);
  }

  private static String number(double value) {
    return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.3f", value);
  }

  private static String name(double angle) {
    return angle == Math.rint(angle) ? String.valueOf((int) angle) : String.valueOf(angle);
  }

  /**
   * JSON with an object for each task; shares are 0 to 1.
   *
   * @param weights as the user named them
   * @param data the data set's folder
   * @param done how many images were scored
   * @param failed how many could not be
   */
  public String json(String weights, Path data, int done, int failed) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      json.setPrettyPrinter(new DefaultPrettyPrinter());
      json.writeStartObject();
      json.writeStringField("weights", weights);
      json.writeStringField("data", data.toString());
      json.writeNumberField("images", done);
      json.writeNumberField("failed", failed);
      write(json);
      json.writeEndObject();
    }
    return text.toString();
  }

  private void write(JsonGenerator json) throws IOException {
    for (Map.Entry<Task, Integer> entry : scores.images().entrySet()) {
      Task task = entry.getKey();
      json.writeObjectFieldStart(task.label());
      json.writeNumberField("images", entry.getValue());
      json.writeNumberField("pixels", pixels(task));
      switch (task) {
        case SEGM -> write(scores.segmentation(), json);
        case DEPTH -> write(scores.depth(), json);
        case NORMAL -> write(scores.normals(), json);
      }
      json.writeEndObject();
    }
  }

  private void write(ConfusionMatrix matrix, JsonGenerator json) throws IOException {
    write("meanIou", matrix.meanIou(), json);
    write("pixelAccuracy", matrix.pixelAccuracy(), json);
    json.writeArrayFieldStart("classes");
    for (int c = 0; c < matrix.classes(); c++) {
      json.writeStartObject();
      json.writeStringField("name", classNames.get(c));
      write("iou", matrix.iou(c), json);
      json.writeNumberField("truePixels", matrix.truePixels(c));
      json.writeNumberField("foundPixels", matrix.predictedPixels(c));
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void write(DepthErrors errors, JsonGenerator json) throws IOException {
    write("rmse", errors.rmse(), json);
    write("rmseLog", errors.rmseLog(), json);
    write("absRel", errors.absRel(), json);
    for (int power = 1; power <= DepthErrors.POWERS; power++) {
      write("delta" + power, errors.within(power), json);
    }
  }

  private static void write(NormalErrors errors, JsonGenerator json) throws IOException {
    write("mean", errors.mean(), json);
    write("median", errors.median(), json);
    for (double angle : ANGLES) {
      write("under" + name(angle), errors.under(angle), json);
    }
  }

  /** JSON knows no NaN. */
  private static void write(String field, double value, JsonGenerator json) throws IOException {
    if (Double.isNaN(value)) {
      json.writeNullField(field);
    } else {
      json.writeNumberField(field, value);
    }
  }
}
