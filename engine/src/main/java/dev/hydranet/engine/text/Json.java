package dev.hydranet.engine.text;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * JSON (RFC 8259) as maps, lists, strings, doubles, booleans and {@link #NULL}. Strict: no key
 * twice, nothing behind the end, at most {@value #DEEPEST} levels. What is read takes memory in
 * proportion to the text.
 */
public final class Json {
  /** The {@code null} of JSON. */
  public static final Object NULL =
      new Object() {
        @Override
        public String toString() {
          return "null";
        }
      };

  private static final int DEEPEST = 32;

  private final String text;
  private int at;

  private Json(String text) {
    this.text = text;
  }

  /**
   * {@return the value that a text stands for}
   *
   * @param text JSON
   * @throws IllegalArgumentException if it is not; the message says where and what was expected
   */
  public static Object parse(String text) {
    Json json = new Json(text);
    Object value = json.value(DEEPEST);
    json.skipSpace();
    if (json.at < text.length()) {
      throw json.expected("the end");
    }
    return value;
  }

  private Object value(int levels) {
    if (levels == 0) {
      throw expected("at most " + DEEPEST + " levels");
    }
    skipSpace();
    return switch (peek()) {
      case '{' -> object(levels - 1);
      case '[' -> list(levels - 1);
      case '"' -> string();
      case 't' -> word("true", true);
      case 'f' -> word("false", false);
      case 'n' -> word("null", NULL);
      default -> number();
    };
  }

  private Map<String, Object> object(int levels) {
    Map<String, Object> object = new LinkedHashMap<>();
    at++;
    while (more('}', object.isEmpty())) {
      skipSpace();
      String key = string();
      skipSpace();
      expect(':');
      if (object.put(key, value(levels)) != null) {
        throw expected("the key " + quote(key) + " once");
      }
    }
    return object;
  }

  private List<Object> list(int levels) {
    List<Object> list = new ArrayList<>();
    at++;
    while (more(']', list.isEmpty())) {
      list.add(value(levels));
    }
    return list;
  }

  /** Whether another element follows; otherwise the bracket is read. */
  private boolean more(char bracket, boolean first) {
    skipSpace();
    if (peek() == bracket) {
      at++;
      return false;
    }
    if (!first) {
      expect(',');
    }
    return true;
  }

  private String string() {
    expect('"');
    StringBuilder string = new StringBuilder();
    while (peek() != '"') {
      char c = peek();
      if (c < 0x20) {
        throw expected("'\"' or a character of the string");
      }
      at++;
      string.append(c == '\\' ? escaped() : c);
    }
    at++;
    return string.toString();
  }

  private char escaped() {
    char c = peek();
    at++;
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> hex();
      default -> throw expected("an escape");
    };
  }

  private char hex() {
    int value = 0;
    for (int i = 0; i < 4; i++) {
      int digit = peek() < 0x80 ? Character.digit(peek(), 16) : -1;
      if (digit < 0) {
        throw expected("four hexadecimal digits");
      }
      value = value << 4 | digit;
      at++;
    }
    return (char) value;
  }

  private Object word(String word, Object value) {
    if (!text.startsWith(word, at)) {
      throw expected(word);
    }
    at += word.length();
    return value;
  }

  private double number() {
    int begin = at;
    if (peek() == '-') {
      at++;
    }
    int whole = digits();
    if (whole == 0 || (whole > 1 && text.charAt(at - whole) == '0')) {
      at = begin;
      throw expected("a value");
    }
    if (peek() == '.') {
      at++;
      if (digits() == 0) {
        throw expected("a digit");
      }
    }
    if (peek() == 'e' || peek() == 'E') {
      at++;
      if (peek() == '+' || peek() == '-') {
        at++;
      }
      if (digits() == 0) {
        throw expected("a digit");
      }
    }
    return Double.parseDouble(text.substring(begin, at));
  }

  private int digits() {
    int begin = at;
    while (peek() >= '0' && peek() <= '9') {
      at++;
    }
    return at - begin;
  }

  private void skipSpace() {
    while (peek() == ' ' || peek() == '\n' || peek() == '\r' || peek() == '\t') {
      at++;
    }
  }

  /** The next character, or 0 at the end. */
  private char peek() {
    return at < text.length() ? text.charAt(at) : 0;
  }

  private void expect(char symbol) {
    if (peek() != symbol) {
      throw expected("'" + symbol + "'");
    }
    at++;
  }

  private IllegalArgumentException expected(String what) {
    String found = at < text.length() ? quote(text.substring(at, at + 1)) : "the end";
    return new IllegalArgumentException(
        "character " + at + ": expected " + what + ", found " + found);
  }

  /**
   * {@return a value as JSON, on one line}
   *
   * @param value maps with string keys, lists, strings, numbers and booleans
   * @throws IllegalArgumentException if it is none of these, or a number that JSON cannot say
   */
  public static String write(Object value) {
    StringBuilder out = new StringBuilder();
    write(value, out);
    return out.toString();
  }

  private static void write(Object value, StringBuilder out) {
    switch (value) {
      case Map<?, ?> map -> {
        String separator = "{";
        for (Map.Entry<?, ?> entry : map.entrySet()) {
          out.append(separator).append(quote((String) entry.getKey())).append(':');
          write(entry.getValue(), out);
          separator = ",";
        }
        out.append(map.isEmpty() ? "{}" : "}");
      }
      case List<?> list -> {
        out.append('[');
        for (int i = 0; i < list.size(); i++) {
          out.append(i == 0 ? "" : ",");
          write(list.get(i), out);
        }
        out.append(']');
      }
      case String string -> out.append(quote(string));
      case Boolean truth -> out.append(truth);
      case Integer number -> out.append(number);
      case Long number -> out.append(number);
      case Number number -> out.append(finite(number));
      default -> throw new IllegalArgumentException("JSON cannot say " + value);
    }
  }

  private static Number finite(Number number) {
    if (!Double.isFinite(number.doubleValue())) {
      throw new IllegalArgumentException("JSON cannot say " + number);
    }
    return number;
  }

  private static String quote(String string) {
    StringBuilder quoted = new StringBuilder("\"");
    for (char c : string.toCharArray()) {
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (c < 0x20) {
        quoted.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }
}
