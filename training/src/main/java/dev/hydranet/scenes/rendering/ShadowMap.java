package dev.hydranet.scenes.rendering;

import dev.hydranet.scenes.geometry.Mesh;
import dev.hydranet.scenes.plants.Foliage;

/** What the sun sees of a square part of the scene. */
public final class ShadowMap {
  private final DepthBuffer buffer;
  private final float texel;
  private final double ahead;
  private final boolean steady;
  private float ax, ay, az, bx, by, bz, lx, ly, lz;
  private float offsetA;
  private float offsetB;
  private float[] a = new float[4096];
  private float[] b = new float[4096];
  private float[] depth = new float[4096];

  /**
   * @param size grid points across
   * @param extent metres across
   * @param ahead how far in front of the camera its middle lies, metres
   * @param steady whether its points stay at the same places in the world as the camera moves, so
   *     that shadows do not crawl from frame to frame
   */
  ShadowMap(int size, double extent, double ahead, boolean steady) {
    this.ahead = ahead;
    this.steady = steady;
    buffer = new DepthBuffer(size, size);
    texel = (float) (extent / size);
  }

  /** Draws what is around the scene's camera. */
  void draw(Scene scene) {
    double centreX = scene.camera.x + ahead * scene.camera.axes[6];
    double centreY = scene.camera.y;
    double centreZ = scene.camera.z + ahead * scene.camera.axes[8];
    lx = scene.light.sunX;
    ly = scene.light.sunY;
    lz = scene.light.sunZ;
    float across = (float) Math.sqrt(lx * lx + lz * lz);
    ax = lz / across;
    ay = 0;
    az = -lx / across;
    bx = ly * az - lz * ay;
    by = lz * ax - lx * az;
    bz = lx * ay - ly * ax;
    float half = 0.5f * buffer.width;
    offsetA = half - whole((float) (ax * centreX + ay * centreY + az * centreZ) / texel);
    offsetB = half - whole((float) (bx * centreX + by * centreY + bz * centreZ) / texel);
    buffer.clear(-1e9f);
    Mesh mesh = scene.mesh;
    if (a.length < mesh.vertices) {
      a = new float[mesh.vertices];
      b = new float[mesh.vertices];
      depth = new float[mesh.vertices];
    }
    for (int i = 0; i < mesh.vertices; i++) {
      float x = mesh.vertex[i * Mesh.STRIDE];
      float y = mesh.vertex[i * Mesh.STRIDE + 1];
      float z = mesh.vertex[i * Mesh.STRIDE + 2];
      a[i] = (ax * x + ay * y + az * z) / texel + offsetA;
      b[i] = (bx * x + by * y + bz * z) / texel + offsetB;
      depth[i] = lx * x + ly * y + lz * z;
    }
    for (int t = 0; t < mesh.triangles; t++) {
      if (mesh.shades[t]) {
        int i = mesh.corner[3 * t];
        int j = mesh.corner[3 * t + 1];
        int k = mesh.corner[3 * t + 2];
        buffer.triangle(a[i], b[i], depth[i], a[j], b[j], depth[j], a[k], b[k], depth[k], t);
      }
    }
    Foliage foliage = scene.foliage;
    for (int c = 0; c < foliage.cards; c++) {
      int at = c * Foliage.STRIDE;
      float x = foliage.card[at];
      float y = foliage.card[at + 1];
      float z = foliage.card[at + 2];
      buffer.card(
          (ax * x + ay * y + az * z) / texel + offsetA,
          (bx * x + by * y + bz * z) / texel + offsetB,
          lx * x + ly * y + lz * z,
          foliage.card[at + 3] / texel,
          foliage.card[at + 4],
          foliage.card[at + 5],
          foliage.leaves[c].mask(),
          -2 - c);
    }
  }

  private float whole(float points) {
    return steady ? (float) Math.rint(points) : points;
  }

  /** How much of the sun reaches a point, 0 to 1; negative if the point is not on the map. */
  float lit(float x, float y, float z, float bias) {
    float u = (ax * x + ay * y + az * z) / texel + offsetA;
    float v = (bx * x + by * y + bz * z) / texel + offsetB;
    if (!(u >= 1 && v >= 1 && u < buffer.width - 2 && v < buffer.height - 2)) {
      return -1;
    }
    float d = lx * x + ly * y + lz * z + bias;
    int iu = (int) u;
    int iv = (int) v;
    float fu = u - iu;
    float fv = v - iv;
    int at = iv * buffer.width + iu;
    float[] seen = buffer.depth;
    float upper = (seen[at] <= d ? 1 - fu : 0) + (seen[at + 1] <= d ? fu : 0);
    float lower =
        (seen[at + buffer.width] <= d ? 1 - fu : 0) + (seen[at + buffer.width + 1] <= d ? fu : 0);
    return upper * (1 - fv) + lower * fv;
  }

  /** The distance between the map's points, metres. */
  float texel() {
    return texel;
  }
}
