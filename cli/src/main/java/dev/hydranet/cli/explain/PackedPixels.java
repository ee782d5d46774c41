package dev.hydranet.cli.explain;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/**
 * Pictures of numbers, small enough for a page: each pixel is predicted from its neighbours as in
 * LOCO-I (Weinberger, Seroussi, Sapiro, <i>IEEE Trans. Image Processing</i> 9(8), 2000), what the
 * prediction misses is kept by zlib. {@code explain/data.js} is the other way round.
 */
final class PackedPixels {
  /** Values are below this. */
  static final int LIMIT = 1 << Short.SIZE;

  private PackedPixels() {}

  /**
   * Packs a picture without loss.
   *
   * @param values row by row, from 0 to {@link #LIMIT} - 1
   * @return Base64 of zlib: of all misses, as zigzag numbers, the low bytes and then the high ones
   */
  static String pack(int[] values, int width) {
    byte[] bytes = new byte[2 * values.length];
    for (int i = 0; i < values.length; i++) {
      short miss = (short) (values[i] - predicted(values, i, width));
      int zigzag = miss << 1 ^ miss >> Short.SIZE - 1;
      bytes[i] = (byte) zigzag;
      bytes[values.length + i] = (byte) (zigzag >> Byte.SIZE);
    }
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION);
    try (DeflaterOutputStream out = new DeflaterOutputStream(packed, deflater)) {
      out.write(bytes);
    } catch (IOException e) {
      throw new IllegalStateException("memory cannot be written to", e);
    } finally {
      deflater.end();
    }
    return Base64.getEncoder().encodeToString(packed.toByteArray());
  }

  /** The median of left, above, and left + above - both; outside the picture there are zeros. */
  private static int predicted(int[] values, int at, int width) {
    boolean first = at % width == 0;
    int left = first ? 0 : values[at - 1];
    int above = at < width ? 0 : values[at - width];
    int corner = first || at < width ? 0 : values[at - width - 1];
    return Math.clamp(left + above - corner, Math.min(left, above), Math.max(left, above));
  }
}
