package dev.hydranet.engine.kernel.simd.vector;

import dev.hydranet.engine.kernel.choice.VectorBits;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The vectors of all kernels: as wide as {@link VectorBits} asks for if the machine has that, else
 * the machine's widest. Never above 512 bits: pooling works on blocks of 16 channels.
 */
public final class Vectors {
  /** A constant to the compiler, which is what makes vectors registers. */
  public static final VectorSpecies<Float> SPECIES = species();

  /** Floats in a vector. */
  public static final int LANES = SPECIES.length();

  private Vectors() {}

  private static VectorSpecies<Float> species() {
    int widest = Math.min(512, FloatVector.SPECIES_PREFERRED.vectorBitSize());
    return switch (Math.min(widest, VectorBits.requested().orElse(widest))) {
      case 512 -> FloatVector.SPECIES_512;
      case 256 -> FloatVector.SPECIES_256;
      default -> FloatVector.SPECIES_128;
    };
  }
}
