package dev.hydranet.scenes.rendering;

import dev.hydranet.scenes.geometry.Mesh;
import dev.hydranet.scenes.plants.Foliage;

/**
 * A map of what stands how high, seen from above: it tells how much of the sky a point near the
 * ground does not see.
 */
public final class Heights {
  private static final int SIZE = 256;
  private static final float CELL = 0.5f;

  /** How high a thing counts for what it takes away close by and far off, metres. */
  private static final float LOW = 1;

  private static final float TALL = 4;

  private final DepthBuffer buffer = new DepthBuffer(SIZE, SIZE);
  private final float[] ground = new float[SIZE * SIZE];
  private final float[] close = new float[SIZE * SIZE];
  private final float[] wide = new float[SIZE * SIZE];
  private final float[] row = new float[SIZE];
  private float originX;
  private float originZ;

  /** Maps the scene around a point. */
  public void draw(Scene scene, double centreX, double centreZ) {
    originX = (float) centreX - SIZE / 2 * CELL;
    originZ = (float) centreZ - SIZE / 2 * CELL;
    buffer.clear(-1000);
    triangles(scene.mesh, false);
    System.arraycopy(buffer.depth, 0, ground, 0, ground.length);
    triangles(scene.mesh, true);
    Foliage foliage = scene.foliage;
    for (int c = 0; c < foliage.cards; c++) {
      int at = c * Foliage.STRIDE;
      buffer.card(
          (foliage.card[at] - originX) / CELL,
          (foliage.card[at + 2] - originZ) / CELL,
          foliage.card[at + 1],
          foliage.card[at + 3] / CELL,
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
    blur(close, 1);
    blur(wide, 4);
    blur(wide, 4);
  }

  private void triangles(Mesh mesh, boolean casting) {
    for (int t = 0; t < mesh.triangles; t++) {
      if (mesh.shades[t] == casting) {
        int i = mesh.corner[3 * t] * Mesh.STRIDE;
        int j = mesh.corner[3 * t + 1] * Mesh.STRIDE;
        int k = mesh.corner[3 * t + 2] * Mesh.STRIDE;
        float[] v = mesh.vertex;
        buffer.triangle(
            (v[i] - originX) / CELL,
            (v[i + 2] - originZ) / CELL,
            v[i + 1],
            (v[j] - originX) / CELL,
            (v[j + 2] - originZ) / CELL,
            v[j + 1],
            (v[k] - originX) / CELL,
            (v[k + 2] - originZ) / CELL,
            v[k + 1],
            t);
      }
    }
  }

  /** How much of the sky's light arrives at a point, 0 to 1. */
  float open(float x, float y, float z) {
    int ix = (int) ((x - originX) / CELL);
    int iz = (int) ((z - originZ) / CELL);
    if (ix < 0 || iz < 0 || ix >= SIZE - 1 || iz >= SIZE - 1) {
      return 0.85f;
    }
    int at = iz * SIZE + ix;
    float fx = (x - originX) / CELL - ix;
    float fz = (z - originZ) / CELL - iz;
    float above = Math.max(0, y - ground[at]);
    float shut = mixed(close, at, fx, fz) - above;
    float far = mixed(wide, at, fx, fz) - above;
    return (1 - 0.55f * Math.max(0, shut) / LOW) * (1 - 0.5f * Math.max(0, far) / TALL);
  }

  private static float mixed(float[] map, int at, float fx, float fz) {
    float a = map[at] + fx * (map[at + 1] - map[at]);
    float b = map[at + SIZE] + fx * (map[at + SIZE + 1] - map[at + SIZE]);
    return a + fz * (b - a);
  }

  /** The mean over squares that reach {@code reach} cells to every side. */
  private void blur(float[] map, int reach) {
    for (int y = 0; y < SIZE; y++) {
      line(map, y * SIZE, 1, reach);
    }
    for (int x = 0; x < SIZE; x++) {
      line(map, x, SIZE, reach);
    }
  }

  private void line(float[] map, int start, int step, int reach) {
    for (int i = 0; i < SIZE; i++) {
      row[i] = map[start + i * step];
    }
    float sum = 0;
    for (int i = -reach; i <= reach; i++) {
      sum += row[Math.max(0, i)];
    }
    float share = 1f / (2 * reach + 1);
    for (int i = 0; i < SIZE; i++) {
      map[start + i * step] = sum * share;
      sum += row[Math.min(SIZE - 1, i + reach + 1)] - row[Math.max(0, i - reach)];
    }
  }
}
