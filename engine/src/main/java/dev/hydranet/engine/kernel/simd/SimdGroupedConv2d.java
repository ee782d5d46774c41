package dev.hydranet.engine.kernel.simd;

import dev.hydranet.engine.graph.Conv2d;
import dev.hydranet.engine.kernel.Clamp;
import dev.hydranet.engine.kernel.Kernel;
import dev.hydranet.engine.kernel.Nhwc;
import dev.hydranet.engine.kernel.PackedMatrix;
import dev.hydranet.engine.kernel.Parts;
import dev.hydranet.engine.kernel.Patches;
import dev.hydranet.engine.kernel.simd.gemm.Gemm;
import java.util.Arrays;
import java.util.Optional;

/**
 * Convolution in groups that are not single channels: the standard convolution group by group, each
 * into its own memory, since a group's channels need not begin at a vector.
 */
final class SimdGroupedConv2d implements Kernel {
  private static final int CACHED_FLOATS = 1 << 14;

  private final Nhwc out;
  private final Patches patches;
  private final Gemm[] groups;
  private final Parts parts;

  SimdGroupedConv2d(Nhwc in, Conv2d conv, PackedMatrix[] weights, Clamp clamp, Nhwc out) {
    this.out = out;
    this.patches = new Patches(in, conv, out);
    this.groups = new Gemm[weights.length];
    for (int i = 0; i < groups.length; i++) {
      groups[i] = Gemm.of(weights[i], patches.length(), null, clamp, weights[i].columns());
    }
    this.parts = Parts.of(out.pixels(), Math.max(1, CACHED_FLOATS / patches.length()), Gemm.STEP);
  }

  @Override
  public int parts() {
    return parts.count();
  }

  @Override
  public Optional<Parts> runs() {
    return Optional.of(parts);
  }

  @Override
  public long scratchFloats() {
    return (long) parts.size() * (patches.length() + groups[0].outStride());
  }

  @Override
  public long macs() {
    return Arrays.stream(groups).mapToLong(group -> group.macs(parts)).sum();
  }

  @Override
  public long weightFloats() {
    return Arrays.stream(groups).mapToLong(group -> group.matrix().floats()).sum();
  }

  @Override
  public void run(int part, float[] scratch) {
    int begin = parts.begin(part);
    int pixels = parts.end(part) - begin;
    int channels = out.channels() / groups.length;
    int results = parts.size() * patches.length();
    for (int group = 0; group < groups.length; group++) {
      int columns = groups[group].outStride();
      patches.copy(group, begin, pixels, scratch, 0);
      groups[group].run(scratch, 0, 0, scratch, results, pixels);
      for (int p = 0; p < pixels; p++) {
        System.arraycopy(
            scratch,
            results + p * columns,
            out.data(),
            out.pixel(begin + p) + group * channels,
            channels);
      }
    }
  }
}
