package dev.hydranet.benchmarks.ladder;

/** Where inputs, weights and outputs are when a run begins. */
public enum Data {
  /** In memory: copies of everything take turns, together larger than last-level caches. */
  MEMORY,
  /** In the caches, as far as they fit: there is one copy. */
  CACHE;

  private static final long ROTATED_BYTES = 128 << 20;

  /** Whether copies with this total size in bytes are too few. */
  public boolean needsMore(long bytes) {
    return this == MEMORY && bytes < ROTATED_BYTES;
  }
}
