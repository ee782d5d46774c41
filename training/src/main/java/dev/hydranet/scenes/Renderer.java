package dev.hydranet.scenes;

import dev.hydranet.scenes.chance.Dice;
import dev.hydranet.scenes.rendering.Camera;
import dev.hydranet.scenes.rendering.DepthBuffer;
import dev.hydranet.scenes.rendering.Heights;
import dev.hydranet.scenes.rendering.Lens;
import dev.hydranet.scenes.rendering.Light;
import dev.hydranet.scenes.rendering.Scene;
import dev.hydranet.scenes.rendering.Shader;
import dev.hydranet.scenes.rendering.ShadowMap;
import dev.hydranet.scenes.rendering.Sky;
import dev.hydranet.scenes.rendering.View;
import dev.hydranet.scenes.sample.Sample;
import dev.hydranet.scenes.streets.Street;
import dev.hydranet.scenes.town.Town;

/**
 * Renders samples of one size, one at a time; for one thread. Sample k of a seed is always the
 * same.
 */
public final class Renderer {
  static final int MAX_PIXELS = 1 << 24;

  private final int height;
  private final int width;
  private final DepthBuffer seen;
  private final float[] light;
  private final ShadowMap near = new ShadowMap(640, 34);
  private final ShadowMap far = new ShadowMap(640, 130);
  private final Heights heights = new Heights();
  private final Scene scene = new Scene();

  /**
   * @param height of the pictures, pixels
   * @param width of the pictures, pixels
   */
  public Renderer(int height, int width) {
    if (height < 1 || width < 1 || (long) height * width > MAX_PIXELS) {
      throw new IllegalArgumentException(
          "the size is " + height + "x" + width + "; expected 1 to " + MAX_PIXELS + " pixels");
    }
    this.height = height;
    this.width = width;
    seen = new DepthBuffer(2 * width + 1, 2 * height + 1);
    light = new float[3 * seen.width * seen.height];
  }

  /** Renders one sample. */
  public Sample render(long seed, long index) {
    Dice dice = Dice.of(seed, index);
    scene.mesh.clear();
    scene.foliage.clear();
    scene.light = new Light(dice.split());
    scene.sky = new Sky(scene.light, dice.split());
    Street street = new Street(dice.split());
    scene.camera = Camera.drive(street.lane(), height, width, dice.split());
    Town.build(scene.mesh, scene.foliage, street, dice.split());
    View view = new View(scene.camera, 2);
    view.draw(scene, seen);
    double[] m = scene.camera.axes;
    near.draw(scene, scene.camera.x + 14 * m[6], scene.camera.y, scene.camera.z + 14 * m[8]);
    far.draw(scene, scene.camera.x + 50 * m[6], scene.camera.y, scene.camera.z + 50 * m[8]);
    heights.draw(scene, scene.camera.x + 50 * m[6], scene.camera.z + 50 * m[8]);
    Sample sample = new Sample(height, width);
    new Shader(near, far, heights).shade(scene, view, seen, light, sample);
    new Lens(dice.split()).develop(light, sample);
    return sample;
  }

  /** The camera of the last sample. */
  Camera camera() {
    return scene.camera;
  }
}
