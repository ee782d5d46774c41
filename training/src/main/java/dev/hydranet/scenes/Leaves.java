package dev.hydranet.scenes;

/** The leaves of one plant. */
final class Leaves extends Material {
  private final LeafMask mask;
  private final Colour dark;
  private final Colour bright;

  Leaves(LeafMask mask, Colour dark, Colour bright) {
    super(Label.VEGETATION);
    this.mask = mask;
    this.dark = dark;
    this.bright = bright;
  }

  LeafMask mask() {
    return mask;
  }

  /** Here u is the brightness of the leaf from 0 to 1, v that of its card. */
  @Override
  void paint(Surface s) {
    s.colour(dark, s.v);
    s.mix(bright, s.v, s.u);
    s.translucent = 0.35f;
  }
}
