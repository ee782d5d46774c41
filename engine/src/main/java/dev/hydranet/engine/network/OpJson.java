package dev.hydranet.engine.network;

import dev.hydranet.engine.graph.Op;
import dev.hydranet.engine.graph.Size;
import dev.hydranet.engine.tensor.Shape;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Operators as JSON objects: {@code "op"} is the record's name, and every component of the record
 * stands under its own. A record checks itself when it is made of them. Only the records that
 * {@link Op} permits exist here, whatever a file says.
 */
final class OpJson {
  /** The key under which a record's name stands. */
  private static final String NAME = "op";

  private static final int MOST_NUMBERS = 128;

  private static final Map<String, Class<?>> RECORDS = new TreeMap<>();

  static {
    collect(Op.class);
  }

  private OpJson() {}

  private static void collect(Class<?> type) {
    if (type.isRecord()) {
      RECORDS.put(name(type), type);
    } else if (type.isSealed()) {
      for (Class<?> permitted : type.getPermittedSubclasses()) {
        collect(permitted);
      }
    }
    for (Class<?> nested : type.getDeclaredClasses()) {
      if (nested.isSealed()) {
        collect(nested);
      }
    }
  }

  /** The name without the package: {@code Conv2d}, {@code Normalize.Layer}. */
  private static String name(Class<?> type) {
    return type.getCanonicalName().substring(type.getPackageName().length() + 1);
  }

  /** The record as an object. */
  static Map<String, Object> write(Record value) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put(NAME, name(value.getClass()));
    for (RecordComponent component : value.getClass().getRecordComponents()) {
      object.put(component.getName(), writeValue(get(component, value)));
    }
    return object;
  }

  private static Object get(RecordComponent component, Record value) {
    try {
      return component.getAccessor().invoke(value);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Object writeValue(Object value) {
    return switch (value) {
      case Size size -> List.of(size.height(), size.width());
      case Shape shape -> IntStream.of(shape.toArray()).boxed().toList();
      case Record record -> write(record);
      case Enum<?> constant -> constant.name();
      case List<?> list -> list.stream().map(OpJson::writeValue).toList();
      case Float number -> finite(number);
      default -> value;
    };
  }

  /** The number, or the text that stands for one that JSON cannot say. */
  private static Object finite(Float number) {
    return Float.isFinite(number) ? (Object) number : number.toString();
  }

  /**
   * The record that an object stands for.
   *
   * @param other keys that are not components, and are passed over
   * @throws IllegalArgumentException if there is no such record, a component is missing or of
   *     another type, or the record refuses it
   */
  static <T> T read(Class<T> type, Map<String, Object> object, List<String> other) {
    Class<?> record = RECORDS.get(Values.string(object, NAME));
    if (record == null || !type.isAssignableFrom(record)) {
      throw new IllegalArgumentException(
          "unknown operator '" + object.get(NAME) + "'; this version knows " + RECORDS.keySet());
    }
    RecordComponent[] components = record.getRecordComponents();
    Class<?>[] types = new Class<?>[components.length];
    Object[] arguments = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      types[i] = components[i].getType();
      arguments[i] =
          readValue(
              components[i].getName(),
              components[i].getGenericType(),
              Values.get(object, components[i].getName()));
    }
    for (String key : object.keySet()) {
      boolean known = key.equals(NAME) || other.contains(key);
      if (!known && List.of(components).stream().noneMatch(c -> c.getName().equals(key))) {
        throw new IllegalArgumentException(name(record) + " has no '" + key + "'");
      }
    }
    try {
      Constructor<?> constructor = record.getDeclaredConstructor(types);
      return type.cast(constructor.newInstance(arguments));
    } catch (InvocationTargetException e) {
      throw new IllegalArgumentException(
          name(record) + ": " + e.getCause().getMessage(), e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  /** One or two numbers for each axis. */
  private static List<Object> numbers(String name, Object value) {
    List<Object> numbers = Values.list(name, value);
    if (numbers.size() > MOST_NUMBERS) {
      throw new IllegalArgumentException(
          name + ": expected at most " + MOST_NUMBERS + " numbers, found " + numbers.size());
    }
    return numbers;
  }

  private static Object readValue(String name, Type type, Object value) {
    if (type == int.class || type == Integer.class) {
      return Values.whole(name, value);
    } else if (type == float.class || type == Float.class) {
      return (float) Values.number(name, value);
    } else if (type == double.class) {
      return Values.number(name, value);
    } else if (type == boolean.class) {
      return Values.as(Boolean.class, name, value);
    } else if (type == Size.class) {
      List<Object> extents = Values.list(name, value);
      if (extents.size() != 2) {
        throw new IllegalArgumentException(name + ": expected two numbers, found " + value);
      }
      return new Size(Values.whole(name, extents.get(0)), Values.whole(name, extents.get(1)));
    } else if (type == Shape.class) {
      return Shape.of(
          numbers(name, value).stream().mapToInt(dim -> Values.whole(name, dim)).toArray());
    } else if (type instanceof ParameterizedType list) {
      List<Object> elements = new ArrayList<>();
      for (Object element : numbers(name, value)) {
        elements.add(readValue(name, list.getActualTypeArguments()[0], element));
      }
      return elements;
    } else if (type instanceof Class<?> constant && constant.isEnum()) {
      for (Object candidate : constant.getEnumConstants()) {
        if (((Enum<?>) candidate).name().equals(value)) {
          return candidate;
        }
      }
      throw new IllegalArgumentException(
          name
              + ": expected one of "
              + List.of(constant.getEnumConstants())
              + ", found '"
              + value
              + "'");
    } else {
      return read((Class<?>) type, Values.object(name, value), List.of());
    }
  }
}
