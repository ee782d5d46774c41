package dev.hydranet.images;

import javax.imageio.IIOException;

/**
 * What a TIFF's pixels are and where they lie (TIFF 6.0, sections 3 to 8, 14 to 16 and 18). Kinds
 * whose colours this project has not compared with others' are refused by name.
 *
 * @param samples of a pixel, those of no colour included
 * @param bits of a sample
 * @param chunkWidth of a tile, or of the image if it is stored in strips
 * @param chunkHeight of a tile or strip
 * @param planar whether each component is stored apart
 * @param premultiplied whether colours are multiplied by an alpha that follows them
 */
record TiffLayout(
    int width,
    int height,
    Colours colours,
    int samples,
    int bits,
    int compression,
    boolean differences,
    boolean bitsReversed,
    int chunkWidth,
    int chunkHeight,
    boolean tiled,
    boolean planar,
    boolean premultiplied) {
  /** What samples mean. */
  enum Colours {
    GREY_FROM_WHITE(1),
    GREY(1),
    RGB(3),
    PALETTE(1),
    CMYK(4),
    LUMA_CHROMA(3);

    /** Samples that tell the colour. */
    final int components;

    Colours(int components) {
      this.components = components;
    }
  }

  static final int PALETTE = 320;
  static final int JPEG_TABLES = 347;
  static final int ORIENTATION = 274;
  static final int NONE = 1;
  static final int FAX_RUNS = 2;
  static final int FAX_4 = 4;
  static final int LZW = 5;
  static final int JPEG = 7;
  static final int DEFLATE = 8;
  static final int OLD_DEFLATE = 32946;
  static final int PACK_BITS = 32773;

  private static final int SUBFILE = 254;
  private static final int WIDTH = 256;
  private static final int HEIGHT = 257;
  private static final int BITS = 258;
  private static final int COMPRESSION = 259;
  private static final int PHOTOMETRIC = 262;
  private static final int FILL_ORDER = 266;
  private static final int SAMPLES = 277;
  private static final int ROWS_PER_STRIP = 278;
  private static final int PLANAR = 284;
  private static final int PREDICTOR = 317;
  private static final int TILE_WIDTH = 322;
  private static final int TILE_HEIGHT = 323;
  private static final int SUB_DIRECTORIES = 330;
  private static final int INK_SET = 332;
  private static final int EXTRA_SAMPLES = 338;
  private static final int SAMPLE_FORMAT = 339;
  private static final int DNG_VERSION = 50706;
  private static final int MOST_SAMPLES = 16;
  private static final String CONVERT = "; convert it to 8 or 16 bits of grey or RGB";

  static TiffLayout of(TiffDirectory tags, PixelBudget budget) throws IIOException {
    boolean preview = (tags.first(SUBFILE, 0) & 1) != 0 && tags.has(SUB_DIRECTORIES);
    if (tags.has(DNG_VERSION) || preview) {
      throw new IIOException(
          "a camera's raw file, which is not supported; convert it to JPEG or PNG");
    }
    long width = tags.required(WIDTH, "ImageWidth");
    long height = tags.required(HEIGHT, "ImageLength");
    long samples = tags.first(SAMPLES, 1);
    if (samples < 1 || samples > MOST_SAMPLES) {
      throw new IIOException("a TIFF of " + samples + " samples a pixel, which is not supported");
    }
    int compression = (int) tags.first(COMPRESSION, NONE);
    checkCompression(compression);
    Colours colours =
        colours((int) tags.required(PHOTOMETRIC, "PhotometricInterpretation"), compression);
    if (samples < colours.components) {
      throw new IIOException(
          "a TIFF of " + samples + " samples a pixel, which are too few for its colours");
    }
    int bits = bits(tags, colours, (int) samples);
    budget.check(width, height, Math.max(bits, Byte.SIZE) * Math.max(3, colours.components));
    boolean tiled = tags.has(TILE_WIDTH);
    long chunkWidth = tiled ? tags.get(TILE_WIDTH, 0) : width;
    long chunkHeight =
        tiled
            ? tags.required(TILE_HEIGHT, "TileLength")
            : Math.min(height, tags.first(ROWS_PER_STRIP, height));
    if (chunkWidth < 1 || chunkHeight < 1) {
      throw new IIOException("a TIFF of tiles or strips of no pixels");
    }
    if (tiled) {
      // A tile may reach beyond the image, but only by what a tile of a usual size would.
      budget.check(chunkWidth, chunkHeight, bits * (int) samples);
      if (chunkWidth > width + 4096 || chunkHeight > height + 4096) {
        throw new IIOException("a TIFF of tiles that are much larger than the image");
      }
    }
    int predictor = (int) tags.first(PREDICTOR, 1);
    if (predictor != 1 && (predictor != 2 || bits < Byte.SIZE)) {
      throw new IIOException("a TIFF of predictor " + predictor + ", which is not supported");
    }
    return new TiffLayout(
        (int) width,
        (int) height,
        colours,
        (int) samples,
        bits,
        compression,
        predictor == 2,
        tags.first(FILL_ORDER, 1) == 2,
        (int) chunkWidth,
        (int) chunkHeight,
        tiled,
        tags.first(PLANAR, 1) == 2 && samples > 1,
        tags.first(EXTRA_SAMPLES, 0) == 1 && colours == Colours.RGB && samples == 4);
  }

  private static void checkCompression(int compression) throws IIOException {
    String other =
        switch (compression) {
          case NONE, FAX_RUNS, 3, FAX_4, LZW, JPEG, DEFLATE, OLD_DEFLATE, PACK_BITS -> null;
          case 6 -> "compressed by the withdrawn kind of JPEG";
          case 34712, 33003, 33005 -> "compressed by JPEG 2000";
          case 34925 -> "compressed by LZMA";
          case 50000 -> "compressed by Zstandard";
          case 50001 -> "compressed by WebP";
          case 50002, 52546 -> "compressed by JPEG XL";
          default -> "of compression " + compression;
        };
    if (other != null) {
      throw new IIOException(
          "a TIFF " + other + ", which is not supported; save it with LZW or Deflate, or as PNG");
    }
  }

  private static Colours colours(int photometric, int compression) throws IIOException {
    String other =
        switch (photometric) {
          case 0, 1, 2, 3 -> null;
          case 5 -> compression == JPEG ? "CMYK colours in JPEG" : null;
          case 6 -> compression == JPEG ? null : "luma and chroma";
          case 4 -> "a mask";
          case 8, 9, 10 -> "CIE L*a*b* colours";
          case 32803, 34892 -> "a camera sensor's raw values";
          case 32844, 32845 -> "logarithmic luminance";
          default -> "photometric interpretation " + photometric;
        };
    if (other != null) {
      throw new IIOException("a TIFF of " + other + ", which is not supported; convert it to RGB");
    }
    return switch (photometric) {
      case 0 -> Colours.GREY_FROM_WHITE;
      case 1 -> Colours.GREY;
      case 2 -> Colours.RGB;
      case 3 -> Colours.PALETTE;
      case 5 -> Colours.CMYK;
      default -> Colours.LUMA_CHROMA;
    };
  }

  private static int bits(TiffDirectory tags, Colours colours, int samples) throws IIOException {
    int bits = (int) tags.first(BITS, 1);
    for (int i = 1; i < Math.min(samples, tags.count(BITS)); i++) {
      if (tags.get(BITS, i) != bits) {
        throw new IIOException(
            "a TIFF of samples of different sizes, which is not supported" + CONVERT);
      }
    }
    long format = tags.first(SAMPLE_FORMAT, 1);
    String numbers =
        switch ((int) format) {
          case 1, 4 -> "";
          case 2 -> "signed ";
          case 3 -> "floating-point ";
          default -> "complex or other ";
        };
    boolean known =
        switch (colours) {
          case GREY, GREY_FROM_WHITE ->
              bits == 1 || bits == 2 || bits == 4 || bits == 8 || bits == 16;
          case PALETTE -> bits == 1 || bits == 2 || bits == 4 || bits == 8;
          case RGB -> bits == 8 || bits == 16;
          case CMYK, LUMA_CHROMA -> bits == 8;
        };
    if (!known || !numbers.isEmpty()) {
      throw new IIOException(
          "a TIFF of " + bits + "-bit " + numbers + "samples, which is not supported" + CONVERT);
    }
    if (tags.first(INK_SET, 1) != 1 && colours == Colours.CMYK) {
      throw new IIOException("a TIFF of other inks than CMYK, which is not supported" + CONVERT);
    }
    return bits;
  }

  int across() {
    return Math.ceilDiv(width, chunkWidth);
  }

  int down() {
    return Math.ceilDiv(height, chunkHeight);
  }

  /** Samples of a pixel in one tile or strip. */
  int samplesTogether() {
    return planar ? 1 : samples;
  }

  /** Bytes of a row in a tile or strip. */
  int rowBytes() {
    return (int) Math.ceilDiv((long) chunkWidth * samplesTogether() * bits, (long) Byte.SIZE);
  }
}
