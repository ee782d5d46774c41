package dev.hydranet.engine.kernel.scalar;

import dev.hydranet.engine.graph.Conv2d;
import dev.hydranet.engine.kernel.Clamp;
import dev.hydranet.engine.kernel.Kernel;
import dev.hydranet.engine.kernel.Nhwc;
import dev.hydranet.engine.kernel.PackedMatrix;
import dev.hydranet.engine.kernel.Parts;
import dev.hydranet.engine.kernel.Patches;
import java.util.Arrays;

/**
 * Convolution of any geometry: a pixel's patch is copied, then multiplied by the weights, group by
 * group.
 */
final class ScalarConv2d implements Kernel {
  private final Patches patches;
  private final ScalarGemm[] gemms;
  private final int groupOutputs;
  private final Parts parts;

  ScalarConv2d(Nhwc in, Conv2d conv, PackedMatrix[] weights, Nhwc residual, Clamp clamp, Nhwc out) {
    this.patches = new Patches(in, conv, out);
    this.gemms = new ScalarGemm[weights.length];
    for (int group = 0; group < weights.length; group++) {
      gemms[group] = new ScalarGemm(weights[group], residual, clamp, out);
    }
    this.groupOutputs = conv.outChannels() / conv.groups();
    this.parts = Parts.of(out.pixels(), out.pixels(), 1);
  }

  @Override
  public int parts() {
    return parts.count();
  }

  @Override
  public long scratchFloats() {
    return (long) groupOutputs + patches.length();
  }

  @Override
  public long macs() {
    return (long) patches.out().pixels() * Arrays.stream(gemms).mapToLong(ScalarGemm::macs).sum();
  }

  @Override
  public long weightFloats() {
    return Arrays.stream(gemms).mapToLong(gemm -> gemm.matrix().floats()).sum();
  }

  @Override
  public void run(int part, float[] scratch) {
    for (int p = parts.begin(part); p < parts.end(part); p++) {
      for (int group = 0; group < gemms.length; group++) {
        // The sums come first, where the loops over them want them.
        patches.copy(group, p, 1, scratch, groupOutputs);
        gemms[group].run(scratch, groupOutputs, p, group * groupOutputs, scratch);
      }
    }
  }
}
