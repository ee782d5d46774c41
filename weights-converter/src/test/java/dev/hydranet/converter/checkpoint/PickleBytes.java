package dev.hydranet.converter.checkpoint;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * Writes pickles that no PyTorch at hand writes, of Java values: {@code null}, booleans, integers,
 * strings, byte arrays, lists, maps, and those that are made here.
 */
final class PickleBytes {
  private PickleBytes() {}

  /** A Python tuple. */
  record Tuple(List<Object> items) {}

  /** A class or function, by name. */
  record Global(String module, String name) {
    /** What it makes of arguments. */
    Call call(Object... arguments) {
      return new Call(this, tuple(arguments));
    }
  }

  /** The REDUCE instruction. */
  record Call(Object callee, Object arguments) {}

  /** An object, and the state that the BUILD instruction gives it. */
  record Built(Object target, Object state) {}

  /** An object outside of the pickle. */
  record Persistent(Object id) {}

  /** Instructions as they are, which leave one value on the stack. */
  record Raw(byte[] instructions) {}

  static Tuple tuple(Object... items) {
    return new Tuple(List.of(items));
  }

  static Global global(String path) {
    int dot = path.lastIndexOf('.');
    return new Global(path.substring(0, dot), path.substring(dot + 1));
  }

  /** A pickle of protocol 2. */
  static byte[] pickle(Object value) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(new byte[] {(byte) 0x80, 2});
    write(out, value);
    out.write('.');
    return out.toByteArray();
  }

  private static void write(ByteArrayOutputStream out, Object value) {
    switch (value) {
      case null -> out.write('N');
      case Boolean bool -> out.write(bool ? 0x88 : 0x89);
      case Integer number -> write(out, (long) number);
      case Long number -> {
        out.writeBytes(new byte[] {(byte) 0x8a, 8});
        out.writeBytes(littleEndian(8).putLong(number).array());
      }
      case String text -> {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        out.write('X');
        out.writeBytes(littleEndian(4).putInt(utf8.length).array());
        out.writeBytes(utf8);
      }
      case byte[] bytes -> {
        out.write('B');
        out.writeBytes(littleEndian(4).putInt(bytes.length).array());
        out.writeBytes(bytes);
      }
      case List<?> list -> {
        out.writeBytes(new byte[] {']', '('});
        list.forEach(item -> write(out, item));
        out.write('e');
      }
      case Map<?, ?> map -> {
        out.writeBytes(new byte[] {'}', '('});
        map.forEach(
            (key, item) -> {
              write(out, key);
              write(out, item);
            });
        out.write('u');
      }
      case Tuple tuple -> {
        out.write('(');
        tuple.items().forEach(item -> write(out, item));
        out.write('t');
      }
      case Global global ->
          out.writeBytes(
              ("c" + global.module() + "\n" + global.name() + "\n")
                  .getBytes(StandardCharsets.ISO_8859_1));
      case Call call -> {
        write(out, call.callee());
        write(out, call.arguments());
        out.write('R');
      }
      case Built built -> {
        write(out, built.target());
        write(out, built.state());
        out.write('b');
      }
      case Persistent persistent -> {
        write(out, persistent.id());
        out.write('Q');
      }
      case Raw raw -> out.writeBytes(raw.instructions());
      default -> throw new AssertionError(value);
    }
  }

  private static ByteBuffer littleEndian(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }
}
