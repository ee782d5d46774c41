package dev.hydranet.scenes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hydranet.scenes.rendering.Camera;
import dev.hydranet.scenes.sample.Label;
import dev.hydranet.scenes.sample.Sample;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** What the labels of a sample say agrees, with each other and with the camera's geometry. */
class SampleTruthTest {
  private static final int HEIGHT = 96;
  private static final int WIDTH = 128;
  private static final long SEED = 5;

  private final Renderer renderer = new Renderer(HEIGHT, WIDTH);

  @Test
  void skyHasNeitherDepthNorNormalAndAllElseHasANormal() {
    for (int k = 0; k < 8; k++) {
      Sample sample = renderer.render(SEED, k);
      byte[] n = sample.normals();
      int wrong = 0;
      for (int i = 0; i < HEIGHT * WIDTH; i++) {
        boolean sky = sample.labels()[i] == Label.SKY;
        boolean coded = (n[3 * i] | n[3 * i + 1] | n[3 * i + 2]) != 0;
        if (coded == sky || (sky && sample.depth()[i] != 0)) {
          wrong++;
        }
      }
      assertThat(wrong).as("pixels of sample %d", k).isZero();
    }
  }

  @Test
  void depthIsWithinTheRange() {
    int deepest = 0;
    for (int k = 0; k < 8; k++) {
      for (short depth : renderer.render(SEED, k).depth()) {
        deepest = Math.max(deepest, depth & 0xFFFF);
      }
    }
    int range = (int) (Sample.DEPTH_RANGE * Sample.DEPTH_SCALE);
    assertThat(deepest).isBetween(range * 9 / 10, range);
  }

  @Test
  void normalsAreUnitVectorsThatFaceTheCamera() {
    for (int k = 0; k < 8; k++) {
      Sample sample = renderer.render(SEED, k);
      double shortest = 1;
      double longest = 1;
      double mostAway = -1;
      for (int i = 0; i < HEIGHT * WIDTH; i++) {
        if (sample.labels()[i] != Label.SKY) {
          double[] n = normal(sample, i);
          double length = Math.sqrt(dot(n, n));
          shortest = Math.min(shortest, length);
          longest = Math.max(longest, length);
          double[] ray = ray(renderer.camera(), i);
          mostAway = Math.max(mostAway, dot(n, ray) / Math.sqrt(dot(ray, ray)));
        }
      }
      // Half a level of 8 bits is 0.004 in each coordinate.
      assertThat(shortest).as("sample %d", k).isGreaterThan(0.99);
      assertThat(longest).as("sample %d", k).isLessThan(1.01);
      assertThat(mostAway).as("sample %d", k).isLessThan(0.01);
    }
  }

  @Test
  void theRoadsDepthsSpanItsNormals() {
    int compared = 0;
    double[] errors = new double[20 * HEIGHT * WIDTH];
    for (int k = 0; k < 20; k++) {
      Sample sample = renderer.render(SEED, k);
      for (int y = 2; y < HEIGHT - 2; y++) {
        for (int x = 2; x < WIDTH - 2; x++) {
          int i = y * WIDTH + x;
          // Far off, the steps of 1/256 m are too coarse to tell a direction.
          if (roadWithin(sample, i) && (sample.depth()[i] & 0xFFFF) < 15 * Sample.DEPTH_SCALE) {
            double[] across = difference(point(sample, i + 2), point(sample, i - 2));
            double[] along = difference(point(sample, i + 2 * WIDTH), point(sample, i - 2 * WIDTH));
            double[] spanned = cross(along, across);
            double cosine = dot(spanned, normal(sample, i)) / Math.sqrt(dot(spanned, spanned));
            errors[compared++] = Math.toDegrees(Math.acos(Math.min(1, cosine)));
          }
        }
      }
    }
    Arrays.sort(errors, 0, compared);
    assertThat(compared).isGreaterThan(5000);
    assertThat(errors[compared / 2]).as("median, degrees").isLessThan(0.6);
    assertThat(errors[compared * 99 / 100]).as("99th percentile, degrees").isLessThan(3);
  }

  @Test
  void aTypicalStreetHasAllClasses() {
    long[] pixels = new long[256];
    int samples = 60;
    for (int k = 0; k < samples; k++) {
      for (byte label : renderer.render(SEED, k).labels()) {
        pixels[label & 255]++;
      }
    }
    double all = (double) samples * HEIGHT * WIDTH;
    assertThat(pixels[Label.SKY] / all).isBetween(0.03, 0.25);
    assertThat(pixels[Label.BUILDING] / all).isBetween(0.1, 0.4);
    assertThat(pixels[Label.ROAD] / all).isBetween(0.1, 0.4);
    assertThat(pixels[Label.SIDEWALK] / all).isBetween(0.02, 0.15);
    assertThat(pixels[Label.VEGETATION] / all).isBetween(0.15, 0.5);
    assertThat(pixels[Label.CAR] / all).isBetween(0.05, 0.25);
    assertThat(pixels[Label.IGNORED & 255] / all).isBetween(0.005, 0.1);
    assertThat(Arrays.stream(pixels).filter(n -> n > 0).count())
        .isEqualTo(Sample.CLASSES.length + 1);
  }

  /** Whether a pixel and all within two of it are road. */
  private static boolean roadWithin(Sample sample, int i) {
    for (int dy = -2; dy <= 2; dy++) {
      for (int dx = -2; dx <= 2; dx++) {
        if (sample.labels()[i + dy * WIDTH + dx] != Label.ROAD) {
          return false;
        }
      }
    }
    return true;
  }

  private double[] point(Sample sample, int i) {
    double[] ray = ray(renderer.camera(), i);
    double z = (sample.depth()[i] & 0xFFFF) / (double) Sample.DEPTH_SCALE;
    return new double[] {ray[0] * z, ray[1] * z, z};
  }

  private static double[] ray(Camera camera, int i) {
    return new double[] {
      (i % WIDTH + 0.5 - camera.centreX) / camera.focal,
      (i / WIDTH + 0.5 - camera.centreY) / camera.focal,
      1
    };
  }

  private static double[] normal(Sample sample, int i) {
    byte[] n = sample.normals();
    return new double[] {
      (n[3 * i] & 255) / 127.5 - 1,
      (n[3 * i + 1] & 255) / 127.5 - 1,
      1 - (n[3 * i + 2] & 255) / 127.5
    };
  }

  private static double[] difference(double[] a, double[] b) {
    return new double[] {a[0] - b[0], a[1] - b[1], a[2] - b[2]};
  }

  private static double[] cross(double[] a, double[] b) {
    return new double[] {
      a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]
    };
  }

  private static double dot(double[] a, double[] b) {
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
  }
}
