package dev.hydranet.scenes.rendering;

import dev.hydranet.scenes.chance.Dice;
import dev.hydranet.scenes.chance.Noise;
import dev.hydranet.scenes.sample.Sample;

/** From light to a photograph: exposure, colour, contrast, vignette, blur, noise. */
public final class Lens {
  private static final int STEPS = 4096;

  /** The level of a linear value from 0 to 1 as sRGB encodes it, 0 to 255. */
  private static final float[] ENCODED = new float[STEPS + 1];

  static {
    for (int i = 0; i <= STEPS; i++) {
      double x = (double) i / STEPS;
      // Steps are even in the square root: fine in the dark.
      x *= x;
      ENCODED[i] =
          (float) (255 * (x < 0.0031308 ? 12.92 * x : 1.055 * StrictMath.pow(x, 1 / 2.4) - 0.055));
    }
  }

  /** What a film keeps from frame to frame; 0 if each picture is metered. */
  private final float exposure;

  private final float gain;
  private final float redGain;
  private final float blueGain;
  private final float saturation;
  private final float contrast;
  private final float black;
  private final float lift;
  private final float vignette;
  private final float noise;
  private final float shotNoise;
  private final float soft;
  private final float shoulder;
  private final int seed;

  /** A photographer's: any exposure, colour and noise that cameras have. */
  public Lens(Dice dice) {
    exposure = 0;
    gain = (float) StrictMath.pow(2, 0.5 * dice.bell());
    double warm = 0.06 * dice.bell();
    redGain = (float) (1 + warm + 0.02 * dice.bell());
    blueGain = (float) (1 - warm + 0.02 * dice.bell());
    saturation = (float) Math.max(0.3, 1.0 + 0.2 * dice.bell());
    contrast = (float) (dice.chance(0.75) ? dice.in(0.2, 1.1) : dice.in(0, 0.3));
    black = (float) (dice.chance(0.75) ? dice.in(0, 0.045) : 0);
    lift = (float) (dice.chance(0.3) ? dice.in(0, 0.03) : 0);
    vignette = (float) dice.in(0, 0.35);
    noise = (float) (dice.chance(0.7) ? dice.in(0.3, 2.2) : dice.in(2, 6));
    shotNoise = (float) dice.in(0.2, 2.5);
    soft = (float) (dice.chance(0.5) ? 0 : dice.in(0, 0.8));
    shoulder = (float) dice.in(0.6, 1);
    seed = dice.seed();
  }

  /**
   * A film camera's: without noise, which would lie still over a moving picture.
   *
   * @param exposure of every frame, as metered
   */
  public Lens(float exposure) {
    this.exposure = exposure;
    gain = 1;
    redGain = 1.02f;
    blueGain = 0.98f;
    saturation = 1.1f;
    contrast = 0.5f;
    black = 0.015f;
    lift = 0;
    vignette = 0.12f;
    noise = 0;
    shotNoise = 0;
    soft = 0;
    shoulder = 0.85f;
    seed = 0;
  }

  /** Develops [2 height + 1, 2 width + 1, 3] light into the sample's picture. */
  void develop(float[] light, Sample sample) {
    int height = sample.height();
    int width = sample.width();
    float[] pixels = filtered(light, height, width);
    if (soft > 0) {
      blur(pixels, height, width);
    }
    float exposure = this.exposure > 0 ? this.exposure : metered(pixels) * gain;
    byte[] rgb = sample.rgb();
    for (int y = 0, at = 0; y < height; y++) {
      for (int x = 0; x < width; x++, at += 3) {
        float dx = 2f * x / width - 1;
        float dy = 2f * y / height - 1;
        float dim = exposure * (1 - vignette * 0.5f * (dx * dx + dy * dy));
        float red = pixels[at] * dim * redGain;
        float green = pixels[at + 1] * dim;
        float blue = pixels[at + 2] * dim * blueGain;
        float grey = 0.3f * red + 0.6f * green + 0.1f * blue;
        rgb[at] = level(grey + saturation * (red - grey), at);
        rgb[at + 1] = level(grey + saturation * (green - grey), at + 1);
        rgb[at + 2] = level(grey + saturation * (blue - grey), at + 2);
      }
    }
  }

