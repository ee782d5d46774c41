package dev.hydranet.model;

import dev.hydranet.BundledWeights;
import java.io.IOException;
import java.io.InputStream;

/**
 * Weights for streets: six classes, depth and surface normals. How they were made is described in
 * this project's folder {@code training}.
 */
public final class StreetWeights implements BundledWeights {
  private static final String RESOURCE = "hydranet.safetensors";

  /** For the service loader. */
  public StreetWeights() {}

  @Override
  public InputStream open() throws IOException {
    InputStream in = StreetWeights.class.getResourceAsStream(RESOURCE);
    if (in == null) {
      throw new IOException("hydranet-model: expected " + RESOURCE + " in it, found none");
    }
    return in;
  }
}
