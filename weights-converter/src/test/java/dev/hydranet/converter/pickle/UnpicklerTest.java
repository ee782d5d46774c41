package dev.hydranet.converter.pickle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hydranet.engine.WeightsFormatException;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Pickles of a few instructions, written as {@code pickletools} disassembles them. */
class UnpicklerTest {
  private static final int[] EIGHT_ZEROS = new int[8];

  static Stream<Arguments> scalars() {
    return Stream.of(
        Arguments.of("NONE", parts('N'), None.NONE),
        Arguments.of("NEWTRUE", parts(0x88), true),
        Arguments.of("NEWFALSE", parts(0x89), false),
        Arguments.of("INT", parts("I-17\n"), -17L),
        Arguments.of("INT true", parts("I01\n"), true),
        Arguments.of("INT false", parts("I00\n"), false),
        Arguments.of("BININT", parts('J', 0xfe, 0xff, 0xff, 0xff), -2L),
        Arguments.of("BININT1", parts('K', 0xff), 255L),
        Arguments.of("BININT2", parts('M', 0x01, 0xff), 0xff01L),
        Arguments.of("LONG", parts("L-123456789012L\n"), -123456789012L),
        Arguments.of("LONG of Python 3", parts("L5\n"), 5L),
        Arguments.of("LONG1 of no byte", parts(0x8a, 0), 0L),
        Arguments.of("LONG1", parts(0x8a, 2, 0x00, 0x80), -32768L),
        Arguments.of("LONG1 of the largest long", parts(0x8a, 8, ff(7), 0x7f), Long.MAX_VALUE),
        Arguments.of("LONG1 above", parts(0x8a, 9, EIGHT_ZEROS, 1), BigInteger.ONE.shiftLeft(64)),
        Arguments.of("LONG4", parts(0x8b, 1, 0, 0, 0, 0xff), -1L),
        Arguments.of("BINFLOAT", parts('G', 0xc0, 0x04, 0, 0, 0, 0, 0, 0), -2.5),
        Arguments.of("SHORT_BINSTRING", parts('U', 2, 'a', 0xe9), "a\u00e9"),
        Arguments.of("BINSTRING", parts('T', 2, 0, 0, 0, "ab"), "ab"),
        Arguments.of("SHORT_BINUNICODE", parts(0x8c, 2, 0xc3, 0xa9), "\u00e9"),
        Arguments.of("BINUNICODE", parts('X', 2, 0, 0, 0, "ab"), "ab"),
        Arguments.of("BINUNICODE8", parts(0x8d, 2, 0, 0, 0, 0, 0, 0, 0, "ab"), "ab"),
        Arguments.of("PROTO and FRAME", parts(0x80, 5, 0x95, 3, new int[7], 'K', 1), 1L),
        // A file name of bytes that are no text, as os.fsdecode gives it.
        Arguments.of(
            "BINUNICODE of a lone surrogate",
            parts('X', 5, 0, 0, 0, 'a', 0xed, 0xb3, 0xbf, 'b'),
            "a\udcffb"),
        Arguments.of("DUP, POP", parts('K', 1, '2', '0'), 1L),
        Arguments.of("MARK, POP", parts('K', 1, '(', '0'), 1L),
        Arguments.of("POP_MARK", parts('K', 1, '(', 'N', 'N', '1'), 1L),
        Arguments.of("BINPUT, BINGET", parts('K', 7, 'q', 3, '0', 'h', 3), 7L),
        Arguments.of(
            "LONG_BINPUT, LONG_BINGET",
            parts('K', 7, 'r', 0xff, 0xff, 0xff, 0xff, '0', 'j', 0xff, 0xff, 0xff, 0xff),
            7L),
        Arguments.of("MEMOIZE", parts('K', 7, 0x94, 'K', 8, 0x94, 'h', 0), 7L));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void scalars(String name, byte[] pickle, Object expected) throws WeightsFormatException {
    assertThat(load(pickle)).isEqualTo(expected);
  }

  static Stream<Arguments> byteStrings() {
    return Stream.of(
        Arguments.of("SHORT_BINBYTES", parts('C', 2, 0, 0xff)),
        Arguments.of("BINBYTES", parts('B', 2, 0, 0, 0, 0, 0xff)),
        Arguments.of("BINBYTES8", parts(0x8e, 2, new int[7], 0, 0xff)),
        Arguments.of("BYTEARRAY8", parts(0x96, 2, new int[7], 0, 0xff)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void byteStrings(String name, byte[] pickle) throws WeightsFormatException {
    assertThat(load(pickle)).isInstanceOf(MemorySegment.class);
    byte[] bytes = ((MemorySegment) load(pickle)).toArray(ValueLayout.JAVA_BYTE);
    assertThat(bytes).isEqualTo(new byte[] {0, -1});
  }

  static Stream<Arguments> containers() {
    return Stream.of(
        Arguments.of("EMPTY_TUPLE", parts(')'), "()"),
        Arguments.of("TUPLE1", parts('N', 'K', 1, 0x85), "(1)"),
        Arguments.of("TUPLE2", parts('K', 1, 'K', 2, 0x86), "(1, 2)"),
        Arguments.of("TUPLE3", parts('K', 1, 'K', 2, 'K', 3, 0x87), "(1, 2, 3)"),
        Arguments.of("TUPLE", parts('(', 'K', 1, '(', 'N', 't', 't'), "(1, (None))"),
        Arguments.of("EMPTY_LIST", parts(']'), "[]"),
        Arguments.of("APPEND", parts(']', 'K', 1, 'a'), "[1]"),
        Arguments.of("APPENDS", parts(']', '(', 'K', 1, ']', 'e'), "[1, []]"),
        Arguments.of("EMPTY_DICT", parts('}'), "{}"),
        Arguments.of("SETITEM", parts('}', 'K', 1, 'N', 's'), "{1: None}"),
        Arguments.of(
            "SETITEMS", parts('}', '(', 'K', 1, 'N', 'K', 2, 'N', 'u'), "{1: None, 2: None}"),
        Arguments.of(
            "a name set twice",
            parts('}', '(', 'U', 1, "a", 'N', 'U', 1, "a", ')', 'u'),
            "{a: ()}"),
        Arguments.of(
            "another key twice",
            parts('}', '(', 'K', 1, 'N', 'K', 1, ')', 'u'),
            "{1: None, 1: ()}"),
        Arguments.of("EMPTY_SET, ADDITEMS", parts(0x8f, '(', 'K', 1, 0x90), "<set>"),
        Arguments.of("FROZENSET", parts('(', 'K', 1, 0x91), "<frozenset>"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void containers(String name, byte[] pickle, String expected) throws WeightsFormatException {
    assertThat(show(load(pickle))).isEqualTo(expected);
  }

  static Stream<Arguments> calls() {
    return Stream.of(
        Arguments.of("REDUCE", parts("cmodule\nfunction\n", 'K', 1, 0x85, 'R')),
        Arguments.of("NEWOBJ", parts("cmodule\nfunction\n", 'K', 1, 0x85, 0x81)),
        Arguments.of("NEWOBJ_EX", parts("cmodule\nfunction\n", 'K', 1, 0x85, '}', 0x92)),
        Arguments.of("OBJ", parts('(', "cmodule\nfunction\n", 'K', 1, 'o')),
        Arguments.of(
            "STACK_GLOBAL", parts('U', 6, "module", 'U', 8, "function", 0x93, 'K', 1, 0x85, 'R')));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void calls(String name, byte[] pickle) throws WeightsFormatException {
    assertThat(load(pickle)).isEqualTo("called with 1");
  }

  @Test
  void persistentObjectsAreAskedFor() throws WeightsFormatException {
    assertThat(load(parts('U', 1, "x", 'Q'))).isEqualTo("object the string 'x'");
  }

  @Test
  void attributesAreDropped() throws WeightsFormatException {
    assertThat(show(load(parts('}', '}', 'U', 1, "x", 'N', 's', 'b')))).isEqualTo("{}");
  }

  @Test
  void aListMayContainItself() throws WeightsFormatException {
    PyList list = (PyList) load(parts(']', 0x94, 'h', 0, 'a'));

    assertThat(list.items()).hasSize(1);
    assertThat(list.items().get(0)).isSameAs(list);
  }

  @Test
  void aDictMayBeItsOwnKeyAndATupleMayBeDeep() throws WeightsFormatException {
    // t = (t, t) forty times: hashing or printing it by value would take 2^40 steps.
    ByteArrayOutputStream pickle = new ByteArrayOutputStream();
    pickle.writeBytes(parts('}', 0x94, 'N'));
    for (int i = 0; i < 40; i++) {
      pickle.writeBytes(parts('2', 0x86));
    }
    pickle.writeBytes(parts('N', 's', 'h', 0, 'N', 's'));

    assertThat(((PyDict) load(pickle.toByteArray())).others()).hasSize(2);
  }

  @Test
  void nestingIsNotLimitedByTheJavaStack() throws WeightsFormatException {
    byte[] pickle = new byte[2_000_000];
    Arrays.fill(pickle, (byte) 0x85); // TUPLE1
    pickle[0] = 'N';

    assertThat(load(pickle)).isInstanceOf(PyTuple.class);
  }

  @Test
  void instructionsAreLimited() {
    byte[] pickle = new byte[3_000_000];
    Arrays.fill(pickle, (byte) ']');

    assertThatThrownBy(() -> load(pickle))
        .isInstanceOf(WeightsFormatException.class)
        .hasMessage("the pickle has more than 2097152 instructions");
  }

  static Stream<Arguments> malformed() {
    return Stream.of(
        Arguments.of(parts('M'), "truncated or corrupt: 2 bytes expected at byte 1, 1 left"),
        Arguments.of(parts('U', 0xff, 'a'), "255 bytes expected at byte 2, 2 left"),
        Arguments.of(parts('T', 0xff, 0xff, 0xff, 0xff), "18446744073709551615 bytes expected"),
        Arguments.of(parts('X', ff(4)), "4294967295 bytes expected at byte 5, 1 left"),
        Arguments.of(parts('B', ff(4)), "4294967295 bytes expected at byte 5"),
        Arguments.of(parts(0x8d, ff(7), 0x7f), "9223372036854775807 bytes"),
        Arguments.of(parts(0x8e, ff(8)), "18446744073709551615 bytes expected"),
        Arguments.of(parts(0x8b, 0, 0, 0, 0x80), "18446744071562067968 bytes expected"),
        Arguments.of(parts(0x8b, 1, 16, 0, 0), "an integer of 4097 bytes"),
        Arguments.of(parts(0x95, 9, new int[7]), "a frame of 9 bytes with 1 left"),
        Arguments.of(parts(0x95, ff(8)), "a frame of 18446744073709551615 bytes"),
        Arguments.of(parts(0x80, 6), "pickle protocol 6; 1 to 5 are known"),
        Arguments.of(parts(0x8c, 1, 0xe9), "the string at byte 2 is not UTF-8"),
        Arguments.of(parts("Iabc\n"), "'abc' is no integer"),
        Arguments.of(parts("L12"), "truncated: the file ends in a line that starts at byte 1"),
        Arguments.of(parts("L", "1".repeat(5000)), "the line at byte 1 is longer than 4096"),
        Arguments.of(parts(), "the stack is empty"),
        Arguments.of(parts('('), "the stack is empty"),
        Arguments.of(parts('N', '(', 0x85), "the stack is empty"),
        Arguments.of(parts('N', 0x86), "the stack is empty"),
        Arguments.of(parts('N', '(', '2'), "the stack is empty"),
        Arguments.of(parts('0'), "the stack is empty"),
        Arguments.of(parts('t'), "there is no mark"),
        Arguments.of(parts('h', 5), "the memo has no entry 5"),
        Arguments.of(parts('N', 'N', 'a'), "items are appended to None"),
        Arguments.of(parts(')', '(', 'N', 'e'), "items are appended to a tuple of 0"),
        Arguments.of(parts(']', 'N', 'N', 's'), "keys are set in a list of 0"),
        Arguments.of(parts('}', '(', 'N', 'u'), "a key has no value"),
        Arguments.of(parts(']', '(', 'N', 0x90), "1 items are added to a list of 0"),
        Arguments.of(parts('N', ')', 'R'), "None is called"),
        Arguments.of(parts('U', 9, "os.system", ')', 'R'), "the string 'os.system' is called"),
        Arguments.of(
            parts("cmodule\nfunction\n", 'N', 'R'),
            "the arguments of a call are None, not a tuple"),
        Arguments.of(
            parts("cmodule\nfunction\n", ')', 'N', 0x92), "the keywords of a call are None"),
        Arguments.of(parts('(', 'o'), "an instance of no class"),
        Arguments.of(parts('N', 'U', 1, "a", 0x93), "named by None and the string 'a'"),
        Arguments.of(
            parts("cmodule\nfunction\n", '}', 'b'),
            "attributes (a dict of 0) are given to a class or function"),
        Arguments.of(parts('P', "1\n"), "instruction 0x50 is not one of a checkpoint"),
        Arguments.of(parts(0x97), "instruction 0x97 is not one of a checkpoint"));
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource
  void malformed(byte[] pickle, String message) {
    assertThatThrownBy(() -> load(pickle))
        .isInstanceOf(WeightsFormatException.class)
        .hasMessageContaining(message);
  }

  @Test
  void messagesAreOneLineWhateverTheFileSays() {
    String name = "a\nb\u001b[31m" + "x".repeat(500);

    assertThatThrownBy(() -> load(parts('X', 0x00, 0x02, 0, 0, padded(name), ')', 'R')))
        .message()
        .hasSizeLessThan(250)
        .doesNotContain("\n", "\u001b")
        .contains("'a\\u000ab\\u001b[31mx");
  }

  private static String padded(String text) {
    return text + "x".repeat(512 - text.length());
  }

  private static Object load(byte[] pickle) throws WeightsFormatException {
    byte[] stopped = Arrays.copyOf(pickle, pickle.length + 1);
    stopped[pickle.length] = '.';
    return Unpickler.load(
        new ByteReader(MemorySegment.ofArray(stopped)),
        (module, name) -> {
          assertThat(module + "." + name).isEqualTo("module.function");
          return (PyCallable) arguments -> "called with " + arguments.get(0);
        },
        id -> "object " + Unpickler.describe(id));
  }

  /** Bytes of integers, of the characters of strings (Latin 1), and of arrays of integers. */
  private static byte[] parts(Object... parts) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (Object part : parts) {
      switch (part) {
        case Integer value -> bytes.write(value);
        case Character value -> bytes.write(value);
        case String text -> bytes.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
        case int[] values -> Arrays.stream(values).forEach(bytes::write);
        default -> throw new AssertionError(part);
      }
    }
    return bytes.toByteArray();
  }

  private static int[] ff(int count) {
    int[] bytes = new int[count];
    Arrays.fill(bytes, 0xff);
    return bytes;
  }

  private static String show(Object value) {
    return switch (value) {
      case None none -> "None";
      case PyTuple tuple ->
          Stream.iterate(0, i -> i < tuple.size(), i -> i + 1)
              .map(i -> show(tuple.get(i)))
              .collect(java.util.stream.Collectors.joining(", ", "(", ")"));
      case PyList list -> list.items().stream().map(UnpicklerTest::show).toList().toString();
      case PyDict dict -> {
        List<String> items =
            Stream.concat(
                    dict.named().entrySet().stream()
                        .map(item -> item.getKey() + ": " + show(item.getValue())),
                    dict.others().stream()
                        .map(item -> show(item.key()) + ": " + show(item.value())))
                .toList();
        yield "{" + String.join(", ", items) + "}";
      }
      case Inert inert -> "<" + inert.type().split(" ")[0] + ">";
      default -> value.toString();
    };
  }
}
