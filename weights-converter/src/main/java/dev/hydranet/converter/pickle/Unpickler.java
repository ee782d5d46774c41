package dev.hydranet.converter.pickle;

import dev.hydranet.engine.DamagedFileException;
import dev.hydranet.engine.UnsupportedFileException;
import dev.hydranet.engine.WeightsFormatException;
import java.lang.foreign.MemorySegment;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads one pickle. Values become {@link None}, {@link Boolean}, {@link Long}, {@link BigInteger},
 * {@link Double}, {@link String}, {@link MemorySegment} (bytes), {@link PyTuple}, {@link PyList},
 * {@link PyDict}, {@link Inert}, or what the {@link Globals} and {@link PersistentObjects} give.
 *
 * <p>Time and memory are bounded by the length of the pickle and by a limit on its instructions;
 * nothing here recurses, so no nesting is too deep.
 */
public final class Unpickler {
  /** Far above any checkpoint, where 40 instructions a tensor are usual. */
  private static final int MAX_INSTRUCTIONS = 1 << 21;

  private static final int HIGHEST_PROTOCOL = 5;

  /** So that a dict of such keys takes no time to speak of. */
  private static final int MAX_INTEGER_BYTES = 4096;

  private final ByteReader in;
  private final Globals globals;
  private final PersistentObjects persistentObjects;

  private final List<Object> stack = new ArrayList<>();
  // For each open MARK, the height of the stack at it.
  private final List<Integer> marks = new ArrayList<>();
  private final Map<Integer, Object> memo = new HashMap<>();
  private long instructionStart;

  private Unpickler(ByteReader in, Globals globals, PersistentObjects persistentObjects) {
    this.in = in;
    this.globals = globals;
    this.persistentObjects = persistentObjects;
  }

  /**
   * Reads the pickle that starts where the reader stands, and leaves the reader behind it.
   *
   * @throws WeightsFormatException if it is cut off, malformed or names what it may not; the
   *     message says where
   */
  public static Object load(ByteReader in, Globals globals, PersistentObjects persistentObjects)
      throws WeightsFormatException {
    return new Unpickler(in, globals, persistentObjects).run();
  }

  private Object run() throws WeightsFormatException {
    for (int count = 0; count < MAX_INSTRUCTIONS; count++) {
      instructionStart = in.position();
      int opcode = in.u8();
      if (opcode == '.') { // STOP
        return pop();
      }
      execute(opcode);
    }
    throw new UnsupportedFileException(
        "the pickle has more than " + MAX_INSTRUCTIONS + " instructions");
  }

  private void execute(int opcode) throws WeightsFormatException {
    switch (opcode) {
      case 0x80 -> protocol(); // PROTO
      case 0x95 -> frame(); // FRAME

      case 'N' -> push(None.NONE); // NONE
      case 0x88 -> push(true); // NEWTRUE
      case 0x89 -> push(false); // NEWFALSE
      case 'I' -> push(decimalInt(in.line())); // INT
      case 'J' -> push((long) in.i32()); // BININT
      case 'K' -> push((long) in.u8()); // BININT1
      case 'M' -> push((long) in.u16()); // BININT2
      case 'L' -> push(decimalLong(in.line())); // LONG
      case 0x8a -> push(binaryLong(in.u8())); // LONG1
      case 0x8b -> push(binaryLong(in.i32())); // LONG4
      case 'G' -> push(in.bigEndianDouble()); // BINFLOAT

      case 'U' -> push(python2String(in.u8())); // SHORT_BINSTRING
      case 'T' -> push(python2String(in.i32())); // BINSTRING
      case 0x8c -> push(in.pythonUtf8(in.u8())); // SHORT_BINUNICODE
      case 'X' -> push(in.pythonUtf8(in.u32())); // BINUNICODE
      case 0x8d -> push(in.pythonUtf8(in.i64())); // BINUNICODE8
      case 'C' -> push(in.slice(in.u8())); // SHORT_BINBYTES
      case 'B' -> push(in.slice(in.u32())); // BINBYTES
      case 0x8e, 0x96 -> push(in.slice(in.i64())); // BINBYTES8, BYTEARRAY8

      case '(' -> marks.add(stack.size()); // MARK
      case '0' -> discard(); // POP
      case '1' -> popToMark(); // POP_MARK
      case '2' -> push(peek()); // DUP
      case 'q' -> memo.put(in.u8(), peek()); // BINPUT
      case 'r' -> memo.put(in.i32(), peek()); // LONG_BINPUT
      case 0x94 -> memo.put(memo.size(), peek()); // MEMOIZE
      case 'h' -> push(recall(in.u8())); // BINGET
      case 'j' -> push(recall(in.i32())); // LONG_BINGET

      case ')' -> push(new PyTuple(List.of())); // EMPTY_TUPLE
      case 0x85 -> push(new PyTuple(pop(1))); // TUPLE1
      case 0x86 -> push(new PyTuple(pop(2))); // TUPLE2
      case 0x87 -> push(new PyTuple(pop(3))); // TUPLE3
      case 't' -> push(new PyTuple(popToMark())); // TUPLE
      case ']' -> push(new PyList()); // EMPTY_LIST
      case 'a' -> append(pop(1)); // APPEND
      case 'e' -> append(popToMark()); // APPENDS
      case '}' -> push(new PyDict()); // EMPTY_DICT
      case 's' -> setItems(pop(2)); // SETITEM
      case 'u' -> setItems(popToMark()); // SETITEMS
      case 0x8f -> push(new Inert("set", true)); // EMPTY_SET
      case 0x90 -> addItems(popToMark()); // ADDITEMS
      case 0x91 -> frozenSet(popToMark()); // FROZENSET

      case 'c' -> push(globals.find(in.line(), in.line())); // GLOBAL
      case 0x93 -> stackGlobal(); // STACK_GLOBAL
      case 0x82 -> extension(in.u8()); // EXT1
      case 0x83 -> extension(in.u16()); // EXT2
      case 0x84 -> extension(in.i32()); // EXT4
      case 'R' -> call(pop(2)); // REDUCE
      case 0x81 -> call(pop(2)); // NEWOBJ
      case 0x92 -> callWithKeywords(pop(3)); // NEWOBJ_EX
      case 'o' -> instance(popToMark()); // OBJ
      case 'b' -> build(pop()); // BUILD
      case 'Q' -> push(persistentObjects.load(pop())); // BINPERSID

      default -> throw malformed("instruction 0x%02x is not one of a checkpoint".formatted(opcode));
    }
  }

