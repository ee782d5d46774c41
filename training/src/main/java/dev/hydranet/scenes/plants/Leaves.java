package dev.hydranet.scenes.plants;

import dev.hydranet.scenes.geometry.Frame;
import dev.hydranet.scenes.materials.Colour;
import dev.hydranet.scenes.materials.Material;
import dev.hydranet.scenes.materials.Surface;
import dev.hydranet.scenes.sample.Label;

/** The leaves of one plant. */
public final class Leaves extends Material {
  private final LeafMask mask;
  private final Colour dark;
  private final Colour bright;
  private final Crown crown;

  /**
   * The ellipsoid that a crown fills: its middle in the world, its radius and half its height,
   * metres.
   */
  public record Crown(double x, double y, double z, double radius, double tall) {}

  Leaves(LeafMask mask, Colour dark, Colour bright) {
    this(mask, dark, bright, null);
  }

  private Leaves(LeafMask mask, Colour dark, Colour bright, Crown crown) {
    super(Label.VEGETATION);
    this.mask = mask;
    this.dark = dark;
    this.bright = bright;
    this.crown = crown;
  }

  /** The same leaves in a crown, which gives them its normals. */
  Leaves in(Frame foot, double right, double up, double forward, double radius, double tall) {
    Crown crown =
        new Crown(
            foot.worldX(right, up, forward),
            foot.worldY(right, up, forward),
            foot.worldZ(right, up, forward),
            radius,
            tall);
    return new Leaves(mask, dark, bright, crown);
  }

  /** The crown that they are in, or null: then each card has its own normal. */
  public Crown crown() {
    return crown;
  }

  public LeafMask mask() {
    return mask;
  }

  /** Here u is the brightness of the leaf from 0 to 1, v that of its card. */
  @Override
  public void paint(Surface s) {
    s.colour(dark, s.v);
    s.mix(bright, s.v, s.u);
    s.translucent = 0.35f;
  }
}
