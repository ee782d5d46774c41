package dev.hydranet.cli;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Reads one of a few names, in upper or lower case; errors list them as the help does, in lower
 * case.
 */
public final class NameConverter<E extends Enum<E>> implements ITypeConverter<E> {
  private final Class<E> type;

  /**
   * Names of an enum's constants.
   *
   * @param type the enum
   */
  public NameConverter(Class<E> type) {
    this.type = type;
  }

  @Override
  public E convert(String text) {
    return Arrays.stream(type.getEnumConstants())
        .filter(constant -> constant.name().equalsIgnoreCase(text))
        .findFirst()
        .orElseThrow(
            () -> new TypeConversionException("expected " + names() + "; found '" + text + "'"));
  }

  private String names() {
    return Arrays.stream(type.getEnumConstants())
        .map(constant -> constant.name().toLowerCase(Locale.ROOT))
        .collect(Collectors.joining(", "));
  }
}
