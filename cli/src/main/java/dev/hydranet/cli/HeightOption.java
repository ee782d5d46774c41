package dev.hydranet.cli;

import dev.hydranet.PredictOptions;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** {@code --height N|native}, for commands that predict. */
final class HeightOption {
  private static final Pattern ROWS = Pattern.compile("[1-9]\\d{0,5}");
  private static final String NATIVE = "native";

  /** What was asked for, and how. */
  private record Height(String text, PredictOptions options) {}

  @Option(
      names = "--height",
      paramLabel = "N|native",
      converter = Converter.class,
      description =
          "Shrink taller images to N rows before the network sees them, or never (native). The"
              + " answers have the image's size all the same. Default: the height that the weights"
              + " were trained for (the model in the box: 240 rows); native if they do not say.")
  private Height height = new Height("", PredictOptions.DEFAULT);

  PredictOptions options() {
    return height.options;
  }

  /** The option as it was given, with a space in front; empty if it was not. */
  String text() {
    return height.text.isEmpty() ? "" : " --height " + height.text;
  }

  private static final class Converter implements ITypeConverter<Height> {
    @Override
    public Height convert(String text) {
      if (text.equals(NATIVE)) {
        return new Height(text, PredictOptions.DEFAULT.withNativeHeight());
      }
      if (ROWS.matcher(text).matches()) {
        return new Height(text, PredictOptions.DEFAULT.withHeight(Integer.parseInt(text)));
      }
      throw new TypeConversionException(
          "expected a number of rows, or native, found '" + text + "'");
    }
  }
}
