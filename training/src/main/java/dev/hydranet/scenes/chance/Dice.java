package dev.hydranet.scenes.chance;

/** Random numbers of a seed: SplitMix64, so that a scene is the same on every machine. */
public final class Dice {
  private long state;

  public Dice(long seed) {
    state = seed;
  }

  /** The dice of sample {@code index} of {@code seed}. */
  public static Dice of(long seed, long index) {
    return new Dice(new Dice(seed).bits() ^ new Dice(index ^ 0x5851F42D4C957F2DL).bits());
  }

  public long bits() {
    state += 0x9E3779B97F4A7C15L;
    long z = state;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /** Independent dice: however often they are thrown, the next throw of these is the same. */
  public Dice split() {
    return new Dice(bits());
  }

  /** Uniform in [0, 1). */
  public double next() {
    return (bits() >>> 11) * 0x1.0p-53;
  }

  /** Uniform in [low, high). */
  public double in(double low, double high) {
    return low + (high - low) * next();
  }

  /** About normal, mean 0, standard deviation 1, never beyond 3.5. */
  public double bell() {
    return (next() + next() + next() + next() - 2) * 1.7320508;
  }

  public int below(int n) {
    return (int) (next() * n);
  }

  public boolean chance(double probability) {
    return next() < probability;
  }

  public int sign() {
    return chance(0.5) ? 1 : -1;
  }

  public int seed() {
    return (int) bits();
  }
}
