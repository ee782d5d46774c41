package dev.hydranet.scenes.materials;

/** One colour, a little weathered. */
public final class Plain extends Material {
  private final Colour colour;
  private final float mirror;
  private final float rough;

  public Plain(byte label, Colour colour, double mirror, double rough) {
    super(label);
    this.colour = colour;
    this.mirror = (float) mirror;
    this.rough = (float) rough;
  }

  @Override
  public void paint(Surface s) {
    float clouds = Pattern.CLOUDS.at(s.u * 0.2f + s.w * 0.3f, s.v * 0.2f, s.footprint * 0.2f);
    float fine = Pattern.GRAIN.at(s.u * 0.6f + s.w * 0.3f, s.v * 0.6f, s.footprint * 0.6f);
    s.colour(colour, 1 + rough * (clouds + fine - 1));
    s.mirror = mirror;
  }
}
