package dev.hydranet.cli.explain;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.zip.InflaterInputStream;

/** What {@link PackedPixels} packs, unpacked, as {@code explain/data.js} does it. */
public final class Unpacking {
  private Unpacking() {}

  public static int[] unpacked(String packed, int width) throws IOException {
    byte[] bytes =
        new InflaterInputStream(new ByteArrayInputStream(Base64.getDecoder().decode(packed)))
            .readAllBytes();
    int[] values = new int[bytes.length / 2];
    for (int i = 0; i < values.length; i++) {
      int zigzag = bytes[i] & 255 | (bytes[values.length + i] & 255) << 8;
      int left = i % width == 0 ? 0 : values[i - 1];
      int above = i < width ? 0 : values[i - width];
      int corner = i % width == 0 || i < width ? 0 : values[i - width - 1];
      int predicted;
      if (corner >= Math.max(left, above)) {
        predicted = Math.min(left, above);
      } else if (corner <= Math.min(left, above)) {
        predicted = Math.max(left, above);
      } else {
        predicted = left + above - corner;
      }
      int miss = (zigzag & 1) == 0 ? zigzag / 2 : -(zigzag + 1) / 2;
      values[i] = predicted + miss & 0xffff;
    }
    return values;
  }
}