  private void protocol() throws WeightsFormatException {
    int version = in.u8();
    if (version > HIGHEST_PROTOCOL) {
      throw malformed("pickle protocol " + version + "; 1 to " + HIGHEST_PROTOCOL + " are known");
    }
  }

  private void frame() throws WeightsFormatException {
    long length = in.i64();
    if (length < 0 || length > in.remaining()) {
      throw malformed(
          "truncated or corrupt: a frame of "
              + Long.toUnsignedString(length)
              + " bytes with "
              + in.remaining()
              + " left");
    }
  }

  private Object decimalInt(String text) throws WeightsFormatException {
    // Protocols 0 and 1 write booleans so.
    return switch (text) {
      case "00" -> false;
      case "01" -> true;
      default -> decimalLong(text);
    };
  }

  private Object decimalLong(String text) throws WeightsFormatException {
    String digits = text.endsWith("L") ? text.substring(0, text.length() - 1) : text;
    try {
      return narrow(new BigInteger(digits));
    } catch (NumberFormatException e) {
      throw malformed(Printable.quoted(text) + " is no integer");
    }
  }

  private Object binaryLong(int length) throws WeightsFormatException {
    if (length > MAX_INTEGER_BYTES) {
      throw malformed("an integer of " + length + " bytes");
    }
    byte[] littleEndian = in.array(length);
    byte[] bigEndian = new byte[length];
    for (int i = 0; i < length; i++) {
      bigEndian[length - 1 - i] = littleEndian[i];
    }
    return narrow(length == 0 ? BigInteger.ZERO : new BigInteger(bigEndian));
  }

  private static Object narrow(BigInteger value) {
    if (value.bitLength() < Long.SIZE) {
      return value.longValue();
    }
    return value;
  }

  /** Python 2's str: text in whatever encoding, or bytes. Latin 1 keeps every byte. */
  private String python2String(int length) throws WeightsFormatException {
    return new String(in.array(length), StandardCharsets.ISO_8859_1);
  }

  private void discard() throws WeightsFormatException {
    if (!marks.isEmpty() && marks.getLast() == stack.size()) {
      marks.removeLast();
    } else {
      pop();
    }
  }

  private Object recall(int index) throws WeightsFormatException {
    Object value = memo.get(index);
    if (value == null) {
      throw malformed("the memo has no entry " + Integer.toUnsignedString(index));
    }
    return value;
  }

  private void append(List<Object> items) throws WeightsFormatException {
    Object target = peek();
    if (target instanceof PyList list) {
      items.forEach(list::add);
    } else if (!(target instanceof Inert)) {
      throw malformed("items are appended to " + describe(target));
    }
  }

  private void setItems(List<Object> keysAndValues) throws WeightsFormatException {
    if (keysAndValues.size() % 2 != 0) {
      throw malformed("a key has no value");
    }
    Object target = peek();
    if (target instanceof PyDict dict) {
      for (int i = 0; i < keysAndValues.size(); i += 2) {
        dict.put(keysAndValues.get(i), keysAndValues.get(i + 1));
      }
    } else if (!(target instanceof Inert)) {
      throw malformed("keys are set in " + describe(target));
    }
  }

