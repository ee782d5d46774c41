package dev.hydranet.images.vp8l;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.function.UnaryOperator;
import javax.imageio.IIOException;

/** Decodes a lossless WebP's picture (RFC 9649, section 3); its alpha is dropped. */
public final class Vp8l {
  private static final int SIGNATURE = 0x2f;
  private static final int HEADER = 5;
  private static final int SIZE_BITS = 14;
  private static final int LITERALS = 256;
  private static final int LENGTHS = 24;
  private static final int DISTANCES = 40;
  private static final int LARGEST_CACHE_BITS = 11;
  private static final int CACHE_HASH = 0x1e35a7bd;

  /** Where near pixels are, by their code: rows above, and 8 less the columns to the left. */
  private static final byte[] NEAR =
      HexFormat.of()
          .parseHex(
              "1807171928062729161a262a38053739151b363a252b48044749141c353b"
                  + "464a242c58454b343c035759131d565a232d444c555b333d68026769121e"
                  + "666a222e545c434d656b323e78017779535d111f646c424e767a212f757b"
                  + "313f636d525e00747c414f1020626e30737d515f40727e616f50717f6070");

  /** The codes of a part of the picture. */
  private record Codes(
      PrefixCode green, PrefixCode red, PrefixCode blue, PrefixCode alpha, PrefixCode distance) {
    static Codes read(BitReader in, int cacheSize) throws IIOException {
      return new Codes(
          PrefixCode.read(in, LITERALS + LENGTHS + cacheSize),
          PrefixCode.read(in, LITERALS),
          PrefixCode.read(in, LITERALS),
          PrefixCode.read(in, LITERALS),
          PrefixCode.read(in, DISTANCES));
    }
  }

  private final BitReader in;

  private Vp8l(byte[] data) {
    in = new BitReader(data, HEADER);
  }

  /**
   * {@return the width that a picture announces}
   *
   * @param data that begins as a picture does
   * @throws IIOException if it does not
   */
  public static int width(byte[] data) throws IIOException {
    return header(data).read(SIZE_BITS) + 1;
  }

  /**
   * {@return the height that a picture announces}
   *
   * @param data that begins as a picture does
   * @throws IIOException if it does not
   */
  public static int height(byte[] data) throws IIOException {
    BitReader header = header(data);
    header.read(SIZE_BITS);
    return header.read(SIZE_BITS) + 1;
  }

  private static BitReader header(byte[] data) throws IIOException {
    if (data.length < HEADER) {
      throw new IIOException("the file ends too early");
    }
    if (data[0] != SIGNATURE || (data[HEADER - 1] & 0xe0) != 0) {
      throw new IIOException("a WebP whose picture is not of the one lossless version");
    }
    return new BitReader(data, 1);
  }

  /**
   * {@return a picture's pixels, row by row, red, green and blue}
   *
   * @param data a whole picture, of a size for whose pixels there is room
   * @throws IIOException if it ends too early or is damaged
   */
  public static byte[] decode(byte[] data) throws IIOException {
    int[] pixels = new Vp8l(data).transformed(width(data), height(data));
    byte[] rgb = new byte[pixels.length * 3];
    for (int i = 0; i < pixels.length; i++) {
      rgb[3 * i] = (byte) (pixels[i] >> 16);
      rgb[3 * i + 1] = (byte) (pixels[i] >> 8);
      rgb[3 * i + 2] = (byte) pixels[i];
    }
    return rgb;
  }

