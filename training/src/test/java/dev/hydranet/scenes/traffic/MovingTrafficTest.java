package dev.hydranet.scenes.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hydranet.scenes.chance.Dice;
import dev.hydranet.scenes.geometry.Frame;
import dev.hydranet.scenes.geometry.Mesh;
import dev.hydranet.scenes.plants.Foliage;
import dev.hydranet.scenes.streets.Street;
import dev.hydranet.scenes.town.Town;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nobody runs into anything, and everybody drives gently. */
class MovingTrafficTest {
  private static final int FRAMES = 250;
  private static final double STEP = 1.0 / MovingTraffic.RATE;

  private static Street street(long seed) {
    return new Street(FRAMES * STEP * MovingTraffic.FASTEST, new Dice(seed));
  }

  @Test
  void distancesAreKeptAndSpeedsChangeGently() {
    double closest = 1e9;
    double farthest = 0;
    for (long seed = 0; seed < 40; seed++) {
      for (Lane lane : new MovingTraffic(street(seed), FRAMES, new Dice(seed)).lanes()) {
        for (int i = 0; i < lane.size(); i++) {
          double before = Double.NaN;
          for (int frame = 1; frame < FRAMES; frame++) {
            double speed = (lane.travelled(i, frame) - lane.travelled(i, frame - 1)) / STEP;
            assertThat(speed).isBetween(0.0, MovingTraffic.FASTEST);
            if (!Double.isNaN(before)) {
              assertThat((speed - before) / STEP).isBetween(-5.0, 1.3);
            }
            before = speed;
          }
          farthest = Math.max(farthest, lane.travelled(i, FRAMES - 1));
          for (int frame = 0; i + 1 < lane.size() && frame < FRAMES; frame++) {
            double half = (lane.vehicle(i).length() + lane.vehicle(i + 1).length()) / 2;
            double apart = Math.abs(lane.at(i + 1, frame) - lane.at(i, frame)) - half;
            closest = Math.min(closest, apart);
          }
        }
      }
    }
    assertThat(closest).as("metres between bumpers").isGreaterThan(2);
    assertThat(farthest).as("metres driven in ten seconds").isGreaterThan(60);
  }

  @Test
  void theCameraTurnsGently() {
    for (long seed = 0; seed < 40; seed++) {
      MovingTraffic traffic = new MovingTraffic(street(seed), FRAMES, new Dice(seed));
      for (int frame = 1; frame < FRAMES; frame++) {
        Frame a = traffic.camera(frame - 1);
        Frame b = traffic.camera(frame);
        double cosine = a.fx() * b.fx() + a.fy() * b.fy() + a.fz() * b.fz();
        double degrees = Math.toDegrees(Math.acos(Math.min(1, cosine)));
        assertThat(degrees / STEP).as("degrees a second").isLessThan(12);
      }
    }
  }

  @Test
  void vehiclesAreAsLongAndAsWideAsTheLaneTakesThemToBe() {
    Dice dice = new Dice(1);
    for (int i = 0; i < 200; i++) {
      Vehicle vehicle = Vehicle.any(10, true, dice);
      Mesh mesh = new Mesh();
      vehicle.build(mesh, Frame.at(0, 0, 0, 0), 3);
      for (int v = 0; v < mesh.vertices; v++) {
        assertThat(Math.abs(mesh.vertex[v * Mesh.STRIDE])).isLessThan(1.3f);
        assertThat(Math.abs(mesh.vertex[v * Mesh.STRIDE + 2]))
            .isLessThan((float) vehicle.length() / 2);
      }
    }
  }

  /** Nothing that stands is where a vehicle drives: not parked cars, nor posts, nor hedges. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void nothingStandsInTheWay(long seed) {
    Street street = street(seed);
    Mesh mesh = new Mesh();
    Foliage foliage = new Foliage();
    Town.build(mesh, foliage, street, new Dice(seed));
    MovingTraffic traffic = new MovingTraffic(street, FRAMES, new Dice(seed));
    int hits = 0;
    for (Lane lane : traffic.lanes()) {
      for (int i = 0; i < lane.size(); i++) {
        for (int frame = 0; frame < FRAMES; frame += 10) {
          if (Math.abs(lane.at(i, frame)) < street.drive + 100) {
            Frame place = lane.place(i, frame);
            for (int v = 0; v < mesh.vertices; v++) {
              hits += inside(place, mesh.vertex, v * Mesh.STRIDE) ? 1 : 0;
            }
            for (int c = 0; c < foliage.cards; c++) {
              hits += inside(place, foliage.card, c * Foliage.STRIDE) ? 1 : 0;
            }
          }
        }
      }
    }
    assertThat(hits).isZero();
  }

  /** Whether a point is in the body of a car that stands there. */
  private static boolean inside(Frame car, float[] point, int at) {
    double x = point[at] - car.x();
    double y = point[at + 1] - car.y();
    double z = point[at + 2] - car.z();
    double right = x * car.rx() + y * car.ry() + z * car.rz();
    double up = x * car.ux() + y * car.uy() + z * car.uz();
    double forward = x * car.fx() + y * car.fy() + z * car.fz();
    return Math.abs(right) < 0.95 && Math.abs(forward) < 2.4 && up > 0.3 && up < 1.5;
  }
}
