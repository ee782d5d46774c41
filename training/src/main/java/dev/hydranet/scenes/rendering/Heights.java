package dev.hydranet.scenes.rendering;

import dev.hydranet.scenes.chance.Noise;
import dev.hydranet.scenes.geometry.Mesh;
import dev.hydranet.scenes.plants.Foliage;

/**
 * A map of what stands how high, seen from above: it tells how much of the sky a point near the
 * ground does not see.
 */
public final class Heights {
  /** How far in front of the camera its middle lies, metres. */
  private static final double AHEAD = 50;

  /** How high a thing counts for what it takes away close by and far off, metres. */
  private static final float LOW = 1;

  private static final float TALL = 4;

  private final int size;
  private final float cell;
  private final int closeReach;
  private final int wideReach;
  private final boolean steady;
  private final DepthBuffer buffer;
  private final float[] ground;
  private final float[] close;
  private final float[] wide;
  private final float[] row;
  private float originX;
  private float originZ;

  /**
   * A map of 128 by 128 metres.
   *
   * @param fineness cells to half a metre
   * @param steady whether cells stay at the same places in the world as the camera moves
   */
  Heights(int fineness, boolean steady) {
    this.steady = steady;
    size = 256 * fineness;
    cell = 0.5f / fineness;
    closeReach = (3 * fineness - 1) / 2;
    wideReach = (9 * fineness - 1) / 2;
    buffer = new DepthBuffer(size, size);
    ground = new float[size * size];
    close = new float[size * size];
    wide = new float[size * size];
    row = new float[size];
  }

  /** Maps what is around the scene's camera. */
  void draw(Scene scene) {
    originX = origin(scene.camera.x + AHEAD * scene.camera.axes[6]);
    originZ = origin(scene.camera.z + AHEAD * scene.camera.axes[8]);
    buffer.clear(-1000);
    triangles(scene.mesh, false);
    System.arraycopy(buffer.depth, 0, ground, 0, ground.length);
    triangles(scene.mesh, true);
    Foliage foliage = scene.foliage;
    for (int c = 0; c < foliage.cards; c++) {
      int at = c * Foliage.STRIDE;
      buffer.card(
          (foliage.card[at] - originX) / cell,
          (foliage.card[at + 2] - originZ) / cell,
          foliage.card[at + 1],
          foliage.card[at + 3] / cell,
          1,
          0,
          foliage.leaves[c].mask(),
          -2 - c);
    }
    for (int i = 0; i < ground.length; i++) {
      float above = ground[i] < -999 ? 0 : buffer.depth[i] - ground[i];
      close[i] = Math.min(LOW, above);
      wide[i] = Math.min(TALL, above);
    }
    blur(close, closeReach);
    blur(wide, wideReach);
    blur(wide, wideReach);
  }

  private float origin(double centre) {
    float origin = (float) centre - size / 2 * cell;
    return steady ? Noise.floor(origin / cell) * cell : origin;
  }

  private void triangles(Mesh mesh, boolean casting) {
    for (int t = 0; t < mesh.triangles; t++) {
      if (mesh.shades[t] == casting) {
        int i = mesh.corner[3 * t] * Mesh.STRIDE;
        int j = mesh.corner[3 * t + 1] * Mesh.STRIDE;
        int k = mesh.corner[3 * t + 2] * Mesh.STRIDE;
        float[] v = mesh.vertex;
        buffer.triangle(
            (v[i] - originX) / cell,
            (v[i + 2] - originZ) / cell,
            v[i + 1],
            (v[j] - originX) / cell,
            (v[j + 2] - originZ) / cell,
            v[j + 1],
            (v[k] - originX) / cell,
            (v[k + 2] - originZ) / cell,
            v[k + 1],
            t);
      }
    }
  }

  /** How much of the sky's light arrives at a point, 0 to 1. */
  float open(float x, float y, float z) {
    int ix = (int) ((x - originX) / cell);
    int iz = (int) ((z - originZ) / cell);
    if (ix < 0 || iz < 0 || ix >= size - 1 || iz >= size - 1) {
      return 0.85f;
    }
    int at = iz * size + ix;
    float fx = (x - originX) / cell - ix;
    float fz = (z - originZ) / cell - iz;
    float above = Math.max(0, y - ground[at]);
    float shut = mixed(close, at, fx, fz) - above;
    float far = mixed(wide, at, fx, fz) - above;
    return (1 - 0.55f * Math.max(0, shut) / LOW) * (1 - 0.5f * Math.max(0, far) / TALL);
  }

  private float mixed(float[] map, int at, float fx, float fz) {
    float a = map[at] + fx * (map[at + 1] - map[at]);
    float b = map[at + size] + fx * (map[at + size + 1] - map[at + size]);
    return a + fz * (b - a);
  }

  /** The mean over squares that reach {@code reach} cells to every side. */
  private void blur(float[] map, int reach) {
    for (int y = 0; y < size; y++) {
      line(map, y * size, 1, reach);
    }
    for (int x = 0; x < size; x++) {
      line(map, x, size, reach);
    }
  }

  private void line(float[] map, int start, int step, int reach) {
    for (int i = 0; i < size; i++) {
      row[i] = map[start + i * step];
    }
    float sum = 0;
    for (int i = -reach; i <= reach; i++) {
      sum += row[Math.max(0, i)];
    }
    float share = 1f / (2 * reach + 1);
    for (int i = 0; i < size; i++) {
      map[start + i * step] = sum * share;
      sum += row[Math.min(size - 1, i + reach + 1)] - row[Math.max(0, i - reach)];
    }
  }
}
