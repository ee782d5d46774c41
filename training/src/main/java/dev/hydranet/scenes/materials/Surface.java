package dev.hydranet.scenes.materials;

/** A point that is seen: where it is, and what its material makes of it. */
public final class Surface {
  /** Place in the world, metres. */
  public float x, y, z;

  /** Unit normal in the world, towards the camera. */
  public float nx, ny, nz;

  /** The thing's own coordinates, metres. */
  public float u, v, w;

  /** The side of what one sample covers of the surface, metres. */
  public float footprint;

  /** Share of the light that is scattered, linear. */
  public float red, green, blue;

  /**
   * Share of the light that is mirrored when looking straight on: 0 for what has no gloss, 0.04 for
   * lacquer and glass.
   */
  public float mirror;

  /** Light that gets through from behind, 0 to 1: leaves. */
  public float translucent;

  /** Emitted light. */
  public float glow;

  public void colour(float r, float g, float b) {
    red = r;
    green = g;
    blue = b;
  }

  public void colour(Colour c, float brightness) {
    red = c.red() * brightness;
    green = c.green() * brightness;
    blue = c.blue() * brightness;
  }

  /** Moves the colour towards another. */
  public void mix(Colour c, float brightness, float share) {
    red += share * (c.red() * brightness - red);
    green += share * (c.green() * brightness - green);
    blue += share * (c.blue() * brightness - blue);
  }

  public void darken(float factor) {
    red *= factor;
    green *= factor;
    blue *= factor;
  }
}
