package dev.hydranet;

import dev.hydranet.engine.Threads;
import dev.hydranet.engine.tensor.Tensor;
import dev.hydranet.engine.testing.SeededTensors;
import dev.hydranet.engine.weights.Safetensors;
import dev.hydranet.network.HydraNetwork;
import dev.hydranet.network.Task;
import java.awt.image.BufferedImage;
import java.util.EnumSet;
import java.util.Map;

/** A narrow network with seeded weights, and pictures for it. */
public final class SmallNetwork {
  public static final HydraNetwork NETWORK =
      HydraNetwork.of(5, EnumSet.allOf(Task.class)).scaled(0.1);
  static final Map<String, Tensor> WEIGHTS = SeededTensors.parameters(NETWORK.graph(), 4);

  private SmallNetwork() {}

  public static HydraNet load(Threads threads) {
    return HydraNet.of(new Safetensors(WEIGHTS, Map.of()), threads);
  }

  /** A picture with some structure, another one for each seed. */
  public static BufferedImage picture(int height, int width, int seed) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int red = x * 255 / width;
        int green = y * 255 / height;
        int blue = (x * y + seed * 37) & 0xff;
        image.setRGB(x, y, red << 16 | green << 8 | blue);
      }
    }
    return image;
  }
}
