package dev.hydranet.scenes.rendering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hydranet.scenes.chance.Dice;
import dev.hydranet.scenes.geometry.Frame;
import org.junit.jupiter.api.Test;

class CameraTest {
  private static final Frame GROUND = Frame.at(3, 7, -2, 0.4);

  @Test
  void variesAboutKittis() {
    int cameras = 400;
    double focal = 0;
    double height = 0;
    for (int k = 0; k < cameras; k++) {
      Camera camera = Camera.drive(GROUND, 375, 1242, new Dice(k));
      focal += camera.focal / cameras;
      height += (camera.y - GROUND.y()) / cameras;
      assertThat(camera.focal).isBetween(660.0, 790.0);
      assertThat(camera.centreX).isCloseTo(621, within(1e-9));
      assertThat(camera.centreY).isCloseTo(172.9, within(1e-9));
    }
    assertThat(focal).isCloseTo(721.5, within(8.0));
    assertThat(height).isCloseTo(1.65, within(0.02));
  }

  @Test
  void anImageLessWideIsAnyPartOfTheWideOne() {
    double least = 1e9;
    double most = -1e9;
    for (int k = 0; k < 400; k++) {
      Camera camera = Camera.drive(GROUND, 192, 256, new Dice(k));
      least = Math.min(least, camera.centreX);
      most = Math.max(most, camera.centreX);
    }
    // 192 rows of KITTI's shape are 636 wide: 190 columns to the left and to the right of 256 in
    // the middle.
    assertThat(least).isBetween(128 - 190.0, 128 - 180.0);
    assertThat(most).isBetween(128 + 180.0, 128 + 190.0);
  }

  @Test
  void itsAxesAreSquare() {
    double[] m = Camera.drive(GROUND, 192, 256, new Dice(9)).axes;
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 3; j++) {
        double dot =
            m[3 * i] * m[3 * j] + m[3 * i + 1] * m[3 * j + 1] + m[3 * i + 2] * m[3 * j + 2];
        assertThat(dot).isCloseTo(i == j ? 1 : 0, within(1e-12));
      }
    }
    // Down in the camera is down in the world.
    assertThat(m[4]).isLessThan(-0.9);
  }
}
