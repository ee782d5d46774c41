package dev.hydranet.scenes;

import dev.hydranet.scenes.chance.Dice;
import dev.hydranet.scenes.rendering.Camera;
import dev.hydranet.scenes.rendering.Lens;
import dev.hydranet.scenes.rendering.Light;
import dev.hydranet.scenes.rendering.Scene;
import dev.hydranet.scenes.rendering.SceneRenderer;
import dev.hydranet.scenes.rendering.Sky;
import dev.hydranet.scenes.sample.Sample;
import dev.hydranet.scenes.streets.Street;
import dev.hydranet.scenes.town.Town;
import dev.hydranet.scenes.traffic.CaughtTraffic;

/**
 * Renders samples of one size, one at a time; for one thread. Sample k of a seed is always the
 * same.
 */
public final class Renderer {
  static final int MAX_PIXELS = 1 << 24;

  private final int height;
  private final int width;
  private final SceneRenderer renderer;
  private final Scene scene = new Scene();

  /**
   * @param height of the pictures, pixels
   * @param width of the pictures, pixels
   */
  public Renderer(int height, int width) {
    checkSize(height, width);
    this.height = height;
    this.width = width;
    renderer = SceneRenderer.ofPictures(height, width);
  }

  static void checkSize(int height, int width) {
    if (height < 1 || width < 1 || (long) height * width > MAX_PIXELS) {
      throw new IllegalArgumentException(
          "the size is " + height + "x" + width + "; expected 1 to " + MAX_PIXELS + " pixels");
    }
  }

  /** Renders one sample. */
  public Sample render(long seed, long index) {
    Dice dice = Dice.of(seed, index);
    scene.mesh.clear();
    scene.foliage.clear();
    scene.light = new Light(dice.split());
    scene.sky = new Sky(scene.light, dice.split());
    Street street = new Street(0, dice.split());
    scene.camera = Camera.drive(street.lane(), height, width, dice.split());
    Dice town = dice.split();
    Town.build(scene.mesh, scene.foliage, street, town);
    CaughtTraffic.build(scene.mesh, street, town.split());
    return renderer.render(scene, new Lens(dice.split()));
  }

  /** The camera of the last sample. */
  Camera camera() {
    return scene.camera;
  }
}
