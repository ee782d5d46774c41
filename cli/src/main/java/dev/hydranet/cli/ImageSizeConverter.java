package dev.hydranet.cli;

import dev.hydranet.ImageSize;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code 480x640}, as the option {@code --size HxW} gives it. */
final class ImageSizeConverter implements ITypeConverter<ImageSize> {
  private static final Pattern FORM = Pattern.compile("([1-9]\\d{0,5})[xX]([1-9]\\d{0,5})");

  @Override
  public ImageSize convert(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new TypeConversionException(
          "expected HEIGHTxWIDTH such as 480x640, found '" + text + "'");
    }
    return new ImageSize(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
  }
}
