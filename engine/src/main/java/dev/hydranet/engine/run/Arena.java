package dev.hydranet.engine.run;

import dev.hydranet.engine.kernel.Nhwc;
import dev.hydranet.engine.tensor.Shape;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Where the values of a plan lie, by lifetime: two values that are never alive at once may share
 * memory. The largest are placed first, each at the lowest offset that is free throughout its life.
 * Offsets run through as many arrays as it takes, usually one; no value lies across two.
 */
public final class Arena {
  /** Floats in a cache line, where every value begins. */
  private static final int LINE = 16;

  /**
   * A large array's first element lies 16 bytes into a cache line; this many floats further, a line
   * begins.
   */
  private static final int FIRST = 12;

  /** Floats that an array holds. */
  public static final long ARRAY = (Integer.MAX_VALUE - 8) / LINE * LINE;

  /** Stands for any number beyond what machines have, so that sums do not overflow. */
  private static final double TOO_MANY = 0x1p44;

  /** A value: who needs it from which step to which, and where it is. */
  private static final class Slot {
    final String name;
    final Shape shape;
    final boolean isImage;
    final long[] extents;
    final int channels;
    final int stride;
    final long floats;
    final int firstStep;
    int lastStep;
    long offset;

    Slot(String name, Shape shape, boolean isImage, int stride, int firstStep) {
      this.name = name;
      this.shape = shape;
      this.isImage = isImage;
      this.extents = Place.extents(shape, isImage);
      this.channels = Place.channels(shape, isImage);
      this.stride = stride;
      double product = (double) extents[0] * extents[1] * extents[2] * stride;
      this.floats = (long) Math.min(product, TOO_MANY);
      this.firstStep = firstStep;
      this.lastStep = firstStep;
    }

    long end() {
      return offset + Math.ceilDiv(floats, LINE) * LINE;
    }

    /** The number of its array. */
    int array() {
      return (int) (offset / ARRAY);
    }

    Place in(float[][] arrays) {
      int first = (int) (offset % ARRAY);
      Nhwc nhwc =
          new Nhwc(
              arrays[array()],
              first,
              (int) extents[0],
              (int) extents[1],
              (int) extents[2],
              channels,
              stride);
      return new Place(nhwc, shape, isImage);
    }
  }

  private final Map<String, Slot> slots = new HashMap<>();
  private final int lanes;

  private Arena(int lanes) {
    this.lanes = lanes;
  }

  /**
   * Places every input and every step's value.
   *
   * @param lanes to a multiple of which channels are padded
   * @param inputs the names of the graph's inputs
   * @param steps in the order in which they run
   * @param shapes of the graph's values
   */
  public static Arena of(
      int lanes, Collection<String> inputs, List<Step> steps, Map<String, Shape> shapes) {
    Arena arena = new Arena(lanes);
    arena.collect(inputs, steps, shapes);
    arena.layOut();
    return arena;
  }

  /** Whether every value has room in an array. */
  boolean fitsArrays() {
    return slots.values().stream().allMatch(slot -> slot.floats <= ARRAY - 2 * LINE);
  }

  /** The floats of each array. */
  long[] lengths() {
    int arrays = 1 + slots.values().stream().mapToInt(Slot::array).max().orElse(0);
    long[] lengths = new long[arrays];
    for (Slot slot : slots.values()) {
      long end = slot.end() - slot.array() * ARRAY;
      lengths[slot.array()] = Math.max(lengths[slot.array()], end);
    }
    return lengths;
  }

  /** The floats of all arrays together. */
  public long floats() {
    return Arrays.stream(lengths()).sum();
  }

  /** Every value's place in given arrays. */
  Map<String, Place> places(float[][] arrays) {
    Map<String, Place> places = new HashMap<>();
    slots.forEach((name, slot) -> places.put(name, slot.in(arrays)));
    return places;
  }

  private void collect(Collection<String> inputs, List<Step> steps, Map<String, Shape> shapes) {
    Set<String> images = Layouts.images(inputs, steps, shapes);
    for (String input : inputs) {
      Shape shape = shapes.get(input);
      boolean image = images.contains(input);
      int channels = Place.channels(shape, image);
      boolean padded =
          steps.stream().anyMatch(step -> step.padded() && step.reads().contains(input));
      slots.put(input, new Slot(input, shape, image, padded ? padded(channels) : channels, -1));
    }
    for (int i = 0; i < steps.size(); i++) {
      Step step = steps.get(i);
      Shape shape = step.extent().of(shapes);
      boolean image = images.contains(step.name());
      int stride = padded(Place.channels(shape, image));
      slots.put(step.name(), new Slot(step.name(), shape, image, stride, i));
      for (String read : step.reads()) {
        slots.get(read).lastStep = i;
      }
    }
  }

  private int padded(int channels) {
    return (int) Math.min(Integer.MAX_VALUE, Math.ceilDiv((long) channels, lanes) * lanes);
  }

  /** Gives every slot its offset. */
  private void layOut() {
    Placed placed = new Placed(slots.size());
    List<Slot> bySize =
        slots.values().stream()
            .sorted(
                Comparator.comparingLong((Slot slot) -> slot.floats)
                    .reversed()
                    .thenComparing(slot -> slot.name))
            .toList();
    for (Slot slot : bySize) {
      slot.offset = placed.lowestFree(slot);
      placed.add(slot);
    }
  }

  /**
   * The slots that have their offset, in its order. As plain arrays, since a graph out of a file
   * may have tens of thousands of values, and each is compared with all others.
   */
  private static final class Placed {
    private final int[] firstSteps;
    private final int[] lastSteps;
    private final long[] offsets;
    private final long[] ends;
    private int count;

    Placed(int most) {
      firstSteps = new int[most];
      lastSteps = new int[most];
      offsets = new long[most];
      ends = new long[most];
    }

    long lowestFree(Slot slot) {
      long offset = FIRST;
      for (int i = 0; i < count; i++) {
        boolean rival = slot.firstStep <= lastSteps[i] && firstSteps[i] <= slot.lastStep;
        if (rival) {
          if (offset + slot.floats <= offsets[i]) {
            break;
          }
          offset = inOneArray(Math.max(offset, ends[i]), slot.floats);
        }
      }
      return offset;
    }

    void add(Slot slot) {
      int found = Arrays.binarySearch(offsets, 0, count, slot.offset);
      int at = found < 0 ? -found - 1 : found;
      int after = count - at;
      System.arraycopy(firstSteps, at, firstSteps, at + 1, after);
      System.arraycopy(lastSteps, at, lastSteps, at + 1, after);
      System.arraycopy(offsets, at, offsets, at + 1, after);
      System.arraycopy(ends, at, ends, at + 1, after);
      firstSteps[at] = slot.firstStep;
      lastSteps[at] = slot.lastStep;
      offsets[at] = slot.offset;
      ends[at] = slot.end();
      count++;
    }
  }

  /** The offset, or the first in the next array if the floats from there on would not fit. */
  private static long inOneArray(long offset, long floats) {
    long next = (offset / ARRAY + 1) * ARRAY;
    return offset + floats > next - LINE ? next + FIRST : offset;
  }
}
