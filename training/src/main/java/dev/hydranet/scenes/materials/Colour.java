package dev.hydranet.scenes.materials;

/** A linear colour. */
public record Colour(float red, float green, float blue) {
  /** From hue (0 to 1, 0 is red, 1/3 green), saturation and value, as on a screen. */
  public static Colour hsv(double hue, double saturation, double value) {
    return new Colour(
        channel(hue + 1.0 / 3, saturation, value),
        channel(hue, saturation, value),
        channel(hue - 1.0 / 3, saturation, value));
  }

  private static float channel(double phase, double saturation, double value) {
    double p = (phase - Math.floor(phase)) * 6;
    double full = Math.clamp(p < 3 ? p : 4 - p, 0.0, 1.0);
    return linear(value * (1 - saturation + saturation * full));
  }

  /** A grey as on a screen. */
  public static Colour grey(double value) {
    return hsv(0, 0, value);
  }

  /** A colour from 0 to 1 as on a screen. */
  public static Colour screen(double red, double green, double blue) {
    return new Colour(linear(red), linear(green), linear(blue));
  }

  private static float linear(double screen) {
    return (float) StrictMath.pow(screen, 2.2);
  }

  public Colour times(double factor) {
    return new Colour((float) (red * factor), (float) (green * factor), (float) (blue * factor));
  }

  public Colour mixed(Colour other, double share) {
    return new Colour(
        (float) (red + share * (other.red - red)),
        (float) (green + share * (other.green - green)),
        (float) (blue + share * (other.blue - blue)));
  }
}