  /** A set's items are dropped, as it is inert. */
  private void addItems(List<Object> items) throws WeightsFormatException {
    Object target = peek();
    if (!(target instanceof Inert)) {
      throw malformed(items.size() + " items are added to " + describe(target));
    }
  }

  private void frozenSet(List<Object> items) {
    push(new Inert("frozenset of " + items.size(), true));
  }

  private void stackGlobal() throws WeightsFormatException {
    List<Object> names = pop(2);
    if (names.get(0) instanceof String module && names.get(1) instanceof String name) {
      push(globals.find(module, name));
    } else if (names.get(0) instanceof Inert || names.get(1) instanceof Inert) {
      push(globals.find("", "a name that is computed"));
    } else {
      throw malformed(
          "a global is named by " + describe(names.get(0)) + " and " + describe(names.get(1)));
    }
  }

  /** A global by its number in a register that only the program that wrote the pickle has. */
  private void extension(int code) throws WeightsFormatException {
    push(globals.find("copyreg", "extension " + code));
  }

  private void call(List<Object> calleeAndArguments) throws WeightsFormatException {
    Object callee = calleeAndArguments.get(0);
    Object arguments = calleeAndArguments.get(1);
    if (!(callee instanceof PyCallable callable)) {
      throw malformed(describe(callee) + " is called");
    }
    if (arguments instanceof Inert) {
      // What a function that is not executed would have returned.
      push(callee instanceof Inert ? callee : arguments);
      return;
    }
    if (!(arguments instanceof PyTuple tuple)) {
      throw malformed("the arguments of a call are " + describe(arguments) + ", not a tuple");
    }
    push(callable.call(tuple));
  }

  private void callWithKeywords(List<Object> calleeArgumentsKeywords)
      throws WeightsFormatException {
    Object keywords = calleeArgumentsKeywords.get(2);
    if (!(keywords instanceof PyDict || keywords instanceof Inert)) {
      throw malformed("the keywords of a call are " + describe(keywords) + ", not a dict");
    }
    call(calleeArgumentsKeywords.subList(0, 2));
  }

  private void instance(List<Object> calleeAndArguments) throws WeightsFormatException {
    if (calleeAndArguments.isEmpty()) {
      throw malformed("an instance of no class");
    }
    PyTuple arguments = new PyTuple(calleeAndArguments.subList(1, calleeAndArguments.size()));
    call(List.of(calleeAndArguments.get(0), arguments));
  }

  private void build(Object state) throws WeightsFormatException {
    Object target = peek();
    if (!(target instanceof Attributed)) {
      throw malformed("attributes (" + describe(state) + ") are given to " + describe(target));
    }
  }

  private void push(Object value) {
    stack.add(value);
  }

  private Object peek() throws WeightsFormatException {
    if (stack.size() <= floor()) {
      throw malformed("the stack is empty");
    }
    return stack.getLast();
  }

  private Object pop() throws WeightsFormatException {
    Object value = peek();
    stack.removeLast();
    return value;
  }

  private List<Object> pop(int count) throws WeightsFormatException {
    if (stack.size() - floor() < count) {
      throw malformed("the stack is empty");
    }
    return popFrom(stack.size() - count);
  }

  private List<Object> popToMark() throws WeightsFormatException {
    if (marks.isEmpty()) {
      throw malformed("there is no mark");
    }
    return popFrom(marks.removeLast());
  }

  private List<Object> popFrom(int start) {
    List<Object> top = stack.subList(start, stack.size());
    List<Object> values = List.copyOf(top);
    top.clear();
    return values;
  }

  private int floor() {
    return marks.isEmpty() ? 0 : marks.getLast();
  }

  private WeightsFormatException malformed(String problem) {
    return new DamagedFileException(
        "malformed pickle at byte " + instructionStart + ": " + problem);
  }

  /** What a value is, in Python's words, for a message. */
  public static String describe(Object value) {
    return switch (value) {
      case None none -> "None";
      case Boolean bool -> bool ? "True" : "False";
      case Long number -> "the integer " + number;
      case BigInteger big -> "an integer of " + big.bitLength() + " bits";
      case Double number -> "the number " + number;
      case String text -> "the string " + Printable.quoted(text);
      case MemorySegment bytes -> bytes.byteSize() + " bytes";
      case PyTuple tuple -> "a tuple of " + tuple.size();
      case PyList list -> "a list of " + list.items().size();
      case PyDict dict -> "a dict of " + dict.size();
      case Inert inert -> "an object of " + Printable.of(inert.type());
      case PyCallable callable -> "a class or function";
      default -> "an object of " + value.getClass().getSimpleName();
    };
  }
}