  /** The picture, with all that its encoder did to it undone. */
  private int[] transformed(int width, int height) throws IIOException {
    Deque<UnaryOperator<int[]>> undo = new ArrayDeque<>();
    boolean[] seen = new boolean[4];
    int stored = width;
    while (in.read(1) == 1) {
      int kind = in.read(2);
      if (seen[kind]) {
        throw new IIOException("its pixels are damaged: a transform comes twice");
      }
      seen[kind] = true;
      int across = stored;
      switch (kind) {
        case 0, 1 -> {
          int bits = in.read(3) + 2;
          int[] squares =
              pixels(Transforms.across(across, bits), Transforms.across(height, bits), false);
          undo.push(
              pixels -> {
                if (kind == 0) {
                  Prediction.add(pixels, across, squares, bits);
                } else {
                  Transforms.addColours(pixels, across, squares, bits);
                }
                return pixels;
              });
        }
        case 2 ->
            undo.push(
                pixels -> {
                  Transforms.addGreen(pixels);
                  return pixels;
                });
        default -> {
          int[] colours = colours();
          int bits = colours.length > 16 ? 0 : colours.length > 4 ? 1 : colours.length > 2 ? 2 : 3;
          undo.push(pixels -> Transforms.unpack(pixels, across, height, colours, bits));
          stored = Transforms.across(stored, bits);
        }
      }
      in.check();
    }
    int[] pixels = pixels(stored, height, true);
    for (UnaryOperator<int[]> transform : undo) {
      pixels = transform.apply(pixels);
    }
    return pixels;
  }

  /** A palette, each colour stored as what it differs from the one before. */
  private int[] colours() throws IIOException {
    int[] colours = pixels(in.read(Byte.SIZE) + 1, 1, false);
    for (int i = 1; i < colours.length; i++) {
      colours[i] = Prediction.sum(colours[i], colours[i - 1]);
    }
    return colours;
  }

  /**
   * Reads an image.
   *
   * @param main whether it may have codes for each part
   */
  private int[] pixels(int width, int height, boolean main) throws IIOException {
    int cacheBits = 0;
    if (in.read(1) == 1) {
      cacheBits = in.read(4);
      if (cacheBits < 1 || cacheBits > LARGEST_CACHE_BITS) {
        throw new IIOException("its pixels are damaged: a cache of " + cacheBits + " bits");
      }
    }
    int[] parts = null;
    int partBits = 0;
    int count = 1;
    if (main && in.read(1) == 1) {
      partBits = in.read(3) + 2;
      parts =
          pixels(Transforms.across(width, partBits), Transforms.across(height, partBits), false);
      for (int i = 0; i < parts.length; i++) {
        parts[i] = parts[i] >> 8 & 0xffff;
        count = Math.max(count, parts[i] + 1);
      }
    }
    int cacheSize = cacheBits == 0 ? 0 : 1 << cacheBits;
    Codes[] codes = new Codes[count];
    for (int i = 0; i < count; i++) {
      codes[i] = Codes.read(in, cacheSize);
    }
    int[] cache = new int[cacheSize];
    int[] pixels = new int[width * height];
    int across = Transforms.across(width, partBits);
    int at = 0;
    while (at < pixels.length) {
      int x = at % width;
      if (x == 0) {
        in.check();
      }
      Codes here =
          parts == null
              ? codes[0]
              : codes[parts[(at / width >> partBits) * across + (x >> partBits)]];
      int symbol = here.green.read(in);
      int first = at;
      if (symbol < LITERALS) {
        int red = here.red.read(in);
        int blue = here.blue.read(in);
        pixels[at++] = here.alpha.read(in) << 24 | red << 16 | symbol << 8 | blue;
      } else if (symbol < LITERALS + LENGTHS) {
        int length = number(symbol - LITERALS);
        int distance = distance(number(here.distance.read(in)), width);
        if (distance > at || length > pixels.length - at) {
          in.check();
          throw new IIOException("its pixels are damaged: a copy from outside of them");
        }
        for (int i = 0; i < length; i++, at++) {
          pixels[at] = pixels[at - distance];
        }
      } else {
        pixels[at++] = cache[symbol - LITERALS - LENGTHS];
      }
      for (int i = first; cacheBits > 0 && i < at; i++) {
        cache[CACHE_HASH * pixels[i] >>> Integer.SIZE - cacheBits] = pixels[i];
      }
    }
    in.check();
    return pixels;
  }

  /** A length or distance: small ones are their code, larger ones have more bits. */
  private int number(int code) {
    if (code < 4) {
      return code + 1;
    }
    int bits = code - 2 >> 1;
    return (2 + (code & 1) << bits) + in.read(bits) + 1;
  }

  private static int distance(int code, int width) {
    if (code > NEAR.length) {
      return code - NEAR.length;
    }
    int near = NEAR[code - 1];
    return Math.max((near >> 4) * width + 8 - (near & 15), 1);
  }
}
