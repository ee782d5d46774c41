package dev.hydranet.scenes.rendering;

import dev.hydranet.scenes.sample.Sample;

/** Renders scenes of one size, one at a time; for one thread. */
public final class SceneRenderer {
  private final int height;
  private final int width;

  /** Samples of light, each way, for one of a picture's. */
  private final int fineness;

  private final DepthBuffer seen;
  private final float[] light;
  private final float[] reduced;
  private final ShadowMap near;
  private final ShadowMap far;
  private final Heights heights;

  private SceneRenderer(
      int height, int width, int fineness, ShadowMap near, ShadowMap far, Heights heights) {
    this.height = height;
    this.width = width;
    this.fineness = fineness;
    this.near = near;
    this.far = far;
    this.heights = heights;
    seen = new DepthBuffer(2 * fineness * width + 1, 2 * fineness * height + 1);
    light = new float[3 * seen.width * seen.height];
    reduced = fineness == 1 ? light : new float[3 * (2 * width + 1) * (2 * height + 1)];
  }

  /** For pictures that have nothing to do with each other. */
  public static SceneRenderer ofPictures(int height, int width) {
    return new SceneRenderer(
        height,
        width,
        1,
        new ShadowMap(640, 34, 14, false),
        new ShadowMap(640, 130, 50, false),
        new Heights(1, false));
  }

  /**
   * For the frames of a film: more samples, and shadows that neither crawl nor begin near the
   * camera.
   */
  public static SceneRenderer ofFrames(int height, int width) {
    return new SceneRenderer(
        height,
        width,
        2,
        new ShadowMap(1800, 45, 19, true),
        new ShadowMap(1600, 240, 100, true),
        new Heights(3, true));
  }

  /** Renders the scene as its camera sees it. */
  public Sample render(Scene scene, Lens lens) {
    Sample sample = new Sample(height, width);
    expose(scene, sample);
    lens.develop(reduced, sample);
    return sample;
  }

  /** The exposure that a camera would choose for the scene. */
  public float meter(Scene scene) {
    expose(scene, new Sample(height, width));
    return Lens.meter(reduced, height, width);
  }

  private void expose(Scene scene, Sample sample) {
    View view = new View(scene.camera, 2 * fineness);
    view.draw(scene, seen);
    near.draw(scene);
    far.draw(scene);
    heights.draw(scene);
    new Shader(near, far, heights).shade(scene, view, seen, light, sample);
    if (fineness > 1) {
      reduce();
    }
  }

  /** Each point of the coarse grid is the mean under a tent that reaches to its neighbours. */
  private void reduce() {
    int columns = 2 * width + 1;
    for (int y = 0, at = 0; y < 2 * height + 1; y++) {
      for (int x = 0; x < columns; x++, at += 3) {
        float red = 0;
        float green = 0;
        float blue = 0;
        float all = 0;
        for (int dy = 1 - fineness; dy < fineness; dy++) {
          int row = Math.clamp(y * fineness + dy, 0, seen.height - 1) * seen.width;
          for (int dx = 1 - fineness; dx < fineness; dx++) {
            int from = 3 * (row + Math.clamp(x * fineness + dx, 0, seen.width - 1));
            float share = (fineness - Math.abs(dy)) * (fineness - Math.abs(dx));
            red += share * light[from];
            green += share * light[from + 1];
            blue += share * light[from + 2];
            all += share;
          }
        }
        reduced[at] = red / all;
        reduced[at + 1] = green / all;
        reduced[at + 2] = blue / all;
      }
    }
  }
}
