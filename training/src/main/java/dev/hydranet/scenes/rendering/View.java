package dev.hydranet.scenes.rendering;

import dev.hydranet.scenes.geometry.Mesh;
import dev.hydranet.scenes.plants.Foliage;

/** Puts a scene into a depth buffer as a camera sees it. */
public final class View {
  /** What is nearer than this is cut off, metres. */
  private static final double NEAR = 0.3;

  private final Camera camera;
  private final double scale;
  private double[] eye = new double[3 * 4096];

  /** A view with {@code scale} grid points to a pixel. */
  public View(Camera camera, double scale) {
    this.camera = camera;
    this.scale = scale;
  }

  public void draw(Scene scene, DepthBuffer buffer) {
    buffer.clear(0);
    Mesh mesh = scene.mesh;
    transform(mesh);
    for (int t = 0; t < mesh.triangles; t++) {
      triangle(
          3 * mesh.corner[3 * t],
          3 * mesh.corner[3 * t + 1],
          3 * mesh.corner[3 * t + 2],
          t,
          buffer);
    }
    Foliage foliage = scene.foliage;
    double[] m = camera.axes;
    for (int c = 0; c < foliage.cards; c++) {
      int at = c * Foliage.STRIDE;
      double dx = foliage.card[at] - camera.x;
      double dy = foliage.card[at + 1] - camera.y;
      double dz = foliage.card[at + 2] - camera.z;
      double z = m[6] * dx + m[7] * dy + m[8] * dz;
      if (z > 2 * NEAR) {
        double x = m[0] * dx + m[1] * dy + m[2] * dz;
        double y = m[3] * dx + m[4] * dy + m[5] * dz;
        buffer.card(
            (float) (scale * (camera.focal * x / z + camera.centreX)),
            (float) (scale * (camera.focal * y / z + camera.centreY)),
            (float) (1 / z),
            (float) (scale * camera.focal * foliage.card[at + 3] / z),
            foliage.card[at + 4],
            foliage.card[at + 5],
            foliage.leaves[c].mask(),
            -2 - c);
      }
    }
  }

  /** Grid points to a pixel. */
  double scale() {
    return scale;
  }

  /** The mesh's vertices in the camera's coordinates. */
  double[] eye() {
    return eye;
  }

  private void transform(Mesh mesh) {
    if (eye.length < 3 * mesh.vertices) {
      eye = new double[3 * mesh.vertices];
    }
    double[] m = camera.axes;
    for (int i = 0; i < mesh.vertices; i++) {
      double dx = mesh.vertex[i * Mesh.STRIDE] - camera.x;
      double dy = mesh.vertex[i * Mesh.STRIDE + 1] - camera.y;
      double dz = mesh.vertex[i * Mesh.STRIDE + 2] - camera.z;
      eye[3 * i] = m[0] * dx + m[1] * dy + m[2] * dz;
      eye[3 * i + 1] = m[3] * dx + m[4] * dy + m[5] * dz;
      eye[3 * i + 2] = m[6] * dx + m[7] * dy + m[8] * dz;
    }
  }

  private void triangle(int a, int b, int c, int id, DepthBuffer buffer) {
    boolean inA = eye[a + 2] >= NEAR;
    boolean inB = eye[b + 2] >= NEAR;
    boolean inC = eye[c + 2] >= NEAR;
    if (inA && inB && inC) {
      project(
          eye[a],
          eye[a + 1],
          eye[a + 2],
          eye[b],
          eye[b + 1],
          eye[b + 2],
          eye[c],
          eye[c + 1],
          eye[c + 2],
          id,
          buffer);
    } else if (inA || inB || inC) {
      // Turn it so that a is the one alone on its side.
      if (inB != inA && inB != inC) {
        cut(b, c, a, id, buffer);
      } else if (inC != inA && inC != inB) {
        cut(c, a, b, id, buffer);
      } else {
        cut(a, b, c, id, buffer);
      }
    }
  }

  /** A triangle that the near plane parts, a from b and c. */
  private void cut(int a, int b, int c, int id, DepthBuffer buffer) {
    double tb = (NEAR - eye[a + 2]) / (eye[b + 2] - eye[a + 2]);
    double tc = (NEAR - eye[a + 2]) / (eye[c + 2] - eye[a + 2]);
    double bx = eye[a] + tb * (eye[b] - eye[a]);
    double by = eye[a + 1] + tb * (eye[b + 1] - eye[a + 1]);
    double cx = eye[a] + tc * (eye[c] - eye[a]);
    double cy = eye[a + 1] + tc * (eye[c + 1] - eye[a + 1]);
    if (eye[a + 2] >= NEAR) {
      project(eye[a], eye[a + 1], eye[a + 2], bx, by, NEAR, cx, cy, NEAR, id, buffer);
    } else {
      project(
          bx, by, NEAR, eye[b], eye[b + 1], eye[b + 2], eye[c], eye[c + 1], eye[c + 2], id, buffer);
      project(bx, by, NEAR, eye[c], eye[c + 1], eye[c + 2], cx, cy, NEAR, id, buffer);
    }
  }

  private void project(
      double ax,
      double ay,
      double az,
      double bx,
      double by,
      double bz,
      double cx,
      double cy,
      double cz,
      int id,
      DepthBuffer buffer) {
    double f = scale * camera.focal;
    double x = scale * camera.centreX;
    double y = scale * camera.centreY;
    buffer.triangle(
        f * ax / az + x,
        f * ay / az + y,
        1 / az,
        f * bx / bz + x,
        f * by / bz + y,
        1 / bz,
        f * cx / cz + x,
        f * cy / cz + y,
        1 / cz,
        id);
  }
}
