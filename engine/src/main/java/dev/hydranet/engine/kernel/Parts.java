package dev.hydranet.engine.kernel;

/**
 * How a kernel's units (rows or pixels) are divided into parts. The parts do not depend on the
 * number of threads.
 *
 * @param units how many there are
 * @param size units in each part but the last, which may have fewer
 */
public record Parts(int units, int size) {
  /** Enough parts that threads of uneven speed finish together. */
  private static final int ENOUGH = 32;

  /**
   * Parts of at most {@code largest} units, and smaller ones where that makes too few of them; each
   * a multiple of {@code step}.
   */
  public static Parts of(int units, int largest, int step) {
    int size = Math.min(largest, Math.ceilDiv(units, ENOUGH));
    return new Parts(units, Math.max(step, Math.ceilDiv(size, step) * step));
  }

  /** The number of parts. */
  public int count() {
    return Math.ceilDiv(units, size);
  }

  /** The first unit of a part. */
  public int begin(int part) {
    return part * size;
  }

  /** The unit after a part's last. */
  public int end(int part) {
    return begin(part) + Math.min(size, units - begin(part));
  }

  /** The same parts, where each unit is made of several smaller ones. */
  public Parts times(int smaller) {
    return new Parts(units * smaller, size * smaller);
  }
}
