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
import dev.hydranet.scenes.traffic.MovingTraffic;
import java.util.Objects;

/**
 * Renders the frames of a drive through a town, one at a time and in any order; for one thread.
 * Frame k of a film is always the same, whichever other frames are rendered.
 */
public final class FilmRenderer {
  /** Frames a second. */
  public static final int RATE = MovingTraffic.RATE;

  /** A film is at most so long, seconds. */
  public static final double MAX_SECONDS = 60;

  /** The height at which the film is metered, pixels. */
  private static final int METERED = 48;

  private final int height;
  private final int width;
  private final int frames;
  private final SceneRenderer renderer;
  private final Scene scene = new Scene();
  private final MovingTraffic traffic;
  private final Lens lens;
  private final int vertices;
  private final int triangles;

  /**
   * Builds the town.
   *
   * @param seed of the film
   * @param frames how many it has, which also decides how long the street is
   * @param height of the pictures, pixels
   * @param width of the pictures, pixels
   */
  public FilmRenderer(long seed, int frames, int height, int width) {
    if (frames < 1 || frames > frames(MAX_SECONDS)) {
      throw new IllegalArgumentException(
          "the film has " + frames + " frames; expected 1 to " + frames(MAX_SECONDS));
    }
    Renderer.checkSize(height, width);
    this.height = height;
    this.width = width;
    this.frames = frames;
    Dice dice = Dice.of(seed, 0);
    scene.light = new Light(dice.split());
    scene.sky = new Sky(scene.light, dice.split());
    Street street = new Street(frames * MovingTraffic.FASTEST / RATE, dice.split());
    Town.build(scene.mesh, scene.foliage, street, dice.split());
    traffic = new MovingTraffic(street, frames, dice.split());
    vertices = scene.mesh.vertices;
    triangles = scene.mesh.triangles;
    renderer = SceneRenderer.ofFrames(height, width);
    lens = new Lens(metered());
  }

  /** How many frames a film of that length has; at least one. */
  public static int frames(double seconds) {
    return Math.max(1, (int) Math.rint(seconds * RATE));
  }

  /** One exposure for the whole film: it must not flicker. */
  private float metered() {
    int wide = Math.max(1, METERED * width / height);
    SceneRenderer small = SceneRenderer.ofPictures(METERED, wide);
    float sum = 0;
    int[] some = {0, frames / 2, frames - 1};
    for (int frame : some) {
      set(frame, METERED, wide);
      sum += small.meter(scene);
    }
    return sum / some.length;
  }

  /** Puts the camera and the vehicles where they are in a frame. */
  private void set(int frame, int height, int width) {
    scene.mesh.cut(vertices, triangles);
    traffic.build(scene.mesh, frame);
    scene.camera = Camera.steady(traffic.camera(frame), height, width);
  }

  /** Renders a frame, counted from 0. */
  public Sample render(int frame) {
    Objects.checkIndex(frame, frames);
    set(frame, height, width);
    return renderer.render(scene, lens);
  }

  /** The camera of the last frame. */
  Camera camera() {
    return scene.camera;
  }
}
