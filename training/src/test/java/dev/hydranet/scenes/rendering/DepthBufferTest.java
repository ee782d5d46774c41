package dev.hydranet.scenes.rendering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hydranet.scenes.chance.Dice;
import org.junit.jupiter.api.Test;

class DepthBufferTest {
  private static final int SIZE = 64;

  /**
   * A square cut into triangles at random places: each grid point is in one of them, and in no
   * more.
   */
  @Test
  void trianglesThatShareEdgesLeaveNoGapAndNoOverlap() {
    Dice dice = new Dice(3);
    for (int round = 0; round < 50; round++) {
      int cells = 5;
      double[][][] corner = new double[cells + 1][cells + 1][];
      for (int j = 0; j <= cells; j++) {
        for (int i = 0; i <= cells; i++) {
          double loose = i == 0 || j == 0 || i == cells || j == cells ? 0 : 5;
          // Some corners lie exactly on grid points.
          double x = i * 14 - 3 + dice.in(-loose, loose);
          double y = j * 14 - 3 + dice.in(-loose, loose);
          boolean exact = dice.chance(0.3);
          corner[j][i] =
              new double[] {exact ? StrictMath.rint(x) : x, exact ? StrictMath.rint(y) : y};
        }
      }
      int[] hits = new int[SIZE * SIZE];
      DepthBuffer buffer = new DepthBuffer(SIZE, SIZE);
      for (int j = 0; j < cells; j++) {
        for (int i = 0; i < cells; i++) {
          double[] a = corner[j][i];
          double[] b = corner[j][i + 1];
          double[] c = corner[j + 1][i + 1];
          double[] d = corner[j + 1][i];
          count(buffer, a, b, c, hits);
          count(buffer, c, a, d, hits);
        }
      }
      assertThat(hits).containsOnly(1);
    }
  }

  private static void count(DepthBuffer buffer, double[] a, double[] b, double[] c, int[] hits) {
    buffer.clear(0);
    buffer.triangle(a[0], a[1], 1, b[0], b[1], 1, c[0], c[1], 1, 7);
    for (int i = 0; i < hits.length; i++) {
      hits[i] += buffer.id[i] == 7 ? 1 : 0;
    }
  }

  @Test
  void theNearerTriangleIsSeenWhateverComesFirst() {
    DepthBuffer buffer = new DepthBuffer(SIZE, SIZE);
    for (int order = 0; order < 2; order++) {
      buffer.clear(0);
      for (int k = 0; k < 2; k++) {
        int what = (k + order) % 2;
        // One slopes from 1 to 3 across the grid, the other is level at 2: they meet in the middle.
        double left = what == 0 ? 1 : 2;
        double right = what == 0 ? 3 : 2;
        buffer.triangle(0, 0, left, SIZE, 0, right, 0, SIZE, left, what);
        buffer.triangle(SIZE, 0, right, SIZE, SIZE, right, 0, SIZE, left, what);
      }
      for (int y = 0; y < SIZE; y++) {
        assertThat(buffer.id[y * SIZE + SIZE / 2 - 2]).isEqualTo(1);
        assertThat(buffer.id[y * SIZE + SIZE / 2 + 2]).isZero();
        assertThat(buffer.depth[y * SIZE + 48]).isCloseTo(2.5f, within(1e-5f));
      }
    }
  }
}
