package dev.hydranet.scenes.rendering;

import dev.hydranet.scenes.geometry.Mesh;
import dev.hydranet.scenes.plants.Foliage;

/** All that is there: triangles, leaves, the camera, the light. */
public final class Scene {
  public final Mesh mesh = new Mesh();
  public final Foliage foliage = new Foliage();
  public Camera camera;
  public Light light;
  public Sky sky;
}
