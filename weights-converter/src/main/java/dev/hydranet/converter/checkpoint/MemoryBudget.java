package dev.hydranet.converter.checkpoint;

import dev.hydranet.engine.DamagedFileException;
import dev.hydranet.engine.WeightsFormatException;

/**
 * How much memory one checkpoint may take, so that a small file that claims to be a large one is
 * refused before anything is allocated for it.
 */
final class MemoryBudget {
  /**
   * The widest a byte of a file honestly gets: a boolean that becomes a float32, or weights that
   * were deflated.
   */
  private static final int GROWTH = 4;

  /** Room for small files of many equal numbers: twice the parameters of MobileNetV2. */
  private static final long ALLOWANCE = 32L << 20;

  private final long limit;
  private long taken;

  MemoryBudget(long fileSize) {
    this.limit = GROWTH * fileSize + ALLOWANCE;
  }

  /**
   * Allows an array.
   *
   * @throws WeightsFormatException if it is larger than an array can be, or too much together with
   *     those before
   */
  void take(long elements, int elementSize, String what) throws WeightsFormatException {
    if (elements > (limit - taken) / elementSize || elements > Integer.MAX_VALUE - 8) {
      throw new DamagedFileException(
          "%s would take %d elements of %d bytes in memory; of the %d that a file of this size may take, %d are left"
              .formatted(what, elements, elementSize, limit, limit - taken));
    }
    taken += elements * elementSize;
  }
}
