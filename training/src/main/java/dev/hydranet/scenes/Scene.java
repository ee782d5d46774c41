package dev.hydranet.scenes;

/** All that is there: triangles, leaves, the camera, the light. */
final class Scene {
  final Mesh mesh = new Mesh();
  final Foliage foliage = new Foliage();
  Camera camera;
  Light light;
  Sky sky;
}
