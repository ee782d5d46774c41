package dev.hydranet.cli.images;

import dev.hydranet.ImageSize;
import dev.hydranet.Scene;

/** The size of a scene in words. */
public final class SceneSize {
  private SceneSize() {}

  /** Width x height, and the size at which the network saw the image if that is another. */
  public static String describe(Scene scene) {
    ImageSize computed = scene.computedSize();
    String size = scene.width() + " x " + scene.height() + " pixels";
    return computed.equals(new ImageSize(scene.height(), scene.width()))
        ? size
        : size + " (computed at " + computed.width() + " x " + computed.height() + ")";
  }
}