  /**
   * Each pixel's value under a tent as wide as two pixels: its centre counts 1/4, the corners 1/16.
   */
  private static float[] filtered(float[] light, int height, int width) {
    int row = 3 * (2 * width + 1);
    float[] pixels = new float[3 * height * width];
    for (int y = 0, at = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int centre = (2 * y + 1) * row + 3 * (2 * x + 1);
        for (int c = 0; c < 3; c++, at++, centre++) {
          // Bright points are held back, or one sample of a glint would fill its pixel with steps.
          pixels[at] =
              0.25f * held(light[centre])
                  + 0.125f
                      * (held(light[centre - 3])
                          + held(light[centre + 3])
                          + held(light[centre - row])
                          + held(light[centre + row]))
                  + 0.0625f
                      * (held(light[centre - row - 3])
                          + held(light[centre - row + 3])
                          + held(light[centre + row - 3])
                          + held(light[centre + row + 3]));
        }
      }
    }
    return pixels;
  }

  private static float held(float x) {
    return x < 3 ? x : 3;
  }

  private void blur(float[] pixels, int height, int width) {
    float side = 0.25f * soft;
    float centre = 1 - 2 * side;
    for (int y = 0; y < height; y++) {
      int row = 3 * y * width;
      for (int c = 0; c < 3; c++) {
        float left = pixels[row + c];
        for (int x = 0; x < width; x++) {
          int at = row + 3 * x + c;
          float here = pixels[at];
          float right = x + 1 < width ? pixels[at + 3] : here;
          pixels[at] = centre * here + side * (left + right);
          left = here;
        }
      }
    }
    for (int x = 0; x < 3 * width; x++) {
      float above = pixels[x];
      for (int y = 0; y < height; y++) {
        int at = 3 * y * width + x;
        float here = pixels[at];
        float below = y + 1 < height ? pixels[at + 3 * width] : here;
        pixels[at] = centre * here + side * (above + below);
        above = here;
      }
    }
  }

  /** The exposure that a camera would choose for light of that form. */
  static float meter(float[] light, int height, int width) {
    return metered(filtered(light, height, width));
  }

  /** What brings the picture's mean, its brightest parts held back, to where a camera would. */
  private static float metered(float[] pixels) {
    double sum = 0;
    for (int at = 0; at < pixels.length; at += 3) {
      float grey = 0.3f * pixels[at] + 0.6f * pixels[at + 1] + 0.1f * pixels[at + 2];
      sum += Math.sqrt(Math.min(grey, 1.5f));
    }
    double root = sum / (pixels.length / 3);
    return (float) (0.17 / (root * root + 0.02));
  }

  private byte level(float value, int at) {
    // Straight up to the shoulder, then ever flatter up to 1.
    float x = Math.max(0, value);
    float knee = 0.7f * shoulder;
    if (x > knee) {
      float over = (x - knee) / (1 - knee);
      x = knee + (1 - knee) * over / (1 + over);
      x = Math.min(1, x * (1 + 0.25f * (1 - knee)));
    }
    float encoded = ENCODED[Math.min(STEPS, (int) (Math.sqrt(x) * STEPS))];
    float y = encoded / 255;
    y += contrast * (y * y * (3 - 2 * y) - y);
    encoded = 255 * (lift + (y - black) / (1 - black));
    float random = Noise.at(at, 1, seed) + Noise.at(at, 2, seed) + Noise.at(at, 3, seed) - 1.5f;
    encoded += 2 * random * (noise + shotNoise * encoded / 255) + 0.5f;
    return (byte) (encoded <= 0 ? 0 : encoded >= 255 ? 255 : (int) encoded);
  }
}
