package dev.hydranet.engine.network;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Parts of parsed JSON, of the types that are expected of them. */
final class Values {
  private Values() {}

  static Object get(Map<String, Object> object, String key) {
    Object value = object.get(key);
    if (value == null) {
      throw new IllegalArgumentException("expected '" + key + "' among " + object.keySet());
    }
    return value;
  }

  static String string(Map<String, Object> object, String key) {
    return as(String.class, key, get(object, key));
  }

  static <T> T as(Class<T> type, String name, Object value) {
    if (!type.isInstance(value)) {
      throw new IllegalArgumentException(
          name + ": expected " + description(type) + ", found " + value);
    }
    return type.cast(value);
  }

  private static String description(Class<?> type) {
    return type == Boolean.class
        ? "true or false"
        : "a " + type.getSimpleName().toLowerCase(Locale.ROOT);
  }

  @SuppressWarnings("unchecked")
  static Map<String, Object> object(String name, Object value) {
    return as(Map.class, name, value);
  }

  @SuppressWarnings("unchecked")
  static List<Object> list(String name, Object value) {
    return as(List.class, name, value);
  }

  static List<String> strings(Map<String, Object> object, String key) {
    return list(key, get(object, key)).stream().map(text -> as(String.class, key, text)).toList();
  }

  static int whole(String name, Object value) {
    double number = as(Double.class, name, value);
    if (number != (int) number) {
      throw new IllegalArgumentException(name + ": expected a whole number, found " + value);
    }
    return (int) number;
  }

  static double number(String name, Object value) {
    if (value instanceof Double number) {
      return number;
    }
    return switch (as(String.class, name, value)) {
      case "NaN" -> Double.NaN;
      case "Infinity" -> Double.POSITIVE_INFINITY;
      case "-Infinity" -> Double.NEGATIVE_INFINITY;
      default -> throw new IllegalArgumentException(name + ": expected a number, found " + value);
    };
  }
}
