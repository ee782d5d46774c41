package dev.hydranet.cli;

import dev.hydranet.PredictOptions;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** {@code --height N|native}, for commands that predict. */
final class HeightOption {
  /** What was asked for, and how. */
  private record Height(String text, PredictOptions options) {}

  @Option(
      names = "--height",
      paramLabel = "N|native",
      converter = Converter.class,
      description =
          "Shrink taller images to N rows before the network sees them, or never (native)."
              + " The answers still have the image's size. Default: the height that the weights"
              + " were trained for (the model in the box: 240 rows); native if the weights have"
              + " none.")
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
      try {
        return new Height(text, PredictOptions.ofHeight(text));
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }
}
