package dev.hydranet.scenes.materials;

import dev.hydranet.scenes.chance.Noise;

/** What a surface is made of: its class, and its look at every point. */
public abstract class Material {
  private final byte label;

  protected Material(byte label) {
    this.label = label;
  }

  public final byte label() {
    return label;
  }

  /**
   * Sets the surface's colour, and its gloss where it has one; all zero before. Called by many
   * threads.
   */
  public abstract void paint(Surface s);

  /**
   * Edges of width {@code width} every {@code period}, averaged over {@code footprint}: 1 on them,
   * 0 between.
   */
  public static float lines(float x, float period, float width, float footprint) {
    float half = 0.5f * footprint;
    return (covered(x + half, period, width) - covered(x - half, period, width)) / footprint;
  }

  /** The length of line between 0 and x. */
  private static float covered(float x, float period, float width) {
    float n = Noise.floor(x / period);
    return n * width + Math.min(x - n * period, width);
  }

  /** 1 between low and high, 0 outside, averaged over {@code footprint}. */
  public static float band(float x, float low, float high, float footprint) {
    float a = Math.max(low, x - 0.5f * footprint);
    float b = Math.min(high, x + 0.5f * footprint);
    return a >= b ? 0 : (b - a) / footprint;
  }

  /** 0 below low, 1 above high, smooth between. */
  public static float step(float low, float high, float x) {
    float t = (x - low) / (high - low);
    t = t < 0 ? 0 : t > 1 ? 1 : t;
    return t * t * (3 - 2 * t);
  }
}
