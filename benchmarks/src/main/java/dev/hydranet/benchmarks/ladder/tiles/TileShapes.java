package dev.hydranet.benchmarks.ladder.tiles;

import dev.hydranet.benchmarks.harness.Cost;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import jdk.incubator.vector.FloatVector;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Products with tiles of different shapes, on operands in the caches, on one thread. Under which
 * collector matters: C2 compiles loops differently.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class TileShapes {
  /** Pixels: a multiple of every tile's. */
  static final int PIXELS = 60;

  /** Inputs of a pixel. */
  static final int DEPTH = 64;

  /** The tile. */
  @Param public Shape shape;

  float[] in; // [PIXELS][DEPTH]
  float[] weights; // [DEPTH][outputs]
  float[] out; // [PIXELS][outputs]

  /** Makes the operands. */
  @Setup
  public void setUp() {
    Random random = new Random(1);
    in = random(random, PIXELS * DEPTH);
    weights = random(random, DEPTH * outputs());
    out = new float[PIXELS * outputs()];
  }

  private static float[] random(Random random, int length) {
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = random.nextFloat(-1, 1);
    }
    return values;
  }

  int outputs() {
    return shape.tile().vectors() * FloatVector.SPECIES_PREFERRED.length();
  }

  /** Under the collector that a JVM chooses on two processors and more. */
  @Benchmark
  @Fork(value = 5, jvmArgsAppend = "-XX:+UseG1GC")
  public float[] g1(Cost cost) {
    return product(cost);
  }

  /** Under the collector that a JVM chooses on one processor. */
  @Benchmark
  @Fork(value = 5, jvmArgsAppend = "-XX:+UseSerialGC")
  public float[] serial(Cost cost) {
    return product(cost);
  }

  private float[] product(Cost cost) {
    multiply();
    cost.add((double) PIXELS * DEPTH * outputs() / 1e9, 0);
    return out;
  }

  /** Fills {@link #out}. */
  void multiply() {
    Tile tile = shape.tile();
    int outputs = outputs();
    for (int p = 0; p < PIXELS; p += tile.rows()) {
      tile.run(in, p * DEPTH, DEPTH, weights, out, p * outputs);
    }
  }
}
