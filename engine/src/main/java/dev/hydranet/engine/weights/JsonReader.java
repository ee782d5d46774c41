package dev.hydranet.engine.weights;

import dev.hydranet.engine.DamagedFileException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/**
 * Reads as much of JSON (RFC 8259) as a safetensors header may contain, strictly: objects, strings
 * and lists of non-negative integers, each asked for by the caller, so that a file decides neither
 * how deep the reading goes nor what is built of it.
 */
final class JsonReader {
  /** More dimensions than NumPy and PyTorch take; a longer list is no shape. */
  private static final int LONGEST_LIST = 64;

  private final String name;
  private final byte[] text;
  private int at;

  /**
   * Whether the innermost open object or list has had an element; only those just opened have none.
   */
  private boolean first;

  JsonReader(String name, byte[] text) {
    this.name = name;
    this.text = text;
  }

  /** An error at the current byte. */
  DamagedFileException error(String message) {
    return new DamagedFileException(name + ": header byte " + at + ": " + message);
  }

  private DamagedFileException expected(String what) {
    if (at == text.length) {
      return error("expected " + what + ", found the end of the header");
    }
    int found = text[at] & 0xff;
    return error(
        "expected "
            + what
            + ", found "
            + (found > 0x20 && found < 0x7f
                ? "'" + (char) found + "'"
                : String.format(Locale.ROOT, "byte 0x%02x", found)));
  }

  private int peek() {
    return at < text.length ? text[at] & 0xff : -1;
  }

  private void skipSpace() {
    while (at < text.length
        && (text[at] == ' ' || text[at] == '\n' || text[at] == '\r' || text[at] == '\t')) {
      at++;
    }
  }

  private void expect(char symbol) throws DamagedFileException {
    skipSpace();
    if (peek() != symbol) {
      throw expected("'" + symbol + "'");
    }
    at++;
  }

  /** Enters an object or a list. */
  void open(char bracket) throws DamagedFileException {
    expect(bracket);
    first = true;
  }

  /** Whether another element follows; otherwise the closing bracket is read. */
  boolean next(char bracket) throws DamagedFileException {
    skipSpace();
    if (peek() == bracket) {
      at++;
      first = false;
      return false;
    }
    if (!first) {
      if (peek() != ',') {
        throw expected("',' or '" + bracket + "'");
      }
      at++;
    }
    first = false;
    return true;
  }

  /** An object's key and its colon. */
  String key() throws DamagedFileException {
    String key = string();
    expect(':');
    return key;
  }

  /** A string. */
  String string() throws DamagedFileException {
    expect('"');
    int begin = at;
    boolean escaped = false;
    while (peek() != '"') {
      if (peek() < 0x20) {
        throw expected("'\"' or a character of the string");
      }
      if (text[at] == '\\') {
        escaped = true;
        at++;
        if (at == text.length) {
          throw expected("an escaped character");
        }
      }
      at++;
    }
    String raw = utf8(begin, at);
    String string = escaped ? unescape(raw, begin) : raw;
    at++;
    return string;
  }

  private String utf8(int begin, int end) throws DamagedFileException {
    CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    try {
      CharBuffer chars = decoder.decode(ByteBuffer.wrap(text, begin, end - begin));
      return chars.toString();
    } catch (CharacterCodingException e) {
      at = begin;
      throw error("the string is not UTF-8");
    }
  }

  private String unescape(String raw, int begin) throws DamagedFileException {
    StringBuilder string = new StringBuilder(raw.length());
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (c != '\\') {
        string.append(c);
        continue;
      }
      i++;
      switch (raw.charAt(i)) {
        case '"', '\\', '/' -> string.append(raw.charAt(i));
        case 'b' -> string.append('\b');
        case 'f' -> string.append('\f');
        case 'n' -> string.append('\n');
        case 'r' -> string.append('\r');
        case 't' -> string.append('\t');
        case 'u' -> {
          string.append(hex(raw, i + 1, begin));
          i += 4;
        }
        default -> {
          at = begin;
          throw error("the string has an unknown escape");
        }
      }
    }
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(string)) {
      at = begin;
      throw error("the string has half of a surrogate pair");
    }
    return string.toString();
  }

  private char hex(String raw, int from, int begin) throws DamagedFileException {
    int value = 0;
    for (int i = from; i < from + 4; i++) {
      int digit =
          i < raw.length() && raw.charAt(i) < 0x80 ? Character.digit(raw.charAt(i), 16) : -1;
      if (digit < 0) {
        at = begin;
        throw error("the string has an escape \\u without four hexadecimal digits");
      }
      value = value << 4 | digit;
    }
    return (char) value;
  }

  /** A list of non-negative integers. */
  long[] integers() throws DamagedFileException {
    long[] list = new long[LONGEST_LIST];
    int count = 0;
    open('[');
    while (next(']')) {
      if (count == LONGEST_LIST) {
        throw error("a list of more than " + LONGEST_LIST + " numbers");
      }
      list[count++] = integer();
    }
    return Arrays.copyOf(list, count);
  }

  private long integer() throws DamagedFileException {
    skipSpace();
    int begin = at;
    long value = 0;
    while (peek() >= '0' && peek() <= '9') {
      int digit = text[at] - '0';
      if (value > (Long.MAX_VALUE - digit) / 10) {
        at = begin;
        throw error("a number above 2^63 - 1");
      }
      value = value * 10 + digit;
      at++;
    }
    if (at == begin) {
      throw expected("a non-negative integer");
    }
    if (text[begin] == '0' && at > begin + 1) {
      at = begin;
      throw error("a number with a leading zero");
    }
    return value;
  }

  /** The end, after which only spaces may stand. */
  void end() throws DamagedFileException {
    skipSpace();
    if (at < text.length) {
      throw expected("the end of the header");
    }
  }
}
