package dev.hydranet.engine.plan;

import dev.hydranet.engine.graph.Graph;
import dev.hydranet.engine.kernel.Nhwc;
import dev.hydranet.engine.tensor.Shape;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Places the values of a plan in one array by lifetime: two values that are never alive at once may
 * share memory. The largest are placed first, each at the lowest offset that is free throughout its
 * life.
 */
final class Arena {
  /** Floats in a cache line, where every value begins. */
  private static final int LINE = 16;

  /**
   * A large array's first element lies 16 bytes into a cache line; so many floats on, a line
   * begins.
   */
  private static final int FIRST = 12;

  /** A value: who needs it from which step to which, and where it is. */
  private static final class Slot {
    final String name;
    final int[] extents;
    final int channels;
    final int stride;
    final long floats;
    final int firstStep;
    int lastStep;
    long offset;

    Slot(String name, Shape shape, int stride, int firstStep) {
      this.name = name;
      this.extents = extents(shape);
      this.channels = shape.dim(1);
      this.stride = stride;
      this.floats = (long) extents[0] * extents[1] * extents[2] * stride;
      this.firstStep = firstStep;
      this.lastStep = firstStep;
    }

    boolean overlaps(Slot other) {
      return firstStep <= other.lastStep && other.firstStep <= lastStep;
    }

    long end() {
      return offset + Math.ceilDiv(floats, LINE) * LINE;
    }

    /** Batch, height and width; a matrix is a batch of single pixels. */
    private static int[] extents(Shape shape) {
      return switch (shape.rank()) {
        case 4 -> new int[] {shape.batch(), shape.height(), shape.width()};
        case 2 -> new int[] {shape.dim(0), 1, 1};
        default ->
            throw new IllegalArgumentException(
                "expected an [N, C] or NCHW tensor, found shape " + shape);
      };
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
   * @param allocate gives the array for a number of floats
   */
  static Map<String, Nhwc> place(
      Plan plan, List<Step> steps, Map<String, Shape> shapes, ArrayAllocation allocate) {
    Arena arena = new Arena(plan.kernels().lanes());
    arena.collect(plan.graph(), steps, shapes);
    float[] array = allocate.floats(arena.layOut());
    Map<String, Nhwc> places = new HashMap<>();
    arena.slots.forEach(
        (name, slot) ->
            places.put(
                name,
                new Nhwc(
                    array,
                    (int) slot.offset,
                    slot.extents[0],
                    slot.extents[1],
                    slot.extents[2],
                    slot.channels,
                    slot.stride)));
    return places;
  }

  /** Where the array comes from. */
  interface ArrayAllocation {
    float[] floats(long count);
  }

  private void collect(Graph graph, List<Step> steps, Map<String, Shape> shapes) {
    for (String input : graph.inputs()) {
      Shape shape = shapes.get(input);
      boolean padded =
          steps.stream().anyMatch(step -> step.padded() && step.reads().contains(input));
      slots.put(input, new Slot(input, shape, padded ? padded(shape.dim(1)) : shape.dim(1), -1));
    }
    for (int i = 0; i < steps.size(); i++) {
      Step step = steps.get(i);
      Shape shape = step.extent().of(shapes);
      slots.put(step.name(), new Slot(step.name(), shape, padded(shape.dim(1)), i));
      for (String read : step.reads()) {
        slots.get(read).lastStep = i;
      }
    }
  }

  private int padded(int channels) {
    return Math.ceilDiv(channels, lanes) * lanes;
  }

  /** Gives every slot its offset; returns the floats of the whole. */
  private long layOut() {
    List<Slot> placed = new ArrayList<>();
    List<Slot> bySize =
        slots.values().stream()
            .sorted(
                Comparator.comparingLong((Slot slot) -> slot.floats)
                    .reversed()
                    .thenComparing(slot -> slot.name))
            .toList();
    long end = FIRST;
    for (Slot slot : bySize) {
      slot.offset = lowestFree(slot, placed);
      placed.add(slot);
      end = Math.max(end, slot.end());
    }
    return end;
  }

  private static long lowestFree(Slot slot, List<Slot> placed) {
    List<Slot> rivals =
        placed.stream()
            .filter(slot::overlaps)
            .sorted(Comparator.comparingLong(rival -> rival.offset))
            .toList();
    long offset = FIRST;
    for (Slot rival : rivals) {
      if (offset + slot.floats <= rival.offset) {
        break;
      }
      offset = Math.max(offset, rival.end());
    }
    return offset;
  }
}
